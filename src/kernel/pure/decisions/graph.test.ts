import { describe, expect, it } from 'vitest'
import { linkModels, prepareModel, readDmn, sayProblem } from './index.ts'

const open = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="模型" namespace="urn:m">'
const needs = (id: string) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`
const decision = (id: string, inside: string) => `<decision id="${id}" name="${id}"><variable name="${id}"/>${inside}</decision>`
const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`

function problemsOf(...elements: readonly string[]): { code: string; said: string }[] {
  const model = prepareModel(linkModels(readDmn(`${open}${elements.join('')}</definitions>`)))
  return model.problems.map((problem) => ({ code: problem.code, said: sayProblem(problem, 'zh') }))
}

describe('a graph of decisions', () => {
  it('is whole when every arrow has an end', () => {
    expect(problemsOf(decision('甲', `${needs('乙')}${literal('乙 + 1')}`), decision('乙', literal('1')))).toEqual([])
  })

  it('names a ring by its members', () => {
    expect(
      problemsOf(
        decision('甲', `${needs('乙')}${literal('乙')}`),
        decision('乙', `${needs('丙')}${literal('丙')}`),
        decision('丙', needs('甲')),
      ),
    ).toEqual([{ code: 'cycle', said: '互相依赖成环，算不出结果：甲 → 乙 → 丙 → 甲。' }])
  })

  it('names the ring of a service that calls itself', () => {
    const service = '<decisionService id="服" name="服"><variable name="服"/><outputDecision href="#甲"/></decisionService>'
    const calls = '<knowledgeRequirement><requiredKnowledge href="#服"/></knowledgeRequirement>'
    expect(problemsOf(service, decision('甲', `${calls}${literal('服()')}`)).map((one) => one.code)).toEqual(['cycle'])
  })

  it('names an arrow to nothing, and one to the wrong kind', () => {
    const wrong = '<informationRequirement><requiredInput href="#乙"/></informationRequirement>'
    expect(
      problemsOf(decision('甲', `${needs('没有')}${wrong}${literal('1')}`), decision('乙', literal('1'))).map((one) => one.said),
    ).toEqual(['“甲”依赖的对象（#没有）不存在，可能已被删除。', '“甲”依赖了“乙”，但两者不能这样连接（类型不对）。'])
  })

  it('names a type that is not defined, an import that is not there and a name that stands twice', () => {
    const imported = '<import name="其他" namespace="urn:x" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    const typed = '<inputData id="i" name="收入"><variable name="收入" typeRef="没有的类型"/></inputData>'
    const again = '<inputData id="j" name="收入"><variable name="收入" typeRef="number"/></inputData>'
    expect(problemsOf(imported, typed, again).map((one) => one.code)).toEqual(['import-missing', 'name-twice', 'type-missing'])
  })

  it('names a name that nobody gives, but not those that loops, functions, contexts and filters make', () => {
    const made = [
      'for x in [1] return x + count(partial)',
      'some x in [1] satisfies x > 1',
      '(function(n) n + 1)(2)',
      '{a: 1, b: a}',
      '[{c: 1}][c = 1]',
    ]
    expect(problemsOf(...made.map((text, number) => decision(`d${number}`, literal(text.replace('>', '&gt;')))))).toEqual([])
    expect(problemsOf(decision('甲', literal('收入 * 2')))).toEqual([
      { code: 'expression-doubtful', said: '“甲”中的“收入”有问题：没有“收入”这个名称。' },
    ])
  })

  it('names an expression that cannot be read, with its place', () => {
    const [problem] = problemsOf(decision('甲', literal('1 + ')))
    expect(problem).toMatchObject({ code: 'expression-unreadable', said: expect.stringContaining('“甲”中的式子“1 + ”写错了：第 1 行') })
  })
})

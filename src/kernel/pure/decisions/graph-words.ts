import { NamedError } from '#kernel/pure/errors/index.ts'
import { sayExpressionError, sayNotice } from '#kernel/pure/expressions/index.ts'
import { defineWords, fill, type Language } from '#kernel/pure/words/index.ts'
import type { ModelProblem } from './graph-check.ts'
import type { Finding } from './interpret-trace.ts'

/** What is wrong with a model, said to the officer who edits it; `{of}` is the name that stands on the element. */
export const problemWords = defineWords({
  'model-twice': { zh: '“{of}”用到的几个模型命名空间相同，分不清是哪一个。', en: 'Several models used by “{of}” have the same namespace.' },
  'import-missing': { zh: '“{of}”引用的模型“{import}”没有找到。', en: '“{of}” imports the model “{import}”, which is not there.' },
  'reference-missing': {
    zh: '“{of}”依赖的对象（{href}）不存在，可能已被删除。',
    en: '“{of}” needs something ({href}) that does not exist.',
  },
  'reference-wrong-kind': {
    zh: '“{of}”依赖了“{target}”，但两者不能这样连接（类型不对）。',
    en: '“{of}” needs “{target}”, which is not of the kind that the arrow asks for.',
  },
  'name-twice': { zh: '“{of}”这个名称用了两次，请改其中一个。', en: 'The name “{of}” is used twice.' },
  'id-twice': { zh: '“{of}”的编号 {id} 与别的对象重复。', en: 'The id {id} of “{of}” is used twice.' },
  cycle: { zh: '互相依赖成环，算不出结果：{ring}。', en: 'These need each other in a ring: {ring}.' },
  'type-missing': { zh: '“{of}”使用的类型“{type}”没有定义。', en: '“{of}” uses the type “{type}”, which is not defined.' },
  'expression-unreadable': { zh: '“{of}”中的式子“{text}”写错了：{why}', en: 'The expression “{text}” of “{of}” cannot be read: {why}' },
  'expression-doubtful': { zh: '“{of}”中的“{text}”有问题：{why}', en: '“{text}” in “{of}” is not right: {why}' },
})

/** Why a value is not known, said to whoever asks why; details in braces. */
export const findingWords = defineWords({
  'value-not-of-type': { zh: '“{of}”的值类型不符，按“未知”处理。', en: 'A value of “{of}” is not of its type, so it is taken as unknown.' },
  'value-not-allowed': { zh: '“{of}”的值不在允许的范围内，按“未知”处理。', en: 'A value of “{of}” is not among the allowed ones.' },
  'several-rules': { zh: '“{of}”只应命中一行，却命中了第 {rules} 行。', en: '“{of}” should match one row, but rows {rules} match.' },
  'rules-disagree': { zh: '“{of}”的第 {rules} 行同时命中，结果却不一致。', en: 'Rows {rules} of “{of}” match and disagree.' },
  'not-a-function': { zh: '“{of}”调用的“{called}”不是可调用的规则。', en: '“{of}” calls “{called}”, which is no function.' },
  'not-a-boolean': { zh: '“{of}”的条件既不是“是”也不是“否”。', en: 'A condition of “{of}” is neither true nor false.' },
  'unknown-argument': { zh: '“{of}”调用“{called}”时给了它没有的参数。', en: '“{of}” gives “{called}” an argument that it does not have.' },
  'not-run-here': { zh: '“{of}”用其他语言写成，本系统不执行。', en: '“{of}” is written in another language, which is never run here.' },
  'expression-unreadable': { zh: '“{of}”中的式子写错了：{text}', en: 'An expression of “{of}” cannot be read: {text}' },
  'no-logic': { zh: '“{of}”还没有写规则。', en: '“{of}” has no logic yet.' },
  stopped: { zh: '“{of}”没有算完：{why}', en: '“{of}” was stopped: {why}' },
  notice: { zh: '“{of}”中的“{text}”得不出值：{why}', en: '“{text}” in “{of}” gives no value: {why}' },
})

/** A problem as a sentence. */
export function sayProblem(problem: ModelProblem, language: Language): string {
  const { error, notice } = problem
  const said = error === undefined ? null : sayExpressionError(new NamedError(error.code, 422, error.details), language)
  const why = said ?? (notice === undefined ? '' : sayNotice(notice, language))
  return fill(problemWords[problem.code], language, { of: problem.of, why, ...problem.details })
}

/** A finding as a sentence. */
export function sayFinding(finding: Finding, language: Language): string {
  const { notice, details } = finding
  const said = typeof details['reason'] === 'string' ? sayExpressionError(new NamedError(details['reason'], 422, details), language) : null
  const why = said ?? (notice === undefined ? '' : sayNotice(notice, language))
  return fill(findingWords[finding.code], language, { of: finding.of, why, ...details })
}

/** Why a file was refused: the `reason` of `decisions.not-xml`. */
export const xmlWords = defineWords({
  'too-long': { zh: '文件太大', en: 'the file is too large' },
  'not-closed': { zh: '标签没有成对', en: 'a tag is not closed' },
  'one-root': { zh: '应当只有一个最外层标签', en: 'there must be one outermost element' },
  declares: { zh: '含有不允许的声明（DOCTYPE 或实体）', en: 'it declares something (DOCTYPE, entities), which is not allowed' },
  'text-outside': { zh: '标签之外有文字', en: 'there is text outside the elements' },
  'too-deep': { zh: '嵌套太深', en: 'it is nested too deep' },
  'bad-tag': { zh: '标签写法不对', en: 'a tag is not well-formed' },
  'attribute-twice': { zh: '同一属性写了两次', en: 'an attribute stands twice' },
  'unknown-prefix': { zh: '前缀没有声明', en: 'a prefix is not declared' },
  'unknown-entity': { zh: '含有不认识的 & 写法', en: 'an & is not one of the five entities' },
})

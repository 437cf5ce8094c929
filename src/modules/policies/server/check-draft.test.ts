import { describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { readDmn, writeDmn, type DecisionTable, type Definitions, type Rule } from '#kernel/pure/decisions/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import type { PolicyFinding } from '../contract.ts'
import { checkDraft } from './check-draft.ts'
import { countyPath, countyPolicies } from './county-policies.ts'
import { givenPublished } from './given.ts'

const world = openTestWorld()
const county = '990301'
const ctx = () => world.as(grantCounty(county))

/** The text of a shipped policy. */
function textOf(key: string): string {
  return countyPolicies().shipped.get(key)?.[0]?.content ?? ''
}

/** The same model with another table in its last decision. */
function withTable(content: string, change: (table: DecisionTable) => DecisionTable, more: Partial<Definitions> = {}): string {
  const model = readDmn(content)
  const elements = model.elements.map((element) =>
    element.kind === 'decision' && element.expression?.kind === 'table' ? { ...element, expression: change(element.expression) } : element,
  )
  return writeDmn({ ...model, elements, ...more })
}

/** The same table with another cell, row and input counted from 0. */
function withCell(content: string, at: { row: number; input: number; text: string }): string {
  return withTable(content, (table) => ({
    ...table,
    rules: table.rules.map(
      (rule, row): Rule => ({
        ...rule,
        inputEntries: rule.inputEntries.map((entry, input) => (row === at.row && input === at.input ? { ...entry, text: at.text } : entry)),
      }),
    ),
  }))
}

async function errorsOf(key: string, content: string, given: { areaPath?: string; from?: string; examples?: unknown[] } = {}) {
  const { areaPath = '', from = '2024-01-01', examples = [] } = given
  const draft = { key, areaPath, effectiveFrom: from, effectiveTo: null, content, examples }
  const { findings } = await checkDraft(countyPolicies(), ctx(), draft)
  return findings.filter((one) => one.severity === 'error')
}

const layer = 'cases.layer'
const said = (findings: readonly PolicyFinding[]) => findings.map((one) => one.zh)

describe('what is shipped', () => {
  it.each([county, '430525'])('has nothing against it in the county %s', async (countyCode) => {
    const policies = countyPolicies()
    const wrong = []
    for (const version of [...policies.shipped.values()].flat()) {
      const { findings, results } = await checkDraft(policies, world.as(grantCounty(countyCode)), version)
      wrong.push(...findings.filter((one) => one.severity === 'error').map((one) => `${version.key} ${version.areaPath} ${one.zh}`))
      expect(results.filter((one) => !one.isEqual)).toEqual([])
    }
    expect(wrong).toEqual([])
  })
})

describe('a table that is not published, and why', () => {
  it('has a gap: the case without a row is told', async () => {
    const gap = withTable(textOf(layer), (table) => ({ ...table, rules: table.rules.slice(0, -1) }))
    const [found] = await errorsOf(layer, gap)
    expect(found).toMatchObject({ code: 'gap', zh: expect.stringMatching(/^有情况没有规则：.*监测状态.*例如：/) })
  })

  it('has an overlap: the rows are told, counted from 1', async () => {
    const found = await errorsOf(layer, withCell(textOf(layer), { row: 1, input: 2, text: '<= 稳定消除满月数' }))
    expect(found).toMatchObject([{ code: 'overlap', rows: [2, 3], zh: expect.stringContaining('第 2、3 行重叠') }])
  })

  it('has a ring: the decisions are told', async () => {
    const model = readDmn(textOf(layer))
    const [decision] = model.elements.filter((one) => one.kind === 'decision')
    if (decision === undefined) throw new Error('the table has a decision')
    const second = { ...decision, id: 'decision-2', name: '另一判断', variable: { name: '另一判断', typeRef: 'string' } }
    const needs = (id: string) => ({ of: 'decision' as const, href: `#${id}` })
    const elements = [
      ...model.elements.filter((one) => one !== decision),
      { ...decision, informationRequirements: [...decision.informationRequirements, needs('decision-2')] },
      { ...second, informationRequirements: [...second.informationRequirements, needs(decision.id ?? '')] },
    ]
    const found = await errorsOf(layer, writeDmn({ ...model, elements }))
    expect(said(found)).toEqual([expect.stringMatching(/^互相依赖成环，算不出结果：.*层次.*另一判断/)])
  })

  it('has a cell that cannot be read: row and column are told', async () => {
    const found = await errorsOf(layer, withCell(textOf(layer), { row: 2, input: 2, text: '>= (6' }))
    expect(found).toMatchObject([{ code: 'bad-cell', rows: [3], input: '风险消除满月数' }, {}].slice(0, found.length))
    expect(found[0]?.zh).toContain('第 3 行“风险消除满月数”的条件读不懂：>= (6')
  })

  it('names something that nobody supplies: what may be meant is told, and the row', async () => {
    const misspelt = await errorsOf(layer, withCell(textOf(layer), { row: 2, input: 2, text: '>= 稳定消除满月' }))
    expect(said(misspelt)).toEqual(expect.arrayContaining([expect.stringMatching(/^第 3 行“风险消除满月数”：.*稳定消除满月数/)]))
    const unknown = textOf(layer).replaceAll('风险消除满月数', '风险消除满月份')
    expect(said(await errorsOf(layer, unknown))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^用到了“风险消除满月份”，但户的事实目录和参数里都没有.*是否应为“风险消除满月数”？/)]),
    )
  })

  it('compares things of different kinds, or names a choice that never comes', async () => {
    const kinds = await errorsOf(layer, withCell(textOf(layer), { row: 2, input: 2, text: '"六个月"' }))
    expect(said(kinds)).toEqual(
      expect.arrayContaining([expect.stringContaining('第 3 行“风险消除满月数”的条件 "六个月" 类型不对：应为数字')]),
    )
    const declared = textOf(layer).replace(
      '<variable name="风险消除满月数" typeRef="number"/>',
      '<variable name="风险消除满月数" typeRef="string"/>',
    )
    expect(said(await errorsOf(layer, declared))).toEqual(
      expect.arrayContaining([expect.stringContaining('“风险消除满月数”在事实目录里是数字，这里写成了文字')]),
    )
    const choice = await errorsOf(layer, withCell(textOf(layer), { row: 0, input: 0, text: '"未解除"' }))
    expect(said(choice)).toEqual(expect.arrayContaining([expect.stringContaining('第 1 行“监测状态”写了')]))
  })

  it('is no model, or has lost the decision that others ask for', async () => {
    expect(said(await errorsOf(layer, '<a><b></a>'))).toEqual([expect.stringContaining('读不出来')])
    expect(said(await errorsOf(layer, textOf(layer).replaceAll('name="层次"', 'name="层级"')))).toEqual(
      expect.arrayContaining([expect.stringContaining('缺少名为“层次”的决策')]),
    )
  })

  it('fails an example: name, output, what should be and what is are told', async () => {
    const example = { name: '没有消除', asOf: '2024-01-01', facts: { 监测状态: '未消除' }, expected: { 层次: '第二层' } }
    const found = await errorsOf(layer, textOf(layer), { examples: [example] })
    expect(said(found)).toEqual(['用例“没有消除”没有通过：层次应为 第二层，算出来是 第一层。'])
    const unreadable = { ...example, facts: { 风险消除满月数: '很久' } }
    expect(said(await errorsOf(layer, textOf(layer), { examples: [unreadable] }))).toEqual([
      expect.stringContaining('用例“没有消除”的事实写错了'),
    ])
  })

  it('would loop for ever or nest too deep: it is stopped, and the example fails', async () => {
    const loops = [
      'sum(for i in 1..100000, j in 1..100000 return i * j)',
      'count(for i in 1..1000000000 return i)',
      `${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
    ]
    const examples = Array.from({ length: 20 }, (_, at) => ({ name: `例${at}`, facts: {}, expected: { 层次: '第一层' } }))
    for (const text of loops) {
      const hostile = withTable(textOf(layer), (table) => ({
        ...table,
        rules: table.rules.map((rule, row): Rule => (row === 0 ? { ...rule, outputEntries: [{ kind: 'literal', text }] } : rule)),
        inputs: table.inputs.map((input, at) => (at === 0 ? { ...input, expression: { kind: 'literal', text } } : input)),
      }))
      expect((await errorsOf(layer, hostile, { examples })).filter((one) => one.code === 'example-failed')).toHaveLength(20)
    }
  })

  it('is for the superior to say', async () => {
    const found = await errorsOf(layer, textOf(layer), { areaPath: countyPath(county) })
    expect(said(found)).toEqual([expect.stringMatching(/^这张表由国家统一规定.*下级不能另定/)])
  })
})

describe('parameters that are not published, and why', () => {
  const value = (more: object) => ({
    name: '稳定消除满月数',
    en: 'Months',
    unit: '个月',
    decimals: 0,
    value: 6,
    latitude: 'fixed',
    note: '',
    ...more,
  })
  const written = (...values: object[]) => JSON.stringify({ values })
  const months = 'cases.layer-months'
  const own = countyPath(county)

  it('loosen a national line: value, superior and document are told', async () => {
    const found = await errorsOf(months, written(value({ value: 3 })), { areaPath: own })
    expect(said(found)).toEqual([expect.stringMatching(/^“稳定消除满月数”写的是 3个月，国家已统一定为 6个月.*，下级不能改动。$/)])
    expect(found[0]).toMatchObject({ code: 'loosened-fixed', input: '稳定消除满月数' })
  })

  it('may only rise, or only fall: the wrong way is refused, the right one is not', async () => {
    const rates = 'safeguards.insurance-targets'
    const target = (to: string) =>
      written({ name: '参保率目标', en: 'Target', unit: '%', decimals: 2, value: to, latitude: 'raise', note: '' })
    const unit =
      countyPolicies()
        .kinds.get(rates)
        ?.values(textOf(rates))
        .find((one) => one.name === '参保率目标')?.unit ?? ''
    const said2 = async (to: string) => errorsOf(rates, target(to).replace('"%"', JSON.stringify(unit)), { areaPath: `${own}990301101.` })
    await rolledBack(ctx(), async (inner) => {
      await givenPublished(inner, { key: rates, content: target('95').replace('"%"', JSON.stringify(unit)), effectiveFrom: '2023-06-01' })
      const draft = (to: string) => ({
        key: rates,
        areaPath: `${own}990301101.`,
        effectiveFrom: '2024-01-01',
        effectiveTo: null,
        content: target(to).replace('"%"', JSON.stringify(unit)),
        examples: [],
      })
      const wrong = async (to: string) =>
        said((await checkDraft(countyPolicies(), inner, draft(to))).findings.filter((one) => one.severity === 'error'))
      expect(await wrong('94.99')).toEqual([
        expect.stringMatching(/^“参保率目标”写的是 94\.99.*，低于.*定的 95.*（青测发〔2023〕1号）：下级只能提高，不能降低。$/),
      ])
      expect(await wrong('95.01')).toEqual([])
    })
    // A stand-in of another county binds nobody.
    expect(await said2('10')).toEqual([])
  })

  it('are told what ends when a superior speaks, and which values below end with them', async () => {
    const key = 'cases.income-line'
    const text = (to: string) =>
      written({ name: '监测范围收入线', en: 'Line', unit: '元/人·年', decimals: 2, value: to, latitude: 'raise', note: '' })
    await rolledBack(ctx(), async (inner) => {
      const given = { key, effectiveFrom: '2024-07-01' }
      await givenPublished(inner, { ...given, content: text('8000'), areaPath: '99.' })
      await givenPublished(inner, { ...given, content: text('8500'), effectiveFrom: '2024-08-01' })
      const check = async (value: string, areaPath: string, effectiveFrom: string) => {
        const draft = { key, areaPath, effectiveFrom, effectiveTo: null, content: text(value), examples: [] }
        return said((await checkDraft(countyPolicies(), inner, draft)).findings.filter((one) => one.code !== 'example-changes'))
      }
      expect(await check('7000', own, '2024-03-01')).toEqual([
        '从 2024-07-01 起，99的“监测范围收入线”为 8000元/人·年（青测发〔2023〕1号），这里写的 7000元/人·年 届时不再有效。',
      ])
      expect(await check('9000', '99.', '2024-09-01')).toEqual([
        '从 2024-09-01 起，990301现在的“监测范围收入线”（8500元/人·年）不符合这里的规定，将不再有效，按 9000元/人·年 执行。',
      ])
    })
  })

  it('are no numbers, have too many decimals, stand twice, or take a name that is taken', async () => {
    const of = async (...values: object[]) => said(await errorsOf(months, written(...values), { areaPath: '' }))
    expect(await of(value({ value: '半年' }))).toEqual(['“稳定消除满月数”应填数字，现在是“半年”。'])
    expect(await of(value({ value: '6.5' }))).toEqual(['“稳定消除满月数”最多 0 位小数，现在是 6.5。'])
    expect(await of(value({}), value({}))).toEqual(['“稳定消除满月数”写了两次。'])
    expect(await of(value({ name: '人均纯收入' }))).toEqual(
      expect.arrayContaining([expect.stringContaining('“人均纯收入”已经是事实目录的名称')]),
    )
    expect(await of(value({ name: '监测范围收入线' }))).toEqual(expect.arrayContaining([expect.stringContaining('已经是参数的名称')]))
    expect(await of(value({ name: '线 1' }))).toEqual(expect.arrayContaining([expect.stringContaining('不能作参数名')]))
    expect(said(await errorsOf(months, '{'))).toEqual([expect.stringContaining('参数内容读不出来')])
  })

  it('are told which tables change with them', async () => {
    const { findings } = await checkDraft(countyPolicies(), ctx(), {
      key: months,
      areaPath: '',
      effectiveFrom: '2024-01-01',
      effectiveTo: null,
      content: written(value({ value: 9 })),
      examples: [],
    })
    expect(findings.filter((one) => one.code === 'example-changes').length).toBeGreaterThan(0)
    expect(said(findings)).toEqual(expect.arrayContaining([expect.stringMatching(/^按这些数，“.+”的用例“.+”结果会变/)]))
  })
})

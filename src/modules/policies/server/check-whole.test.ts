import { expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { readDmn, writeDmn, type DecisionTable, type InputClause, type Rule } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import type { PolicyFinding } from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import { checkTableText } from '../rules/check-text.ts'
import { checkDraft } from './check-draft.ts'
import { countyPolicies } from './county-policies.ts'
import { givenPublished } from './given.ts'

const world = openTestWorld()
const key = 'cases.layer'
const ctx = () => world.as(grantCounty('990301'))
const draftOf = (content: string) => ({ key, areaPath: '', effectiveFrom: '2024-01-01', effectiveTo: null, content, examples: [] })

/** The layers by other inputs: what is shipped, with another table in it. */
function layersBy(names: readonly string[], rows: readonly string[][], more: Partial<DecisionTable> = {}): string {
  const model = readDmn(countyPolicies().shipped.get(key)?.[0]?.content ?? '')
  const needed = names.map((name, at) => ({ kind: 'inputData' as const, id: `in-${at}`, name, variable: { name, typeRef: 'number' } }))
  const literal = (text: string) => ({ kind: 'literal' as const, text })
  const inputs = names.map((name): InputClause => ({ label: name, expression: { ...literal(name), typeRef: 'number' } }))
  const rules = rows.map(
    (cells): Rule => ({
      inputEntries: cells.map((text) => ({ text })),
      outputEntries: [literal('"第一层"')],
      annotationEntries: [],
    }),
  )
  const decisions = model.elements.flatMap((element) => {
    if (element.kind !== 'decision' || element.expression?.kind !== 'table') return []
    const { expression } = element
    const informationRequirements = needed.map(({ id }) => ({ of: 'input' as const, href: `#${id}` }))
    const table = { ...expression, hitPolicy: 'UNIQUE' as const, inputs, annotations: [], rules, ...more }
    return [{ ...element, informationRequirements, authorityRequirements: [], expression: table }]
  })
  return writeDmn({ ...model, elements: [...needed, ...decisions] })
}

const four = ['人均纯收入', '家庭人口数', '普通劳动力人数', '弱半劳动力人数']

/** Everything cut into so many rows, each cut through one row only: few rows share a line, as where townships each draw their own. */
function leaves(count: number): string[][] {
  type Side = readonly [low: number | undefined, high: number | undefined]
  let rows: Side[][] = [four.map((): Side => [undefined, undefined])]
  for (let cut = 0; rows.length < count; cut += 1) {
    const at = (cut * 7919) % rows.length
    const input = (cut * 31) % four.length
    const row = rows[at] ?? []
    const [low = 0, high = 1_000_000] = row[input] ?? []
    const middle = low + Math.floor((high - low) * (0.3 + ((cut * 13) % 40) / 100))
    if (middle <= low || middle >= high) continue
    const half = (side: Side) => row.map((own, place) => (place === input ? side : own))
    rows = [...rows.filter((_, place) => place !== at), half([row[input]?.[0], middle]), half([middle, row[input]?.[1]])]
  }
  return rows.map((row) =>
    row.map(([low, high]) => [...(low === undefined ? [] : [`[${low}`]), ...(high === undefined ? [] : [`${high})`])].join()).map(cellOf),
  )
}

/** `[3` → `>= 3`, `5)` → `< 5`, `[3,5)` → `[3..5)`. */
function cellOf(text: string): string {
  if (text === '') return '-'
  if (text.includes(',')) return text.replace(',', '..')
  return text.startsWith('[') ? `>= ${text.slice(1)}` : `< ${text.slice(0, -1)}`
}

const publish = async (content: string): Promise<readonly PolicyFinding[]> => {
  try {
    await rolledBack(ctx(), async (inner) => {
      await givenPublished(inner, { key, content, effectiveFrom: '2024-01-01', areaPath: '' })
    })
    return []
  } catch (fault) {
    if (!isNamedError(fault) || fault.code !== 'policies.not-publishable') throw fault
    // Safe: the refusal names what the check found.
    return (fault.details['problems'] as PolicyFinding[]).filter((one) => one.severity === 'error')
  }
}

it('finds the one gap in a table of 2,000 rows over four inputs, and publishes the table without it', async () => {
  const rows = leaves(2_000)
  const gap = layersBy(
    four,
    rows.filter((_, at) => at !== 1_234),
  )
  const { findings } = await checkDraft(countyPolicies(), ctx(), draftOf(gap))
  expect(findings.map((one) => one.code)).toEqual(expect.arrayContaining([expect.stringMatching(/^(gap|too-large)$/)]))
  const refused = await publish(gap)
  expect(refused).toMatchObject([{ code: 'gap', zh: expect.stringMatching(/^有情况没有规则：/) }])
  for (const [at, cell] of (rows[1_234] ?? []).entries()) if (cell !== '-') expect(refused[0]?.zh).toContain(`${four[at]} ${cell}`)
  expect(await publish(layersBy(four, rows))).toEqual([])
})

it('is not sure of a table that lasts longer than it may look: that refuses publication too, and says what to do, once', () => {
  const around = { subject: 'household', decision: '层次', facts: factCatalogue, parameters: [], asOf: '2024-01-01' } as const
  const content = layersBy(four, leaves(300))
  const codes = (isWhole: boolean) =>
    checkTableText(content, { ...around, isWhole, stepsFor: () => 50 }).findings.map((one) => `${one.severity} ${one.code}`)
  expect(codes(false)).toEqual(['warning too-large', 'warning too-large'])
  expect(codes(true)).toEqual(['error not-finished'])
  const { findings } = checkTableText(content, { ...around, isWhole: true, stepsFor: () => 50 })
  expect(findings[0]?.zh).toContain('请把表拆成几张')
})

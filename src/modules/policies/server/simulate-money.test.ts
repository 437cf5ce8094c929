import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { valueAt, type InputColumn } from '#kernel/pure/decisions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import type { SimulatedName } from '../contract.ts'
import { fenOf } from '../rules/outcome.ts'
import { loadSubjects } from './fact-load.ts'
import { listSimulatedNames, simulate } from './simulate.ts'
import { draftPolicy, movePolicy, publishPolicy } from './write-drafts.ts'

const world = openTestWorld()
const key = 'safeguards.allowance-standards'
const asOf = '2023-12-31'
const shipped = readFileSync(new URL('../policy/parameters/safeguards.allowance-standards.json', import.meta.url), 'utf8')
let countyCode = ''
let households: Household[] = []

/** A household with what 480 and 560 yuan a month give it, in fen: whole numbers, not the table. */
interface Household {
  id: string
  township: string
  before: { outcome: string; fen: bigint | null }
  after: { outcome: string; fen: bigint | null }
}

const withStandard = (value: string) =>
  JSON.stringify({
    values: JSON.parse(shipped).values.map((one: { name: string }) => (one.name === '农村低保月标准' ? { ...one, value } : one)),
  })
const ask = { content: withStandard('560.00'), asOf }
const officer = () => world.as(grantCounty(countyCode), { roles: ['county-data-officer'] })

/** The number of a record's fact, times 100. */
function hundredths(column: InputColumn | undefined, record: number): bigint | null {
  return column === undefined ? null : fenOf(valueAt(column, record))
}

/** (standard − income without allowance, by month) × persons covered, half up to the fen. */
function estimate(standard: bigint, [covered, people, income, allowance]: readonly (bigint | null)[]): Household['before'] {
  if (covered === 0n) return { outcome: '没有低保人员', fen: 0n }
  if (covered == null || people == null || income == null || allowance == null) return { outcome: '', fen: null }
  const twelfths = ((12n * standard - income) * (people / 100n) + allowance) * (covered / 100n)
  const unit = 12n * (people / 100n)
  if (twelfths <= 0n) return { outcome: '收入不低于标准，建议复核', fen: 0n }
  return { outcome: '有差额', fen: (2n * twelfths + unit) / (2n * unit) }
}

beforeAll(async () => {
  const out = mkdtempSync(join(world.directory, 'county-'))
  const { county } = await generateCounty({
    households: 600,
    seed: 'allowance',
    out,
    months: 1,
    startMonth: '202312',
    registeredShare: 0.6,
  })
  countyCode = county.code
  const base = await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(out, part)).map((name) => join(out, part, name)))
  await importFiles(base, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  households = await inTransaction(officer(), (db) => readHouseholds({ ...officer(), db }))
}, 120_000)

async function readHouseholds(ctx: ReturnType<typeof officer> & { db: Parameters<typeof loadSubjects>[1] }): Promise<Household[]> {
  const facts = ['低保人数', '家庭人口数', '人均纯收入', '低保金']
  const day = readDay(asOf)
  if (day === undefined) return expect.unreachable(asOf)
  const { ids, areaPaths, columns } = await loadSubjects(ctx, ctx.db, { of: 'household', facts, asOf: day })
  return ids.map((id, record) => {
    const own = facts.map((name) => hundredths(columns[name], record))
    const township = `${(areaPaths[record] ?? '').split('.').slice(0, 4).join('.')}.`
    return { id, township, before: estimate(48_000n, own), after: estimate(56_000n, own) }
  })
}

/** Every page. */
async function allNames(more: object): Promise<SimulatedName[]> {
  const items: SimulatedName[] = []
  for (let after: string | undefined; ; ) {
    const page = await listSimulatedNames(officer(), { key, ask: { ...ask, ...more, ...(after === undefined ? {} : { after }) } })
    items.push(...page.items)
    after = page.next
    if (after === undefined) return items
  }
}

const isChanged = ({ before, after }: Household) => before.outcome !== after.outcome || before.fen !== after.fen
const sumOf = (some: readonly Household[], when: 'before' | 'after') => String(some.reduce((sum, one) => sum + (one[when].fen ?? 0n), 0n))
const moneyOf = (some: readonly Household[]) => [{ output: '月补差测算', oldFen: sumOf(some, 'before'), newFen: sumOf(some, 'after') }]

describe('M-051 another standard of the allowance, tried out on the whole county', () => {
  it('says what is missing while nobody has filled the standard, and decides once somebody tries one', async () => {
    const empty = await simulate(officer(), { key, ask: { content: shipped, asOf } })
    const covered = households.filter(({ after }) => after.outcome !== '没有低保人员')
    expect(covered.length).toBeGreaterThan(0)
    expect(empty).toMatchObject({ key: 'safeguards.allowance-estimate', changed: 0, count: 600 })
    expect(empty.unknown).toContainEqual({ fact: '农村低保月标准', count: covered.length, suppliedBy: expect.stringMatching(/.+/) })
    const tried = await simulate(officer(), { key, ask })
    expect(tried.unknown.map(({ fact }) => fact)).not.toContain('农村低保月标准')
    expect(tried.money).toEqual([{ output: '月补差测算', oldFen: '0', newFen: sumOf(households, 'after') }])
  })

  it('counts outcomes, changed amounts and money as whole numbers do, of the county and of each township', async () => {
    await publish480()
    const found = await simulate(officer(), { key, ask })
    const pairs = new Map<string, number>()
    for (const { before, after } of households) {
      const pair = `${before.outcome}→${after.outcome}`
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
    expect(new Map(found.matrix.map(([from, to, count]) => [`${found.outcomes[from]}→${found.outcomes[to]}`, count]))).toEqual(pairs)
    const changed = households.filter(isChanged)
    const kept = changed.filter(({ before, after }) => before.outcome === after.outcome)
    expect(kept.length).toBeGreaterThan(0)
    expect(found.changed).toBe(changed.length)
    expect(found.amountChanges).toEqual([[found.outcomes.indexOf('有差额'), kept.length]])
    expect(found.money).toEqual(moneyOf(households))
    expect(BigInt(found.money[0]?.newFen ?? 0)).toBeGreaterThan(BigInt(found.money[0]?.oldFen ?? 0))
    for (const one of found.townships) {
      const own = households.filter(({ township }) => township === one.areaPath)
      expect(one).toMatchObject({ count: own.length, changed: own.filter(isChanged).length, money: moneyOf(own) })
    }
    expect(found.workload.visits).toBe(changed.length)
  })

  it('names everybody who gets another amount, with the old and the new one', async () => {
    const expected = households.filter(isChanged).map(({ id, before, after }) => ({
      subjectId: id,
      from: before.outcome,
      to: after.outcome,
      money: [{ output: '月补差测算', oldFen: String(before.fen), newFen: String(after.fen) }],
    }))
    const names = await allNames({})
    expect(names.map(({ subjectId, from, to, money }) => ({ subjectId, from, to, money }))).toEqual(expected)
    const stays = { from: '有差额', to: '有差额' }
    const kept = expected.filter(({ from, to }) => from === '有差额' && to === '有差额').map(({ subjectId }) => subjectId)
    expect((await allNames({ ...stays, changedOnly: true })).map(({ subjectId }) => subjectId)).toEqual(kept)
    expect(await allNames({ from: '没有低保人员', to: '没有低保人员', changedOnly: true })).toEqual([])
  })
})

/** A county that pays 480 yuan today. */
async function publish480(): Promise<void> {
  const paper = { documentNo: '试民发〔2023〕1号', documentTitle: '', clause: '' }
  const draft = { content: withStandard('480.00'), effectiveFrom: '2023-01-01', effectiveTo: null, note: '', examples: [], paper }
  const { versionId, revision } = await draftPolicy(officer(), key, draft)
  const submitted = await movePolicy(officer(), versionId, { to: 'submitted', revision, note: '' })
  const leader = world.as(grantCounty(countyCode), { id: 'test:leader', roles: ['county-leader'] })
  await publishPolicy(leader, versionId, { revision: submitted.revision, note: '' })
}

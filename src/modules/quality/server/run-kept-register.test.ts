import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateCounty } from '#modules/demo/server/index.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { askHouseholdEvent, decideCorrection, importFiles, proposeCorrection, whenRegisterChanged } from '#modules/registry/server/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { noteChange } from './jobs/check-jobs.ts'
import { checkQuality } from './run-check.ts'
import { KeptRegister, type RegisterBook } from './run-kept-register.ts'
import { checkWaiting } from './worklist-run.ts'

// A check of what changed must leave the worklist as a check of everything would, without reading everything.
const world = openTestWorld()
let ctx: Context
let people: { householdId: string; personId: string }[] = []

/** Says whether the last check found the book that it needed. */
class Watched extends KeptRegister {
  found: RegisterBook | undefined
  override take(wanted: Parameters<KeptRegister['take']>[0]): RegisterBook | undefined {
    this.found = super.take(wanted)
    return this.found
  }
}
const kept = new Watched()
const deps = () => ({ vault: world.vault, clock: () => Date.UTC(2023, 11, 18, 2, 0, 0), kept })

beforeAll(async () => {
  whenRegisterChanged.push(noteChange)
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 150, registeredShare: 0.8, seed: 'kept', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  ctx = world.as(grantSystem(county.code, 'test'), { roles: ['county-data-officer'] })
  const paths = ['registry', 'national'].flatMap((folder) => readdirSync(join(out, folder)).map((file) => join(out, folder, file)))
  await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  people = await inTransaction(ctx, async (db) => {
    const found = await sql<{ householdId: string; personId: string }>`
      SELECT p.household_id AS "householdId", p.person_id AS "personId" FROM registry.person p
      JOIN registry.household h ON h.household_id = p.household_id
      WHERE p.sources ? 'monitoring' AND h.sources ? 'monitoring' AND p.relation = '户主' ORDER BY p.person_no LIMIT 12`.execute(db)
    return found.rows
  })
  await checkWaiting(ctx, deps())
}, 240_000)
afterAll(() => {
  whenRegisterChanged.length = 0
})

/** What the worklist holds open, and what a check of everything finds now. */
async function both(): Promise<{ open: string[]; found: string[] }> {
  return inTransaction(ctx, async (db) => {
    const open = await sql<{ key: string }>`
      SELECT concat_ws(' ', rule, subject_id, household_id, area_path) AS key FROM quality.finding WHERE state <> 'fixed'`.execute(db)
    const check = await checkQuality(ctx, db, { vault: world.vault, asOf: ctx.today, reason: 'test' })
    const found = (await Array.fromAsync(check.findings)).flat()
    const keyOf = (one: (typeof found)[number]) =>
      [one.rule, one.subjectId, one.householdId, one.areaPath].filter((part) => part !== undefined).join(' ')
    return { open: open.rows.map((row) => row.key).sort(), found: found.map(keyOf).sort() }
  })
}

async function correct(at: number, field: string, newValue: string): Promise<void> {
  const person = people[at]
  if (person === undefined) throw new Error('the county has twelve monitored heads')
  const isOfPerson = field !== 'cultivatedLandMu'
  const { correctionId, revision } = await proposeCorrection(
    ctx,
    {
      householdId: HouseholdId.parse(person.householdId),
      ...(isOfPerson ? { personId: PersonId.parse(person.personId) } : {}),
      field,
      newValue,
      source: '电话核实',
    },
    deps(),
  )
  await decideCorrection(ctx, correctionId, { revision, decision: 'apply', deps: deps() })
}

/** A right number of a region that was never assigned. */
function numberOf(order: number): string {
  const first17 = `99030119700115${String(order * 2 + 1).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}

const openOf = async (rule: string) => (await both()).open.filter((key) => key.startsWith(`${rule} `)).length

it.each([
  ['a telephone that nobody else has', [[0, 'personPhone', '15400009999']]],
  ['the same telephone in another household', [[1, 'personPhone', '15400009999']]],
  [
    'and in a third, while another person’s sex changes',
    [
      [2, 'personPhone', '15400009999'],
      [3, 'sex', '女'],
    ],
  ],
  ['a telephone that is shared no more', [[0, 'personPhone', '15400009998']]],
  [
    'one ID number twice',
    [
      [4, 'idNumber', numberOf(401)],
      [5, 'idNumber', numberOf(401)],
    ],
  ],
  ['one ID number three times', [[6, 'idNumber', numberOf(401)]]],
  ['an ID number of its own again', [[5, 'idNumber', numberOf(402)]]],
  ['the land of a village', [[7, 'cultivatedLandMu', '99999']]],
  ['the last sharer of a telephone', [[1, 'personPhone', '15400009997']]],
] as const)('a check of what changed leaves what a check of everything would: %s', async (_what, changes) => {
  for (const [at, field, value] of changes) await correct(at, field, value)
  await checkWaiting(ctx, deps())
  expect(kept.found).toBeDefined()
  const { open, found } = await both()
  expect(open).toEqual(found)
})

it('follows households that end, and whoever shares a number with them', async () => {
  await correct(8, 'personPhone', '15400009996')
  await correct(9, 'personPhone', '15400009996')
  await checkWaiting(ctx, deps())
  const shared = await openOf('Q058')
  const [home, other] = [people[8]?.householdId ?? '', people[9]?.householdId ?? '']
  const members = await inTransaction(ctx, (db) =>
    sql<{ id: string }>`SELECT person_id AS id FROM registry.person WHERE household_id = ${other}::uuid AND left_on IS NULL`.execute(db),
  )
  const relations = Object.fromEntries(members.rows.map((row) => [row.id, '其他']))
  const command = {
    kind: 'merge',
    householdId: home,
    otherId: other,
    on: '2023-12-01',
    reason: '并户',
    relations,
    headId: people[8]?.personId,
  }
  await askHouseholdEvent(ctx, { command: command as Parameters<typeof askHouseholdEvent>[1]['command'], isReport: false }, deps())
  await checkWaiting(ctx, deps())
  expect(kept.found).toBeDefined()
  const { open, found } = await both()
  expect(open).toEqual(found)
  expect(await openOf('Q058')).toBeLessThan(shared)
  // A household that has ended is none: nothing is asked about it.
  expect(open.filter((key) => key.includes(other))).toEqual([])
})

it('reads everything once a change was checked without the book', async () => {
  await correct(10, 'personPhone', '15400009995')
  const { kept: _kept, ...without } = deps()
  await checkWaiting(ctx, without)
  await correct(11, 'personPhone', '15400009995')
  await checkWaiting(ctx, deps())
  expect(kept.found).toBeUndefined()
  const { open, found } = await both()
  expect(open).toEqual(found)
})

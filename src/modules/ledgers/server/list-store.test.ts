import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { isFull, makeChance, pick, rounds, seed } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { FilterRecords, SearchRecords } from '../contract.ts'
import { countByState, groupRecords } from './count-store.ts'
import { findFirst } from './list-found-store.ts'
import { givenRows, isIn, orderOf, type GivenRow } from '../../../../test/ledgers/list-oracle.ts'
import { listPage } from './list-store.ts'
import { openLedger } from './open-ledger.ts'

const world = openTestWorld()
let county: GivenCounty
const ledgers = [
  { templateKey: 'generic.inspection', closed: false },
  { templateKey: 'integrity.petition', closed: true },
] as const
const rows = new Map<string, readonly GivenRow[]>()
const chance = makeChance(seed)
const officer = () => world.as(grantCounty(county.countyCode), { roles: ['county-data-officer'] })
const clerk = () => world.as(grantArea(county.countyCode, county.townships[1]?.path ?? ''), { roles: ['department-clerk'] })

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  const paths = [...county.townships, ...county.villages, ...county.groups].map((area) => area.path)
  for (const ledger of ledgers)
    await inTransaction(officer(), async (db) => {
      const within = { ...officer(), db }
      const { open } = await openLedger(within, ledger.templateKey)
      const given = givenRows({ chance, open, paths, count: isFull && ledger.closed ? 700 : 260 })
      rows.set(ledger.templateKey, given)
      await sql`
        INSERT INTO ledgers.record (county_code, template_key, version, closed, made_name, made_at, record_id, area_path, record_no, title, state, settled, due_at,
          changed_at, removed_at, made_by, text_1, text_2, text_3, text_4, text_5, text_6, number_1, number_2, day_1, day_2, day_3)
        SELECT ${county.countyCode}, ${ledger.templateKey}, ${open.version}, ${ledger.closed}, '某', ${within.now}, g.*
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g (record_id uuid, area_path text, record_no text, title text, state text, settled boolean,
          due_at timestamptz, changed_at timestamptz, removed_at timestamptz, made_by text, text_1 text, text_2 text, text_3 text, text_4 text, text_5 text,
          text_6 text, number_1 bigint, number_2 bigint, day_1 date, day_2 date, day_3 date)`.execute(db)
      await sql`
        INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, closed, body)
        SELECT r.county_code, r.record_id, r.template_key, r.area_path, r.closed, '{}' FROM ledgers.record r WHERE r.template_key = ${ledger.templateKey}`.execute(
        db,
      )
    })
})

/** Some filters, a sort and a length of pages. */
function drawSearch(keys: Readonly<Record<string, string>>, all: readonly GivenRow[]): SearchRecords {
  const some = pick(chance, all)
  const offered = Object.keys(keys)
  const parts: (() => Partial<FilterRecords>)[] = [
    () => ({ states: [...new Set([some.state, pick(chance, all).state])] }),
    () => ({
      under: some.area_path
        .split('.')
        .slice(0, 3 + chance(3))
        .join('.')
        .replace(/\.?$/, '.'),
    }),
    () => ({ due: pick(chance, ['overdue', 'within-week', 'later', 'none'] as const) }),
    () => ({ dueFrom: '2023-12-16', dueTo: '2023-12-20' }),
    () => ({ own: true }),
    () => ({ removed: true }),
    () => ({
      q:
        pick(chance, [
          some.title.slice(1, 2 + chance(3)),
          some.record_no?.slice(0, 4 + chance(4)) ?? 'x',
          'b 梁',
          '村',
          '%',
          some.title.toUpperCase(),
        ]).trim() || '梁',
    }),
    () => ({ fields: [drawField(pick(chance, offered), some, keys)] }),
    () => ({ fields: [drawField(pick(chance, offered), some, keys), { field: pick(chance, offered), empty: chance(3) > 0 }] }),
  ]
  const filters: Partial<FilterRecords> = {}
  for (let times = chance(3); times >= 0; times -= 1) Object.assign(filters, pick(chance, parts)())
  const by = pick(chance, ['made', 'changed', 'no', 'state', 'area', 'title', 'due', ...offered])
  return { fields: [], ...filters, sort: { by, descending: chance(2) === 0 }, limit: pick(chance, [1 + chance(9), 10 + chance(41), 120]) }
}

function drawField(field: string, some: GivenRow, keys: Readonly<Record<string, string>>): SearchRecords['fields'][number] {
  const value = some[(keys[field] ?? 'text_1') as keyof GivenRow] // safe: keys name columns of the row
  if (value === null || chance(4) === 0) return { field, empty: chance(2) === 0 }
  const said = typeof value === 'number' ? String(value / 1_000_000) : String(value)
  if (typeof value === 'number' || /^\d{4}-/.test(said)) return { field, from: said, ...(chance(2) === 0 ? { to: said } : {}) }
  return { field, is: [said] }
}

async function readAll(ctx: Context, templateKey: string, search: SearchRecords, walking?: Parameters<typeof listPage>[3]) {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, templateKey)
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = await listPage(within, ledger, { ...search, ...(after === undefined ? {} : { after }) }, walking)
      ids.push(...page.items.map((row) => row.recordId))
      after = page.next
    } while (after !== undefined && ids.length <= 2000)
    const counts = await countByState(within, ledger, search)
    return { ids, count: counts.reduce((sum, row) => sum + row.count, 0) }
  })
}

describe('the list of a ledger', () => {
  it('gives over all its pages what a look at every row gives: in order, each once, none lost, whatever the filters and however it is found', async () => {
    const walks = [undefined, { fewRows: 0, county: 5, area: 3 }, { fewRows: 0, county: 90, area: 40 }]
    for (let round = 0; round < rounds(60, 1500); round += 1) {
      const { templateKey } = pick(chance, ledgers)
      const ctx = pick(chance, [officer, clerk])()
      const reads =
        templateKey === 'generic.inspection' && ctx.scope.kind === 'area'
          ? { ...ctx, caller: { ...ctx.caller, roles: ['township-officer'] } }
          : ctx
      const all = rows.get(templateKey) ?? []
      const keys = await inTransaction(reads, async (db) => (await openLedger({ ...reads, db }, templateKey)).open.keys)
      const search = drawSearch(keys, all)
      const expected = all.filter((row) => isIn(row, search, { ctx: reads, keys })).sort(orderOf(search.sort, keys))
      const found = await readAll(reads, templateKey, search, walks[chance(walks.length)])
      const said = `${templateKey} ${reads.scope.kind} ${JSON.stringify(search)}`
      expect(found.ids, said).toEqual(expected.map((row) => row.record_id))
      expect(found.count, said).toBe(expected.length)
    }
  })

  it('asks for the combinations of empty fields that stand in the ledger', async () => {
    await inTransaction(officer(), async (db) => {
      const within = { ...officer(), db }
      const ledger = await openLedger(within, 'generic.inspection')
      const { blanks = [] } = await findFirst(within, ledger, { fields: [{ field: 'score', empty: true }] })
      expect(blanks.length).toBeGreaterThan(1)
      expect(blanks.every((one) => (one & 256) === 256)).toBe(true)
    })
  })
})

describe('statistics of a ledger', () => {
  it('are refused where there are more groups than are counted, and whole below that', async () => {
    await inTransaction(officer(), async (db) => {
      const within = { ...officer(), db }
      const ledger = await openLedger(within, 'generic.inspection')
      const asked = { filters: { fields: [] }, groups: ['subject'], sums: [] }
      await expect(groupRecords(within, ledger, { ...asked, most: 3 })).rejects.toMatchObject({
        code: 'ledgers.too-many-groups',
        details: { most: 3 },
      })
      const whole = await groupRecords(within, ledger, asked)
      const standing = (rows.get('generic.inspection') ?? []).filter((row) => row.removed_at === null)
      expect(whole.reduce((sum, group) => sum + group.count, 0)).toBe(standing.length)
    })
  })
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { grantArea, grantCounty, type Scope } from '#kernel/server/caller/index.ts'
import { asLogin, clientOf, inTransaction, withClient } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { searchHouseholds } from './search-households.ts'
import { listHouseholds } from './list-households.ts'

// Enough rows that a plan which reads the whole table would be chosen if the index could not be used.
const villages = 40
const households = 6_000
const membersEach = 4
const countyCode = '990301'
const villagePath = '99.9903.990301.990301101.990301101005.'
const world = openTestWorld()
const county = () => grantCounty(countyCode)
const village = () => grantArea(countyCode, villagePath)

beforeAll(async () => {
  const ctx = world.as(county())
  await inTransaction(ctx, async (db) => {
    await sql`
      INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, head_name, household_type, phone_index, created_by, touched_by)
      SELECT ${countyCode}, gen_random_uuid(), '9903011' || lpad(n::text, 9, '0'),
             '99.9903.990301.990301101.990301101' || lpad((n % ${villages})::text, 3, '0') || '.', '镇', '村' || n % ${villages}, '户主',
             CASE WHEN n % 10 = 0 THEN '脱贫户' ELSE '一般农户' END, substring(sha256(('h' || n)::bytea) FOR 16), gen_random_uuid(), gen_random_uuid()
      FROM generate_series(1, ${households}) n`.execute(db)
    await sql`
      INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin, initials, id_index, phone_index, seq_no, created_by, touched_by)
      SELECT h.county_code, gen_random_uuid(), h.household_no || lpad(m::text, 2, '0'), h.household_id, h.area_path, s.name || g.name, g.name, s.sound || g.sound, g.sound,
             chr(97 + abs(hashtext(s.sound)) % 26) || chr(97 + abs(hashtext(g.sound)) % 26), substring(sha256((h.household_no || m)::bytea) FOR 16), substring(sha256(('p' || h.household_no || m)::bytea) FOR 16), m, h.created_by, h.created_by
      FROM registry.household h CROSS JOIN generate_series(1, ${membersEach}) m
      CROSS JOIN LATERAL (SELECT chr(19968 + abs(hashtext(h.household_no)) % 300) AS name, 'sur' || abs(hashtext(h.household_no)) % 300 AS sound) s
      CROSS JOIN LATERAL (SELECT chr(20968 + abs(hashtext(h.household_no || m)) % 2000) AS name, 'giv' || abs(hashtext(h.household_no || m)) % 2000 AS sound) g`.execute(
      db,
    )
  })
  await withClient(asLogin(inject('serverAccess'), 'bangfu_migrator', world.database.name), async (client) => {
    await client.query('SET ROLE bangfu_owner; ANALYZE registry.household; ANALYZE registry.person')
  })
})

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}
const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)]

/** Runs a read and explains every query of it that touches persons or households. */
async function plansOf(scope: Scope, read: (ctx: Parameters<typeof searchHouseholds>[0]) => Promise<unknown>): Promise<PlanNode[]> {
  const nodes: PlanNode[] = []
  const ctx = world.as(scope)
  await inTransaction(ctx, async (db) => {
    const client = clientOf(db)
    const asked: { text: string; values: unknown[] }[] = []
    const query = client.query.bind(client)
    // Safe: Kysely calls with text and values; everything is passed on.
    client.query = ((text: string, values?: unknown[]) => {
      if (/FROM registry\.(person|household) /.test(text) && values !== undefined) asked.push({ text, values })
      return query(text, values)
    }) as unknown as typeof client.query
    await read({ ...ctx, db })
    client.query = query as unknown as typeof client.query
    for (const { text, values } of asked) {
      const explained = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(`EXPLAIN (FORMAT JSON) ${text}`, values)
      nodes.push(...explained.rows.flatMap((row) => row['QUERY PLAN'].flatMap((one) => flat(one.Plan))))
    }
  })
  return nodes
}

const scans = (nodes: readonly PlanNode[], table: string) =>
  nodes.filter((node) => node['Relation Name'] === table || (node['Index Name'] ?? '').startsWith(`${table}_`))

describe('each search is one range of one index, also under row security', () => {
  const searches = [
    { q: '\u4e2d\u5200', index: 'person_name', column: 'name' },
    { q: '\u5300', index: 'person_given_name', column: 'given_name' },
    { q: 'sur', index: 'person_pinyin', column: 'pinyin' },
    { q: 'givx', index: 'person_given_pinyin', column: 'given_pinyin' },
    { q: 'sg', index: 'person_initials', column: 'initials' },
    { q: '990301197001150013', index: 'person_id_number', column: 'id_index' },
    { q: '15400000241', index: 'person_phone', column: 'phone_index' },
    { q: '15400000241', index: 'household_phone', column: 'phone_index' },
    { q: '99030110000', index: 'household_county_code_household_no_key', column: 'household_no' },
  ]

  it.each(searches)('of $index for the whole county', async ({ q, index, column }) => {
    const nodes = await plansOf(county(), (ctx) => searchHouseholds(ctx, { q, limit: 50 }, world.vault))
    const used = nodes.filter((node) => node['Index Name'] === index)
    expect(used.length).toBeGreaterThan(0)
    expect(used.every((node) => node['Index Cond']?.includes(column) === true)).toBe(true)
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && /^(person|household)$/.test(node['Relation Name'] ?? ''))).toEqual([])
  })

  it.each(searches)('of $index, or of the village, for a village cadre', async ({ q }) => {
    const nodes = await plansOf(village(), (ctx) => searchHouseholds(ctx, { q, limit: 50 }, world.vault))
    expect(scans(nodes, 'person').length + scans(nodes, 'household').length).toBeGreaterThan(0)
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && /^(person|household)$/.test(node['Relation Name'] ?? ''))).toEqual([])
  })

  it('and a list reads its page in the order of an index, without sorting the county', async () => {
    const nodes = await plansOf(county(), (ctx) => listHouseholds(ctx, { limit: 50 }))
    expect(nodes.some((node) => node['Index Name'] === 'household_list')).toBe(true)
    expect(
      nodes.filter((node) => node['Node Type'] === 'Sort' && (node.Plans ?? []).some((inner) => inner['Relation Name'] === 'household')),
    ).toEqual([])
    const poor = await plansOf(county(), (ctx) => listHouseholds(ctx, { limit: 50, type: '脱贫户' }))
    expect(poor.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'household')).toEqual([])
  })
})

describe('pages of a search', () => {
  it('show every hit once, in order, to the end', async () => {
    const ctx = world.as(village())
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await searchHouseholds(ctx, { q: 's', limit: 200, after }, world.vault)
      seen.push(...page.items.map((item) => `${item.match?.personId ?? ''}`))
      after = page.next
    } while (after !== undefined)
    expect(seen).toHaveLength((households / villages) * membersEach)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('keep within the filters', async () => {
    const ctx = world.as(county())
    const poor = await searchHouseholds(ctx, { q: 'sur', limit: 200, type: '脱贫户', under: villagePath }, world.vault)
    expect(poor.items.every((item) => item.type === '脱贫户' && item.areaPath === villagePath)).toBe(true)
  })
})

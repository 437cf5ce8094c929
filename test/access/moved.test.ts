import { describe, expect, inject, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { inTransaction, withClient } from '../../src/kernel/server/database/index.ts'
import { givenLedger } from '../../src/modules/ledgers/server/given.ts'
import { openAccessWorld, type AccessWorld } from './given-world.ts'

// After whatever happens to a household, the village that it left reads nothing of it any more (trust.md §7), and today's village all of it.
const open = openAccessWorld()

/**
 * Tables with rows about a household or a person that the former village goes on to see, and why. Everything else that has a household, a
 * person and an area follows; a new table that does not follow is found by these tests.
 */
const stays: Readonly<Record<string, string>> = {
  'registry.membership': 'who belonged to the household that stays, from when to when; the row of who left it by marriage or split',
  'registry.household_event': 'the history of the household that stays, with who left it and why',
  'registry.household_event_side': 'the history of the household that stays: it names the other household, and nothing more of it',
  'cases.kin_tie': 'ids of two households that are kin: whoever must keep away from one is found by it, wherever he sits',
  'cases.case_check': 'what departments said within the case of the household that stays',
  'cases.income_line': 'the evidence of what the household that stays received and paid',
  'cases.income_calculation': 'the same, as it was computed',
  'surveys.problem': 'what a campaign found in the household that stays',
  'screening.lead_reason': 'the evidence of the lead of the household that stays, as it was when it was raised',
  'screening.matched_row': 'the same',
  'screening.rested_reason': 'the same',
}

/** Rows of every table that the holder of an area reads, which name one of the ids; as `table: how many`. */
async function seenOf(ctx: Context, ids: readonly string[]): Promise<Record<string, number>> {
  return inTransaction(ctx, async (db) => {
    const tables = await sql<{ name: string; list: string }>`
      SELECT format('%I.%I', n.nspname, c.relname) AS name, string_agg(format('t.%I', a.attname), ', ') AS list
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('identity', 'registry', 'screening', 'quality', 'cases', 'rectification', 'surveys', 'ledgers') AND c.relname NOT LIKE 'staged%'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
      GROUP BY 1 ORDER BY 1`.execute(db)
    const seen: Record<string, number> = {}
    for (const { name, list } of tables.rows) {
      const found = await sql<{ n: number }>`
        SELECT count(*)::int AS n FROM ${sql.raw(name)} t WHERE row(${sql.raw(list)})::text ~ ${ids.join('|')}`.execute(db)
      const n = found.rows[0]?.n ?? 0
      if (n > 0) seen[name] = n
    }
    return seen
  })
}

function villagesOf({ world, county, places }: AccessWorld) {
  const village = (path: string) => world.as(grantArea(county.countyCode, path), { roles: ['village-cadre'] })
  return { own: village(places.own.area.path), near: village(places.near.area.path), county: world.as(grantCounty(county.countyCode)) }
}

async function done(access: AccessWorld, command: object): Promise<string> {
  const payload = { command: { on: '2023-11-01', reason: '村里核实', ...command }, isReport: false }
  const answer = await access.change('D', { method: 'POST', url: '/registry/household-events', payload })
  expect(answer.statusCode, `${answer.body} ${access.logged.at(-1) ?? ''}`).toBe(200)
  return answer.json<{ eventId: string }>().eventId
}

async function undone(access: AccessWorld, eventId: string): Promise<void> {
  const payload = { reason: '登错了户' }
  const answer = await access.change('D', { method: 'POST', url: `/registry/household-events/${eventId}/undo`, payload })
  expect(answer.statusCode, answer.body).toBe(200)
}

const without = (seen: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(seen).filter(([table]) => stays[table] === undefined))

describe('the village that a household has left', () => {
  it('reads nothing of one that moved; today’s village reads all of it, and the undo brings everything back', async () => {
    const access = open()
    const { own, near } = villagesOf(access)
    const { householdId } = access.places.own.first
    const persons = await personsOf(access, householdId)
    const ids = [householdId, ...persons]
    await givenMore(access, access.places.own.first)
    const before = await seenOf(own, ids)
    expect(Object.keys(before)).toEqual(expect.arrayContaining(followers))
    const eventId = await done(access, { kind: 'move', householdId, areaPath: `${access.places.near.area.path}01.` })
    expect(await seenOf(own, ids)).toEqual({})
    // The pair and the merge with somebody who stays are the township's from now on: neither village sees both.
    const { 'registry.duplicate_pair': _pair, 'registry.person_merge': _merge, ...followed } = before
    expect(await seenOf(near, ids)).toEqual({ ...followed, 'registry.household_event': (before['registry.household_event'] ?? 0) + 1 })
    await undone(access, eventId)
    expect(without(await seenOf(own, ids))).toEqual(without(before))
    expect(Object.keys(await seenOf(near, ids))).toEqual([])
  })

  it('reads of one who married out only what the household that stays has been', async () => {
    const access = open()
    const { own, near } = villagesOf(access)
    const { householdId } = access.places.own.first
    const persons = await personsOf(access, householdId)
    const goes = access.places.own.first.personId
    const stay = persons.find((one) => one !== goes) ?? ''
    const before = await seenOf(own, [goes])
    const otherId = access.places.near.second.householdId
    const relations = { [goes]: '配偶', [stay]: '其他' }
    const eventId = await done(access, { kind: 'marriage', way: 'leave', householdId, members: [goes], otherId, headId: stay, relations })
    expect(without(await seenOf(own, [goes]))).toEqual({})
    const there = await seenOf(near, [goes])
    for (const table of [
      'registry.person',
      'registry.reveal',
      'registry.correction',
      'quality.finding',
      'screening.authorisation',
      'screening.repair',
    ])
      expect(there[table], table).toBe(before[table])
    await undone(access, eventId)
    expect(without(await seenOf(own, [goes]))).toEqual(without(before))
    expect(without(await seenOf(near, [goes]))).toEqual({})
  })

  it('gives the open lead of a household that ended to the one that lives on, and has it back with the undo', async () => {
    const access = open()
    const { county } = villagesOf(access)
    const { second: ends } = access.places.own
    const { second: lives } = access.places.near
    const leads = () =>
      inTransaction(county, async (db) => {
        const found = await sql<{ home: string; path: string; reasons: number }>`
          SELECT l.household_id AS home, l.area_path AS path, l.reason_count AS reasons FROM screening.lead l
          WHERE l.household_id = ANY (${[ends.householdId, lives.householdId]}::uuid[]) AND l.state <> 'closed' ORDER BY l.household_id = ${ends.householdId}::uuid`.execute(
          db,
        )
        return found.rows
      })
    const [nearPath, ownPath] = [`${access.places.near.area.path}01.`, `${access.places.own.area.path}01.`]
    const apart = [
      { home: lives.householdId, path: nearPath, reasons: 1 },
      { home: ends.householdId, path: ownPath, reasons: 1 },
    ]
    expect(await leads()).toEqual(apart)
    const relations = { [ends.personId]: '其他' }
    const eventId = await done(access, { kind: 'merge', householdId: lives.householdId, otherId: ends.householdId, relations })
    expect(await leads()).toEqual([{ home: lives.householdId, path: nearPath, reasons: 1 }])
    const answer = await access.ask('D', { method: 'GET', url: '/screening/leads', query: { householdId: lives.householdId } })
    const [card] = answer.json<{ items: { leadId: string }[] }>().items
    const file = await access.ask('D', { method: 'GET', url: `/screening/leads/${card?.leadId ?? ''}` })
    expect(file.json()).toMatchObject({ reasons: [{ rule: 'L04' }, { rule: 'L04' }], events: [{ kind: 'joined' }] })
    await undone(access, eventId)
    expect(await leads()).toEqual(apart)
  })

  it('reads nothing of who was split off and then moved away', async () => {
    const access = open()
    const { own, near } = villagesOf(access)
    const { householdId, personId: goes } = access.places.own.first
    const stay = (await personsOf(access, householdId)).find((one) => one !== goes) ?? ''
    await done(access, { kind: 'split', householdId, members: [goes], newHeadId: goes, headId: stay, relations: { [stay]: '其他' } })
    const { items } = (await access.ask('D', { method: 'GET', url: '/registry/household-events', query: { householdId } })).json<{
      items: { kind: string; otherId?: string }[]
    }>()
    const begun = items.find((one) => one.kind === 'split' && one.otherId !== undefined)?.otherId ?? ''
    await done(access, { kind: 'move', householdId: begun, areaPath: `${access.places.near.area.path}01.` })
    expect(without(await seenOf(own, [goes, begun]))).toEqual({})
    expect((await seenOf(near, [goes]))['registry.person']).toBe(1)
  })
})

/** What is kept about a household: were one of them empty here, the tests above would say nothing of it. */
const followers = [
  'cases.case_check',
  'cases.case_event',
  'cases.case_file',
  'cases.case_measure',
  'cases.case_visit',
  'cases.classification',
  'cases.clock',
  'cases.income_calculation',
  'cases.income_line',
  'ledgers.record',
  'ledgers.record_body',
  'ledgers.record_event',
  'ledgers.record_file',
  'ledgers.record_link',
  'ledgers.reminder',
  'quality.exception',
  'quality.finding',
  'quality.finding_event',
  'registry.batch_change',
  'registry.correction',
  'registry.duplicate_pair',
  'registry.household',
  'registry.household_event',
  'registry.household_tag',
  'registry.membership',
  'registry.national_change',
  'registry.person',
  'registry.person_merge',
  'registry.reveal',
  'screening.authorisation',
  'screening.lead',
  'screening.lead_event',
  'screening.lead_reason',
  'screening.matched_row',
  'screening.repair',
  'screening.rested_reason',
  'surveys.call',
  'surveys.problem',
  'surveys.response',
  'surveys.risk',
  'surveys.target',
]

/** What only imports and comparisons write, without the files behind it. */
async function givenMore(
  { world, county, places, runId, batchId }: AccessWorld,
  home: { householdId: string; personId: string },
): Promise<void> {
  const { householdId, personId } = home
  const row = {
    county: county.countyCode,
    id: makeId(),
    other: makeId(),
    run: runId,
    home: householdId,
    person: personId,
    area: `${places.own.area.path}01.`,
  }
  const values = [row.county, row.id, row.run, row.home, row.person, row.area, row.other]
  const inserts = [
    `INSERT INTO screening.matched_row (county_code, matched_row_id, run_id, month, list, receipt_id, sheet, row_no, household_id, person_id, area_path, class, cause, row_key, facts)
     VALUES ($1, $2, $3, '202310', 'education', $7, '表', 1, $4, $5, $6, 'exact', '', '0', '{}')`,
    `INSERT INTO screening.rested_reason (county_code, rested_reason_id, run_id, month, household_id, area_path, rule, list, person_id, value, dismissed_value,
       dismissed_lead_id, dismissed_by, dismissed_note, dismissed_at)
     VALUES ($1, $2, $3, '202310', $4, $6, 'L04', 'education', $5, '1', '1', $7, 'x', '已核', now())`,
    `INSERT INTO screening.receipt (county_code, receipt_id, run_id, list, file_name, file_hash, bytes, received_at)
     VALUES ($1, replace($7, '-', ''), $3, 'education', concat($2::text, $4::text, $5::text, $6::text), repeat('0', 64), 1, now())`,
    `INSERT INTO screening.repair (county_code, repair_id, run_id, receipt_id, list, sheet, row_no, household_id, person_id, area_path, cause, field, wait_until)
     VALUES ($1, $2, $3, replace($7, '-', ''), 'education', '表', 1, $4, $5, $6, 'name-differs', 'name', now())`,
    `INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, before, at)
     VALUES ($1, '${batchId}', 'person', $5, $4, $6, jsonb_build_object('of', $2::text, 'run', $3::text, 'other', $7::text), now())`,
    `INSERT INTO registry.national_change (county_code, change_id, entity, subject_id, household_id, area_path, field, action, kind, export_on, export_batch,
       system_value, our_value, our_mark, why, severity, found_on)
     VALUES ($1, $2, 'person', $5, $4, $6, 'employer', 'change-value', 'work', '2023-10-31', $7, $3, '', '', 'other-source', 'middle', '2023-11-01')`,
  ]
  await withClient({ ...inject('serverAccess').admin, database: world.database.name }, async (client) => {
    await client.query(`SET session_replication_role = 'replica'`) // no run, receipt or batch stands behind them
    for (const insert of inserts) await client.query(insert, values)
    await client.query(
      `INSERT INTO ledgers.reminder (county_code, record_id, deadline_key, due_on, percent, remind_on, template_key, area_path, household_id)
       VALUES ($1, $2, 'done', '2023-12-01', 50, '2023-11-15', $3, $4, $5)`,
      [row.county, places.own.recordId, givenLedger, row.area, row.home],
    )
  })
}

async function personsOf({ world, county }: AccessWorld, householdId: string): Promise<string[]> {
  return inTransaction(world.as(grantCounty(county.countyCode)), async (db) => {
    const found = await sql<{ id: string }>`
      SELECT person_id AS id FROM registry.person WHERE household_id = ${householdId}::uuid ORDER BY is_head DESC`.execute(db)
    return found.rows.map((row) => row.id)
  })
}

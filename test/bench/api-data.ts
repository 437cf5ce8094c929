import { once } from 'node:events'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import type { Vault } from '../../src/kernel/server/vault/index.ts'
import { searchOf } from '../../src/modules/registry/server/import/name-search.ts'
import { blindKinds, placeOfPersonCell } from '../../src/modules/registry/server/tables.ts'

export interface MadeCounty {
  households: number
  persons: number
  cases: number
  events: number
  /** Households up to this number have a case. */
  withCase: number
}

/** Ids that the load can reckon: kind and number. */
export const idOf = (kind: 'household' | 'case', n: number) =>
  `0190000${kind === 'household' ? 0 : 1}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const sqlId = (kind: number, n: string) => `('0190000${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const batchId = '01900009-0000-7000-8000-000000000001'
const eventsPerCase = 20

/**
 * Fills the register, the cases and what happened to them, by the owner of the tables: rows as imports and acts leave them, indexes built
 * afterwards. `groups`: paths of villager groups with the names of their places, in the order of the paths; household n stands in group n modulo
 * their number, and every fifth case is open.
 */
export async function fillCounty(
  client: Client,
  given: {
    county: string
    groups: readonly { path: string; township: string; village: string }[]
    persons: number
    events: number
    vault: Vault
  },
): Promise<MadeCounty> {
  const { county, persons, events } = given
  const households = Math.max(1, Math.floor((persons * 2) / 7))
  const cases = Math.min(Math.floor(households / 2), Math.max(1000, Math.floor(persons / 10)))
  await client.query("SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")
  const indexes = await dropIndexes(client, [
    'registry.household',
    'registry.person',
    'registry.membership',
    'cases.case_file',
    'cases.case_event',
    'kernel.audit',
  ])
  await client.query('CREATE TEMP TABLE place (n int PRIMARY KEY, path text, township text, village text)')
  await copyLines(
    client,
    'COPY place FROM STDIN',
    given.groups.map(({ path, township, village }, n) => `${n}\t${path}\t${township}\t${village}\n`),
  )
  await client.query(`
    INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, group_name, head_name, household_type,
      monitor_category, registered, exit_status, facts, sources, created_by, touched_by)
    SELECT '${county}', ${sqlId(0, 'n')}, '${county}' || lpad(n::text, 10, '0'), path, township, village, '1组', NULL,
      CASE WHEN n % 4 = 0 THEN '脱贫户' ELSE '一般农户' END, CASE WHEN n % 20 = 0 THEN '边缘易致贫户' END, n % 4 = 0, CASE WHEN n % 4 = 0 THEN 'exited' END,
      jsonb_build_object('address', village || n), '{"register": {"batch": "${batchId}", "on": "2025-12-31"}}', '${batchId}', '${batchId}'
    FROM (SELECT number AS n, p.path, p.township, p.village FROM generate_series(1, ${households}) number JOIN place p ON p.n = number % ${given.groups.length}) h`)
  await copyLines(client, personCopy, personLines(given, { households, persons }))
  await client.query(`
    UPDATE registry.household h SET head_name = p.name FROM registry.person p WHERE p.county_code = h.county_code AND p.household_id = h.household_id AND p.is_head;
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT county_code, person_id, '2025-12-31', household_id, area_path, relation, seq_no, created_by, touched_by FROM registry.person`)
  const audited = await fillCases(client, { county, cases, events })
  for (const definition of indexes) await client.query(definition)
  await client.query('SET session_replication_role = origin; RESET synchronous_commit')
  for (const table of [
    'registry.household',
    'registry.person',
    'registry.membership',
    'cases.case_file',
    'cases.case_event',
    'kernel.audit',
  ])
    await client.query(`VACUUM (FREEZE, ANALYZE) ${table}`)
  await client.query('CHECKPOINT')
  return { households, persons, cases, events: cases * eventsPerCase + audited, withCase: cases }
}

/** Cases at the steps of the identification (every fifth is open), what happened to them, and the audit of a year. Returns the rows of the audit. */
async function fillCases(client: Client, given: { county: string; cases: number; events: number }): Promise<number> {
  const { county, cases, events } = given
  const seat = (segments: number) => `array_to_string((string_to_array(h.area_path, '.'))[1:${segments}], '.') || '.'`
  await client.query(`
    INSERT INTO cases.case_file (county_code, case_id, case_no, household_id, area_path, source, step, state, held_by, opened_on, step_since, ended_on,
      outcome, risks, revision)
    SELECT '${county}', ${sqlId(1, 'n')}, '2025-' || lpad(n::text, 6, '0'), h.household_id, h.area_path, 'visit', step,
      CASE step WHEN 'ended' THEN 'ended' ELSE 'open' END,
      CASE WHEN step IN ('assessment', 'review') THEN ${seat(4)} WHEN step IN ('check', 'decision', 'ended') THEN ${seat(3)} ELSE ${seat(5)} END,
      '2025-01-01'::date + n % 300, '2025-06-01'::date + n % 180, CASE step WHEN 'ended' THEN '2025-12-01'::date END,
      CASE step WHEN 'ended' THEN 'not-identified' END, '{因病}', ${eventsPerCase}
    FROM (SELECT n, CASE WHEN n % 5 <> 0 THEN 'ended'
        ELSE (ARRAY['assessment', 'visit', 'statement', 'check', 'appraisal', 'notice', 'review', 'decision'])[1 + (n / 5) % 8] END AS step
      FROM generate_series(1, ${cases}) n) c JOIN registry.household h ON h.county_code = '${county}' AND h.household_id = ${sqlId(0, 'n')}`)
  await client.query(`
    INSERT INTO cases.case_event (county_code, case_event_id, case_id, household_id, area_path, seq, round, action, step_before, state_before, step_after,
      state_after, held_by, actor_id, actor_name, actor_path, at, on_day, opinion, reason, details)
    SELECT county_code, ${sqlId(2, `${eventsPerCase} * n + seq`)}, case_id, household_id, area_path, seq, 1,
      CASE WHEN seq = 1 THEN 'open' WHEN seq % 2 = 0 THEN 'pause' ELSE 'resume' END, CASE WHEN seq > 1 THEN 'visit' END,
      CASE WHEN seq = 1 THEN NULL WHEN seq % 2 = 0 THEN 'open' ELSE 'paused' END, 'visit', CASE WHEN seq % 2 = 0 THEN 'paused' ELSE 'open' END,
      held_by, 'bench:' || n % 500, '办理人' || n % 500, held_by, '2025-06-01 09:00+08'::timestamptz + seq * interval '1 day' + n * interval '1 second',
      '2025-06-01'::date + seq, '情况属实', '等待住院发票', '{}'
    FROM (SELECT f.*, ('x' || right(case_id::text, 12))::bit(48)::bigint AS n FROM cases.case_file f) f CROSS JOIN generate_series(1, ${eventsPerCase}) seq`)
  const audited = Math.max(0, events - cases * eventsPerCase)
  await client.query(`
    INSERT INTO kernel.audit (county_code, audit_id, at, caller_id, caller_name, did, object_kind, object_id, details)
    SELECT '${county}', ${sqlId(3, 'n')}, '2025-01-01 00:00+08'::timestamptz + n * (interval '365 days' / ${Math.max(1, audited)}), 'bench:' || n % 500,
      '办理人' || n % 500, 'cases.case.pass', 'cases.case', ${sqlId(1, `1 + n % ${cases}`)}::text, '{"seq": 2}'
    FROM generate_series(1, ${audited}) n`)
  return audited
}

const personCopy = `COPY registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin, initials, sex,
  born_on, id_cell, id_index, relation, seq_no, is_head, facts, sources, created_by, touched_by) FROM STDIN`
const surnames = '单程林石方云禾苗柳荷汀稻菱塘桥山川江河湖海松柏竹梅兰菊杨榆桐'
const givens = '安平和顺明亮清秀春秋冬夏东南西北文武忠孝仁义礼智信勤俭恭良'

/** Rows of persons, three and four to a household by turns; the head first, each number encrypted for its own row. */
function* personLines(
  given: { county: string; groups: readonly { path: string }[]; vault: Vault },
  size: { households: number; persons: number },
): Generator<string> {
  const { county, groups, vault } = given
  const names = new Map<string, ReturnType<typeof searchOf>>()
  let made = 0
  for (let household = 1; household <= size.households; household += 1) {
    const path = groups[household % groups.length]?.path ?? ''
    const surname = surnames[household % surnames.length] ?? '单'
    for (let seq = 1; seq <= 3 + (household % 2) && made < size.persons; seq += 1) {
      made += 1
      const name = `${surname}${givens[(made * 7) % givens.length] ?? ''}${givens[Math.floor(made / 31) % givens.length] ?? ''}`
      const search = names.get(name) ?? searchOf(name)
      names.set(name, search)
      const no = `${county}${String(household).padStart(10, '0')}${String(seq).padStart(2, '0')}`
      const first17 = `${county}19${String(50 + (made % 50))}${String(1 + (made % 12)).padStart(2, '0')}15${String(made % 1000).padStart(3, '0')}`
      const number = `${first17}${checkCharacterOf(first17) ?? ''}`
      const cell = vault.encrypt(number, placeOfPersonCell('id', no)).toString('hex')
      const index = vault.blindIndex(blindKinds.idNumber, `${number}${made}`).toString('hex')
      const place = [county, `01900004-0000-7000-8000-${made.toString(16).padStart(12, '0')}`, no, idOf('household', household), path]
      const known = [name, search.givenName, search.pinyin, search.givenPinyin, search.initials, made % 2 === 0 ? 'female' : 'male']
      const sealed = [
        `${first17.slice(6, 10)}-${first17.slice(10, 12)}-15`,
        `\\\\x${cell}`,
        `\\\\x${index}`,
        seq === 1 ? '户主' : '其他',
        String(seq),
      ]
      const stated = `{"register": {"batch": "${batchId}", "on": "2025-12-31"}}`
      yield [...place, ...known, ...sealed, seq === 1 ? 't' : 'f', '{}', stated, batchId, `${batchId}\n`].join('\t')
    }
  }
}

async function copyLines(client: Client, statement: string, lines: Iterable<string>): Promise<void> {
  const stream = client.query(copyFrom(statement))
  let block = ''
  for (const line of lines) {
    block += line
    if (block.length < 65_536) continue
    if (!stream.write(block)) await once(stream, 'drain')
    block = ''
  }
  stream.end(block)
  await once(stream, 'finish')
}

/** Takes away the indexes that are no keys and returns how to make them again. */
async function dropIndexes(client: Client, tables: readonly string[]): Promise<string[]> {
  const found = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index i
     WHERE indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables],
  )
  for (const { name } of found.rows) await client.query(`DROP INDEX ${name}`)
  return found.rows.map(({ definition }) => definition)
}

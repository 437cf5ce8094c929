import type { Client } from 'pg'

const townships = 24
const villages = 15
const county = '990301'

/** How large a county the pages are opened in. */
export interface CountySize {
  readonly households: number
  readonly persons: number
  readonly records: number
}

/** Areas of a county as `importAreas` takes them. */
export function pageAreas(): { code: string; name: string }[] {
  const areas: { code: string; name: string }[] = []
  for (let at = 0; at < townships; at += 1) {
    const code = `${county}${100 + at}`
    areas.push({ code, name: `测试${at}镇` })
    for (let no = 0; no < villages; no += 1) areas.push({ code: `${code}${200 + no}`, name: `测试${at}之${no}村` })
  }
  return areas
}

/** Path of a village by its number, as SQL. */
const pathOf = (number: string) =>
  `('99.9903.${county}.${county}' || (100 + (${number}) % ${townships}) || '.${county}' || (100 + (${number}) % ${townships}) || (200 + ((${number}) / ${townships}) % ${villages}) || '.')`
const idOf = (kind: string, number: string) => `md5('${kind} ' || (${number}))::uuid`

/**
 * Households, persons, 5,000 organisations, and records of all shipped ledgers that name them: each names a household, a person, an organisation
 * and its village; 40 of them name one person, 2,000 one organisation.
 */
export async function fillCounty(
  client: Client,
  given: CountySize & { templates: readonly { key: string; state: string }[] },
): Promise<void> {
  const { households, persons, records, templates } = given
  await client.query(`
    INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, group_name, head_name, household_type,
      monitor_category, registered, exit_status, facts, sources, created_by, touched_by)
    SELECT '${county}', ${idOf('h', 'n')}, '990301' || lpad(n::text, 10, '0'), ${pathOf('n')}, '镇', '村', (1 + n % 9) || '组', '测试' || n,
      CASE n % 5 WHEN 0 THEN '脱贫户' ELSE '一般农户' END, CASE n % 40 WHEN 0 THEN '突发严重困难户' END, n % 5 = 0, CASE n % 5 WHEN 0 THEN 'exited' END,
      '{"address":"测试"}', '{}', ${idOf('b', '1')}, ${idOf('b', '1')} FROM generate_series(1, ${households}) n`)
  await client.query(`
    INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin, initials, sex,
      born_on, relation, seq_no, is_head, labour_skill, facts, sources, created_by, touched_by)
    SELECT '${county}', ${idOf('p', 'n')}, '990301' || lpad(n::text, 12, '0'), ${idOf('h', `1 + n % ${households}`)}, ${pathOf(`1 + n % ${households}`)},
      '测' || n % 50000, '试', 'ceshi', 'shi', 'cs', 'male', '1970-01-15', '其他', (n / ${households})::int, n <= ${households},
      (ARRAY['普通劳动力', '无劳动力', '技能劳动力'])[1 + n % 3], '{"healthStatus":"健康"}', '{}', ${idOf('b', '1')}, ${idOf('b', '1')}
    FROM generate_series(1, ${persons}) n`)
  await client.query(`
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT county_code, person_id, '2020-01-01', household_id, area_path, relation, seq_no, created_by, touched_by FROM registry.person`)
  await client.query(`
    INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
    SELECT '${county}', ${idOf('o', 'n')}, 'cooperative', '测试' || n || '专业合作社', ${pathOf('n')} FROM generate_series(1, 5000) n`)
  await fillRecords(client, { households, persons, records, templates })
  for (const table of ['registry.household', 'registry.person', 'registry.membership', 'identity.organisation'])
    await client.query(`VACUUM (ANALYZE) ${table}`)
  for (const table of ['ledgers.record', 'ledgers.record_body', 'ledgers.record_link']) await client.query(`VACUUM (ANALYZE) ${table}`)
}

async function fillRecords(
  client: Client,
  { households, persons, records, templates }: CountySize & { templates: readonly { key: string; state: string }[] },
): Promise<void> {
  const keys = templates.map((one) => `'${one.key}'`).join(', ')
  const states = templates.map((one) => `'${one.state}'`).join(', ')
  const person = `CASE WHEN n <= 40 THEN 7 ELSE 1 + n % ${persons} END`
  const household = `1 + (${person}) % ${households}`
  await client.query(`
    CREATE TEMP TABLE made AS SELECT n, ${idOf('r', 'n')} AS id, (ARRAY[${keys}])[1 + n % ${templates.length}] AS template,
      (ARRAY[${states}])[1 + n % ${templates.length}] AS state, ${pathOf(household)} AS path, ${idOf('h', household)} AS household,
      ${idOf('p', person)} AS person, ${idOf('o', 'CASE WHEN n <= 2000 THEN 3 ELSE 1 + n % 5000 END')} AS organisation
    FROM generate_series(1, ${records}) n`)
  await client.query(`
    INSERT INTO ledgers.record (county_code, record_id, template_key, version, area_path, household_id, title, state, settled, due_at, number_1, made_by,
      made_name, made_at, changed_at)
    SELECT '${county}', id, template, 1, path, household, '记录' || n, state, n % 3 = 0, CASE WHEN n % 3 > 0 THEN now() + (n % 90 - 30) * interval '1 day' END,
      n * 1000000::bigint, 'bench', 'bench', now(), now() - (n % 900) * interval '1 day' FROM made`)
  await client.query(`
    INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, household_id, body)
    SELECT '${county}', id, template, path, household, jsonb_build_object('subject', '记录' || n) FROM made`)
  for (const [kind, field, target] of [
    ['household', 'household', 'household::text'],
    ['person', 'person', 'person::text'],
    ['organisation', 'firm', 'organisation::text'],
    ['area', 'village', 'path'],
  ])
    await client.query(`
      INSERT INTO ledgers.record_link (county_code, record_id, field_key, target_kind, target, template_key, area_path, household_id)
      SELECT '${county}', id, '${field}', '${kind}', ${target}, template, path, household FROM made`)
}

/** What the pages are opened of: a person and an organisation with many records, and their village. */
export async function subjects(
  client: Client,
): Promise<{ personId: string; householdId: string; organisationId: string; villagePath: string }> {
  const { rows } = await client.query<{ personId: string; householdId: string; organisationId: string; villagePath: string }>(`
    SELECT p.person_id AS "personId", p.household_id AS "householdId", p.area_path AS "villagePath", ${idOf('o', '3')}::text AS "organisationId"
    FROM registry.person p WHERE p.county_code = '${county}' AND p.person_id = ${idOf('p', '7')}`)
  const [found] = rows
  if (found === undefined) throw new Error('the county was filled with it')
  return found
}

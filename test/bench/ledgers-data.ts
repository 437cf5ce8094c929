import type { Client } from 'pg'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import type { SearchRecords } from '../../src/modules/ledgers/contract.ts'
import { makeChance } from '../chance.ts'

const townships = 24
const villages = 15

/** One question of the bench. */
export interface Asked {
  readonly name: string
  readonly ask: (ctx: Context) => Promise<unknown>
}

/** Areas of a county, and a file of inspections in its villages. */
export function csvOf(rows: number) {
  const areas: { code: string; name: string }[] = []
  for (let at = 0; at < townships; at += 1) {
    const code = `990301${100 + at}`
    areas.push({ code, name: `测试${at}镇` })
    for (let no = 0; no < villages; no += 1) areas.push({ code: `${code}${200 + no}`, name: `测试${at}之${no}村` })
  }
  const chance = makeChance(7)
  const kinds = ['三保障', '收入', '资金项目', '档案资料', '其他']
  const lines = ['检查内容,乡镇,村,类别,检查时间,检查人员,结果,问题,整改时限,责任人']
  for (let at = 0; at < rows; at += 1) {
    const [town, village, day] = [chance(townships), chance(villages), chance(700)]
    const isBad = chance(4) === 0
    const on = dayAfter('2022-01-01', day)
    const mend = isBad ? `屋顶漏雨第${at}处,${dayAfter(on, 15 + chance(60))},责任人${chance(400)}` : ',,'
    lines.push(
      `检查事项${at},测试${town}镇,测试${town}之${village}村,${kinds[chance(5)] ?? ''},${on},检查员${chance(50)},${isBad ? '不合格' : '合格'},${mend}`,
    )
  }
  const townshipPath = '99.9903.990301.990301103.'
  return { areas, text: lines.join('\r\n'), townshipPath, villagePath: `${townshipPath}990301103204.` }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Copies the records of a ledger until there are so many, with other ids, numbers, days and scores; then lets PostgreSQL look at them. */
export async function multiplyRecords(client: Client, given: { templateKey: string; records: number }): Promise<number> {
  const { rows: counted } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM ledgers.record')
  const first = counted[0]?.n ?? 0
  const times = Math.max(0, Math.round(given.records / Math.max(1, first)) - 1)
  for (let at = 1; at <= times; at += 1) {
    await client.query(`
      CREATE TEMP TABLE copied AS SELECT r.record_id AS old_id, gen_random_uuid() AS new_id, r.* FROM ledgers.record r WHERE r.unique_2 IS NULL AND right(r.record_no, 2) <> '-x';
      UPDATE copied SET record_id = new_id, record_no = record_no || '-${at}-x', unique_1 = unique_1 || '-${at}', day_1 = day_1 + ${at * 3}, number_1 = (random() * 1000)::int * 100000::bigint, text_1 = text_1 || '${at}', title = title || '${at}';
      ALTER TABLE copied DROP COLUMN old_id`)
    const { rows: names } = await client.query<{ list: string }>(
      `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS list FROM information_schema.columns WHERE table_schema = 'ledgers' AND table_name = 'record'`,
    )
    const list = names[0]?.list ?? ''
    await client.query(`INSERT INTO ledgers.record (${list}) SELECT ${list} FROM copied`)
    await client.query(`INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, household_id, closed, body)
      SELECT county_code, record_id, template_key, area_path, household_id, closed, jsonb_build_object('subject', title, 'result', text_4) FROM copied`)
    await client.query('DROP TABLE copied')
  }
  await client.query('VACUUM (ANALYZE) ledgers.record')
  await client.query('VACUUM (ANALYZE) ledgers.record_body')
  const { rows: all } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM ledgers.record')
  return all[0]?.n ?? 0
}

type Search = Partial<SearchRecords>

/** Every offered sort both ways, every filter, some of both together, and a page further on. */
export function askLedger(
  areas: { townshipPath: string; villagePath: string },
  ask: (ctx: Context, search: Search) => Promise<{ next?: string }>,
): Asked[] {
  const sorts = [
    'made',
    'changed',
    'no',
    'state',
    'area',
    'title',
    'due',
    'subject',
    'area',
    'category',
    'result',
    'responsible',
    'inspected-on',
    'due-on',
    'score',
  ]
  const filters: [string, Search][] = [
    ['state', { states: ['entered'] }],
    ['overdue', { due: 'overdue' }],
    ['within a week', { due: 'within-week' }],
    ['one subject', { fields: [{ field: 'subject', is: ['检查事项77'] }] }],
    ['category', { fields: [{ field: 'category', is: ['funds'] }] }],
    ['result', { fields: [{ field: 'result', is: ['bad'] }] }],
    ['responsible', { fields: [{ field: 'responsible', is: ['责任人7'] }] }],
    ['a day', { fields: [{ field: 'inspected-on', from: '2022-06-01', to: '2022-06-01' }] }],
    ['a month', { fields: [{ field: 'inspected-on', from: '2022-06-01', to: '2022-06-30' }] }],
    ['score', { fields: [{ field: 'score', from: '99', to: '100' }] }],
    ['no score', { fields: [{ field: 'score', empty: true }] }],
    ['township', { under: areas.townshipPath }],
    ['village', { under: areas.villagePath }],
    ['village of the field', { fields: [{ field: 'area', is: [areas.villagePath] }] }],
    ['nothing', { fields: [{ field: 'responsible', is: ['没有这个人'] }] }],
  ]
  const deep = async (ctx: Context, search: Search) => {
    const first = await ask(ctx, search)
    return first.next === undefined ? first : ask(ctx, { ...search, after: first.next })
  }
  return [
    ...sorts.flatMap((by) =>
      [true, false].map((descending) => ({
        name: `sorted by ${by}${descending ? ' ↓' : ''}`,
        ask: (ctx: Context) => ask(ctx, { sort: { by, descending } }),
      })),
    ),
    ...filters.map(([name, search]) => ({ name, ask: (ctx: Context) => ask(ctx, search) })),
    ...filters.flatMap(([name, search]) =>
      ['inspected-on', 'subject', 'due'].map((by) => ({
        name: `${name}, by ${by}`,
        ask: (ctx: Context) => ask(ctx, { ...search, sort: { by, descending: true } }),
      })),
    ),
    { name: 'second page', ask: (ctx) => deep(ctx, { sort: { by: 'inspected-on', descending: false } }) },
  ]
}

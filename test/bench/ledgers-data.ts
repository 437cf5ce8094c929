import type { Client } from 'pg'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import type { SearchRecords } from '../../src/modules/ledgers/contract.ts'
import { makeChance } from '../chance.ts'

const townships = 24
const villages = 15

/** One question of the bench. `lead` goes to the page before it, which is not measured; nothing where there is none. */
export interface Asked {
  readonly kind: string
  readonly name: string
  readonly lead?: (ctx: Context) => Promise<string | undefined>
  readonly ask: (ctx: Context, after?: string) => Promise<unknown>
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

/**
 * Copies the records of a ledger until there are so many, with ids in the order in which they are made, other numbers, days and scores. What few have
 * stands at one end: only the oldest 2 % are about income, only the oldest 500 have no score. Then PostgreSQL looks at them.
 */
export async function multiplyRecords(client: Client, given: { templateKey: string; records: number }): Promise<number> {
  const { rows: counted } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM ledgers.record')
  const first = counted[0]?.n ?? 0
  const times = Math.max(0, Math.round(given.records / Math.max(1, first)) - 1)
  const { rows: names } = await client.query<{ list: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS list FROM information_schema.columns
     WHERE table_schema = 'ledgers' AND table_name = 'record' AND is_generated = 'NEVER'`,
  )
  const list = names[0]?.list ?? ''
  await client.query('CREATE TEMP TABLE first AS SELECT * FROM ledgers.record')
  await client.query(`UPDATE ledgers.record SET number_1 = (random() * 1000)::int * 100000::bigint, text_3 = CASE WHEN text_3 = 'income' AND place > ${first / 5} THEN 'records' ELSE text_3 END
    FROM (SELECT record_id AS id, row_number() OVER (ORDER BY record_id) AS place FROM ledgers.record) p WHERE id = record_id AND place > 500`)
  for (let at = 1; at <= times; at += 1) {
    await client.query(`
      CREATE TEMP TABLE copied AS SELECT record_id AS old_id, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint + ${at * first} + row_number() OVER (ORDER BY record_id)), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid AS new_id, ${list} FROM first;
      UPDATE copied SET record_id = new_id, record_no = record_no || '-${at}', unique_1 = md5(unique_1 || ${at}) || md5(${at} || unique_1), day_1 = day_1 + ${at * 3}, number_1 = (random() * 1000)::int * 100000::bigint,
        text_1 = text_1 || '之${at}', title = title || '之${at}', text_3 = CASE WHEN text_3 = 'income' THEN 'records' ELSE text_3 END`)
    await client.query(`INSERT INTO ledgers.record (${list}) SELECT ${list} FROM copied ORDER BY record_id`)
    await client.query(`INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, household_id, closed, body)
      SELECT county_code, record_id, template_key, area_path, household_id, closed, jsonb_build_object('subject', title, 'result', text_4) FROM copied ORDER BY record_id`)
    await client.query(
      'INSERT INTO ledgers.record_gram SELECT county_code, record_id, ledgers.grams_of(template_key, title) FROM copied ORDER BY record_id',
    )
    await client.query('DROP TABLE copied')
  }
  for (const table of ['record', 'record_body', 'record_gram']) await client.query(`VACUUM (ANALYZE) ledgers.${table}`)
  const { rows: all } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM ledgers.record')
  return all[0]?.n ?? 0
}

type Search = Partial<SearchRecords>
type Ask = (ctx: Context, search: Search) => Promise<{ next?: string }>

const sorts = [
  'made',
  'changed',
  'no',
  'state',
  'area',
  'title',
  'due',
  'subject',
  'category',
  'result',
  'responsible',
  'inspected-on',
  'due-on',
  'score',
].flatMap((by) => [true, false].map((descending) => ({ by, descending })))
const offered = ['subject', 'area', 'category', 'result', 'responsible', 'inspected-on', 'due-on', 'score']
const is = (field: string, ...values: string[]): Search => ({ fields: [{ field, is: values }] })
const both = (...searches: Search[]): Search =>
  searches.reduce<Search>((all, one) => ({ ...all, ...one, fields: [...(all.fields ?? []), ...(one.fields ?? [])] }), {})

/** Every kind of filter, by what it asks for. */
function filtersOf(areas: { townshipPath: string; villagePath: string }): [string, string, Search][] {
  const day = (from: string, to: string): Search => ({ fields: [{ field: 'inspected-on', from, to }] })
  return [
    ...offered.map((field): [string, string, Search] => ['empty', `no ${field}`, { fields: [{ field, empty: true }] }]),
    ...offered.map((field): [string, string, Search] => ['not empty', `some ${field}`, { fields: [{ field, empty: false }] }]),
    ['is', 'one subject', is('subject', '检查事项77')],
    ['is', 'category', is('category', 'funds')],
    ['is', 'a category of the oldest 2 %', is('category', 'income')],
    ['is', 'two categories', is('category', 'income', 'other')],
    ['is', 'result', is('result', 'bad')],
    ['is', 'responsible', is('responsible', '责任人7')],
    ['is', 'nobody', is('responsible', '没有这个人')],
    ['is', 'village of the field', is('area', areas.villagePath)],
    ['from–to', 'a day', day('2022-06-01', '2022-06-01')],
    ['from–to', 'a month', day('2022-06-01', '2022-06-30')],
    ['from–to', 'two years', day('2022-01-01', '2023-12-31')],
    ['from–to', 'score', { fields: [{ field: 'score', from: '99', to: '100' }] }],
    ['state and deadline', 'state', { states: ['entered'] }],
    ['state and deadline', 'overdue', { due: 'overdue' }],
    ['state and deadline', 'within a week', { due: 'within-week' }],
    ['state and deadline', 'no deadline', { due: 'none' }],
    ['place', 'township', { under: areas.townshipPath }],
    ['place', 'village', { under: areas.villagePath }],
    ['words', 'of all titles', { q: '检查' }],
    ['words', 'of 20 titles', { q: '事项7777' }],
    ['words', 'of 1,000 titles', { q: '项777' }],
    ['words', 'of one title', { q: '检查事项54321之9' }],
    ['words', 'of none', { q: '水库大坝' }],
    ['words', 'two words', { q: '事项77 之9' }],
    ['number', 'whole', { q: 'JC2026-04711-3' }],
    ['number', 'beginning', { q: 'JC2026-047' }],
    ['number', 'of none', { q: 'XX2020-1' }],
    ['two filters', 'result and category', both(is('result', 'bad'), is('category', 'funds'))],
    ['two filters', 'old category and result', both(is('category', 'income'), is('result', 'bad'))],
    ['two filters', 'result and no score', both(is('result', 'good'), { fields: [{ field: 'score', empty: true }] })],
    [
      'two filters',
      'no responsible and a month',
      both(day('2022-06-01', '2022-06-30'), { fields: [{ field: 'responsible', empty: true }] }),
    ],
    ['two filters', 'township and old category', both(is('category', 'income'), { under: areas.townshipPath })],
    ['two filters', 'words and result', both(is('result', 'bad'), { q: '项777' })],
    ['two filters', 'overdue and responsible', both(is('responsible', '责任人7'), { due: 'overdue' })],
  ]
}

/** Every offered sort both ways, every kind of filter by the newest and by other orders, two together, and pages further on. */
export function askLedger(areas: { townshipPath: string; villagePath: string }, ask: Ask): Asked[] {
  const at = (kind: string, name: string, search: Search): Asked => ({ kind, name, ask: (ctx) => ask(ctx, search) })
  const deep = (name: string, search: Search): Asked => ({
    kind: 'tenth page',
    name,
    lead: async (ctx) => {
      let { next } = await ask(ctx, search)
      for (let no = 2; no < 10 && next !== undefined; no += 1) next = (await ask(ctx, { ...search, after: next })).next
      return next
    },
    ask: (ctx, after) => ask(ctx, after === undefined ? search : { ...search, after }),
  })
  const filters = filtersOf(areas)
  const others = ['inspected-on', 'subject', 'due', 'category', 'score'].flatMap((by) =>
    [true, false].map((descending) => ({ by, descending })),
  )
  const nameOf = (sort: { by: string; descending: boolean }) => `${sort.by}${sort.descending ? ' ↓' : ''}`
  return [
    ...sorts.map((sort) => at('sort', nameOf(sort), { sort })),
    ...filters.map(([kind, name, search]) => at(kind, name, search)),
    ...filters.flatMap(([kind, name, search]) =>
      others.map((sort) => at(`${kind}, by another field`, `${name}, by ${nameOf(sort)}`, { ...search, sort })),
    ),
    ...sorts.map((sort) => deep(nameOf(sort), { sort })),
    ...filters.map(([, name, search]) => deep(`${name}, by inspected-on`, { ...search, sort: { by: 'inspected-on', descending: false } })),
  ]
}

import type { Client } from 'pg'

/** What a record is in most tools that make registers without code: a document, found by an index of all its contents. */
const prepare = [
  `CREATE TABLE public.document (id uuid PRIMARY KEY, book text NOT NULL, doc jsonb NOT NULL)`,
  `INSERT INTO public.document SELECT record_id, template_key, jsonb_strip_nulls(jsonb_build_object('title', title, 'state', state, 'area', text_2,
     'category', text_3, 'result', text_4, 'responsible', text_5, 'inspected', day_1, 'due', day_2, 'score', number_1)) FROM ledgers.record`,
  `CREATE INDEX document_doc ON public.document USING gin (doc jsonb_path_ops)`,
  `VACUUM (ANALYZE) public.document`,
]
const page = (where: string, order: string) =>
  `SELECT id, doc FROM public.document WHERE book = $1 AND ${where} ORDER BY ${order}, id LIMIT 51`
const newest = `id DESC`
const asked: Readonly<Record<string, readonly string[]>> = {
  sort: [page('true', `doc ->> 'inspected'`), page('true', `doc ->> 'title' DESC`), page('true', `(doc ->> 'score')::bigint DESC`)],
  is: [`'{"category": "funds"}'`, `'{"category": "income"}'`, `'{"responsible": "责任人7"}'`].map((what) => page(`doc @> ${what}`, newest)),
  empty: [page(`NOT doc ? 'score'`, newest), page(`NOT doc ? 'responsible'`, newest)],
  'from–to': [page(`doc ->> 'inspected' BETWEEN '2022-06-01' AND '2022-06-30'`, newest)],
  words: [page(`doc ->> 'title' LIKE '%事项7777%'`, newest), page(`doc ->> 'title' LIKE '%水库大坝%'`, newest)],
  'two filters': [page(`doc @> '{"category": "income", "result": "bad"}'`, `doc ->> 'inspected'`)],
}

/** The same records as documents in the same server, asked by its owner, whom no row security stops: the peer of this run. */
export async function askDocuments(client: Client, templateKey: string): Promise<void> {
  for (const statement of prepare) await client.query(statement)
  console.log('  the same records as JSON documents with an index of their contents, no row security (peer, same run):')
  for (const [kind, questions] of Object.entries(asked)) {
    const times: number[] = []
    for (const question of questions)
      for (let round = 0; round < 3; round += 1) {
        const began = performance.now()
        await client.query(question, [templateKey])
        times.push(performance.now() - began)
      }
    times.sort((one, other) => one - other)
    console.log(
      `    ${kind.padEnd(36)} ${String(times.length).padStart(5)} asked, p50 ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms, worst ${times[times.length - 1]?.toFixed(0)} ms`,
    )
  }
}

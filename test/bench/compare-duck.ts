// The peer of the compare bench: DuckDB joins the same list with the same register by number. See compare.ts.
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const [, , folder = '', list = ''] = process.argv
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
await connection.run(`CREATE TABLE register AS SELECT * FROM read_csv('${join(folder, 'register.csv')}', all_varchar = true)`)
const times: number[] = []
for (let round = 0; round < 3; round += 1) {
  const start = performance.now()
  await connection.run(
    `SELECT r.household, sum(CAST(l."本年累计个人自付" AS DECIMAL(14,2))) AS paid, count(*)
     FROM read_csv('${join(folder, list)}', all_varchar = true, header = true) l JOIN register r ON r.id = l."身份证号" GROUP BY r.household`,
  )
  times.push(performance.now() - start)
}
process.stdout.write(`${JSON.stringify({ times, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`)

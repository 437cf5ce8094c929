import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { withClient } from '../src/kernel/server/database/index.ts'
import { makeId } from '../src/kernel/pure/ids/index.ts'
import { emptyDatabase } from './used-database.ts'

const name = `bangfu_test_${makeId().replaceAll('-', '')}`
const access = inject('serverAccess')
const ask = (sql: string, database = name) => withClient({ ...access.admin, database }, (client) => client.query<{ n: string }>(sql))
const insert = `INSERT INTO identity.county (county_code, name, is_demo, founded_at) VALUES ('990301', '测试县', false, now())`

beforeAll(() => ask(`CREATE DATABASE ${name} TEMPLATE bangfu_template OWNER bangfu_owner`, 'postgres'))
afterAll(() => ask(`DROP DATABASE ${name} WITH (FORCE)`, 'postgres'))

// A file that leaves something behind must not decide what the next one finds.
it('gives on a database without the rows that were written and with its counters at the beginning', async () => {
  const [sequence] = (await ask(`SELECT c.oid::regclass::text AS n FROM pg_class c WHERE relkind = 'S' ORDER BY 1`)).rows
  const begin = (await ask(`SELECT last_value || ' ' || is_called AS n FROM ${sequence?.n}`)).rows
  await ask(`${insert}; SELECT nextval('${sequence?.n}'), nextval('${sequence?.n}')`)
  expect(await emptyDatabase(access, name, 'bangfu_template')).toBe(true)
  expect((await ask('SELECT county_code AS n FROM identity.county')).rows).toEqual([])
  expect((await ask("SELECT pg_relation_size('identity.county')::text AS n")).rows).toEqual([{ n: '0' }])
  expect((await ask(`SELECT last_value || ' ' || is_called AS n FROM ${sequence?.n}`)).rows).toEqual(begin)
})

it('gives on no pages of rows that were rolled back either', async () => {
  await ask(`BEGIN; ${insert}; ROLLBACK`)
  expect((await ask("SELECT pg_relation_size('identity.county')::text AS n")).rows).not.toEqual([{ n: '0' }])
  expect(await emptyDatabase(access, name, 'bangfu_template')).toBe(true)
  expect((await ask("SELECT pg_relation_size('identity.county')::text AS n")).rows).toEqual([{ n: '0' }])
})

it.each([
  ['a table more', 'CREATE TABLE public.left_behind (n int)'],
  ['a row of the template less', 'DELETE FROM public.migration WHERE name = (SELECT min(name) FROM public.migration)'],
])('gives on no database with %s', async (_what, change) => {
  await ask(change)
  expect(await emptyDatabase(access, name, 'bangfu_template')).toBe(false)
  await ask(`DROP DATABASE ${name} WITH (FORCE)`, 'postgres')
  await ask(`CREATE DATABASE ${name} TEMPLATE bangfu_template OWNER bangfu_owner`, 'postgres')
})

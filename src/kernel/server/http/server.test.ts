import * as z from 'zod'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { FastifyInstance } from 'fastify'
import { openTestWorld } from '../../../../test/database.ts'
import { grantCounty } from '../caller/index.ts'
import { inTransaction } from '../database/index.ts'
import { makeLog } from '../log/index.ts'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import { defineRoute, makeServer, type Access, type AnyRoute, type Gatekeeper } from './index.ts'

const world = openTestWorld()
const errors = defineErrors('test', { refused: 409 })
const access: Access = { action: 'write', object: 'test.thing', scope: 'county', fields: 'none' }
let handled = 0

const gatekeeper: Gatekeeper = {
  recognise: async (token) => (token === undefined ? undefined : { ctx: world.as(grantCounty('990301'), { id: token, roles: [token] }) }),
  forPublic: () => world.as(grantCounty('990301')),
  allows: (caller) => !caller.roles.includes('stranger'),
}
const routes: AnyRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/things',
    access,
    notesRefusal: true,
    body: z.strictObject({ name: z.string().max(10), inner: z.strictObject({ count: z.int() }).optional() }),
    handle: async (ctx, { body }) => {
      handled += 1
      if (ctx.db !== undefined)
        await sql`INSERT INTO kernel.outbox (county_code, outbox_id, event, payload, at) VALUES ('990301', gen_random_uuid(), 'test.made', '{}', now())`.execute(
          ctx.db,
        )
      if (body.name === 'refuse') throw errors.refused({ why: 'asked' })
      if (body.name === 'break') throw new Error('a fault with a secret 990301199001010011')
      return { made: body.name, number: handled }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/files',
    kind: 'upload',
    access,
    handle: async (_, { upload }) => {
      upload?.stream.resume()
      return { named: upload?.fileName }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/open',
    access: { action: 'see', object: 'test.open', scope: 'public', fields: 'none' },
    handle: async () => ({ count: 12n }),
  }),
]

let server: FastifyInstance
beforeAll(async () => {
  server = await makeServer({ routes, gatekeeper, log: makeLog('silent') })
})
afterAll(() => server.close())

const post = (payload: object, headers: Record<string, string> = {}, token: string | undefined = 'clerk') =>
  server.inject({
    method: 'POST',
    url: '/api/things',
    payload,
    headers: { 'idempotency-key': makeId(), ...headers },
    ...(token === undefined ? {} : { cookies: { bangfu_session: token } }),
  })

describe('a route', () => {
  it('cannot be registered without saying who may call it', async () => {
    // Safe: the test hands over what the compiler would refuse.
    const careless = { method: 'GET', path: '/careless', handle: async () => ({}) } as unknown as AnyRoute
    await expect(makeServer({ routes: [careless], gatekeeper, log: makeLog('silent') })).rejects.toThrow(/access/)
  })

  it('asks for a login, then for the right to call', async () => {
    expect((await server.inject({ method: 'POST', url: '/api/things', payload: { name: 'a' } })).statusCode).toBe(401)
    expect((await post({ name: 'a' }, {}, 'stranger')).json()).toMatchObject({ code: 'http.not-allowed' })
    expect((await server.inject('/api/open')).json()).toEqual({ count: 12 })
  })

  it('notes a refusal in the audit', async () => {
    await post({ name: 'a' }, {}, 'stranger')
    const found = await inTransaction(world.as(grantCounty('990301')), (db) =>
      sql<{
        n: bigint
      }>`SELECT count(*) AS n FROM kernel.audit WHERE did = 'http.refused' AND object_id = 'test.thing:write' AND caller_id = 'stranger'`.execute(
        db,
      ),
    )
    expect(Number(found.rows[0]?.n)).toBeGreaterThan(0)
  })

  it('notes what a handler refused, where the route asks for it', async () => {
    const count = () =>
      inTransaction(world.as(grantCounty('990301')), (db) =>
        sql<{
          n: bigint
        }>`SELECT count(*) AS n FROM kernel.audit WHERE did = 'http.refused' AND details ->> 'code' = 'test.refused'`.execute(db),
      ).then(({ rows }) => Number(rows[0]?.n))
    const before = await count()
    await post({ name: 'refuse' }, { 'idempotency-key': 'the-noted-key-000001' })
    expect(await count()).toBe(before + 1)
  })

  it('refuses unknown fields, also nested ones, and a write without a key', async () => {
    expect((await post({ name: 'a', more: 1 })).statusCode).toBe(400)
    expect((await post({ name: 'a', inner: { count: 1, more: 1 } })).statusCode).toBe(400)
    expect((await post({ name: 'a' }, { 'idempotency-key': '' })).json()).toMatchObject({
      code: 'http.bad-request',
      details: { part: 'idempotency-key' },
    })
  })

  it('refuses a write that another site starts', async () => {
    expect((await post({ name: 'a' }, { 'sec-fetch-site': 'cross-site' })).json()).toMatchObject({ code: 'http.foreign-site' })
    expect((await post({ name: 'a' }, { origin: 'https://elsewhere.example' })).json()).toMatchObject({ code: 'http.foreign-site' })
  })

  it('answers the same key with the stored answer, five times after another and eight times at once', async () => {
    const key = { 'idempotency-key': 'the-same-key-0000001' }
    const answers: unknown[] = []
    for (let time = 0; time < 5; time += 1) answers.push((await post({ name: 'once' }, key)).json())
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const before = handled
    const together = { 'idempotency-key': 'the-same-key-0000002' }
    const many = await Promise.all(Array.from({ length: 8 }, () => post({ name: 'many' }, together)))
    expect(new Set(many.map((answer) => answer.body)).size).toBe(1)
    expect(handled - before).toBe(1)
    expect((await post({ name: 'other' }, key)).json()).toMatchObject({ code: 'http.key-reused' })
  })

  it('writes nothing when it is refused or breaks, and the key may be used again', async () => {
    const count = async () =>
      Number(
        (await world.database.pool
          .query("BEGIN; SET LOCAL ROLE app_system; SET LOCAL app.county = '990301'; SELECT count(*) FROM kernel.outbox; COMMIT")
          .then((all) => (all as unknown as { rows: { count: bigint }[] }[])[3]?.rows[0]?.count)) ?? 0,
      )
    const before = await count()
    const key = { 'idempotency-key': 'the-refused-key-0001' }
    expect((await post({ name: 'refuse' }, key)).json()).toEqual({ code: 'test.refused', details: { why: 'asked' } })
    const fault = await post({ name: 'break' }, { 'idempotency-key': 'the-broken-key-00001' })
    expect(fault.statusCode).toBe(500)
    expect(fault.body).not.toContain('990301199001010011')
    expect(await count()).toBe(before)
    expect((await post({ name: 'refuse' }, key)).statusCode).toBe(409)
  })

  it('refuses a NUL or half a character in a text, which PostgreSQL would not take, and no other word', async () => {
    const named = async (name: string, key: string) => (await post({ name }, { 'idempotency-key': key })).statusCode
    expect(await named('a\0b', 'the-nul-key-00000001')).toBe(400)
    expect(await named(String.raw`a\u0000b`, 'the-nul-key-00000002')).toBe(200)
    expect(await named('a\uD83D', 'the-nul-key-00000003')).toBe(400)
    expect(await named('a😀', 'the-nul-key-00000004')).toBe(200)
  })

  it('takes the name of an uploaded file without its folders, and refuses one with a NUL', async () => {
    const send = (name: string) =>
      server.inject({
        method: 'POST',
        url: '/api/files',
        payload: Buffer.from('a'),
        headers: {
          'content-type': 'application/octet-stream',
          'x-file-name': name,
          'idempotency-key': `file-key-${name.length}-0000000001`,
        },
        cookies: { bangfu_session: 'clerk' },
      })
    expect((await send(encodeURIComponent('../名单.xlsx'))).json()).toEqual({ named: '名单.xlsx' })
    expect((await send('a%00b.xlsx')).statusCode).toBe(400)
    expect((await send('%')).statusCode).toBe(400)
  })

  it('sends the headers that keep a browser in its place', async () => {
    const { headers } = await server.inject('/api/open')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('is not found below /api when there is none', async () => {
    expect((await server.inject('/api/nothing')).json()).toMatchObject({ code: 'http.not-found' })
  })
})

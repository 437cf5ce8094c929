import * as z from 'zod'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { openTestWorld } from '../../../../test/database.ts'
import { grantSystem } from '../caller/index.ts'
import { makeLog } from '../log/index.ts'
import { addressKey, definePage, html, makeServer, makeTokenBuckets, type Gatekeeper, type PageCall } from './index.ts'

const world = openTestWorld()
const access = { action: 'write', object: 'test.note', scope: 'public', fields: 'none' } as const
const style = 'p{color:#111}'
const gatekeeper: Gatekeeper = {
  recognise: async () => undefined,
  forPublic: (where) => world.as(grantSystem(where?.countyCode ?? '000000', where?.reason ?? 'public')),
  allows: () => false,
}
const params = z.strictObject({ code: z.string().regex(/^[a-z]{4}$/) })
const shown = (call: PageCall, note: string) => ({
  title: note,
  body: html`<p class="${note}">${note} ${String(call.form['name'] ?? '')}</p>`,
})
const pages = [
  definePage({
    method: 'GET',
    path: '/notes/:countyCode/:code',
    access,
    params,
    style,
    handle: async (ctx, { call, params: { code } }) => shown(call, `${ctx.scope.countyCode} ${code}`),
    refuse: async (_ctx, refused) => shown(refused, refused.reason),
  }),
  definePage({
    method: 'POST',
    path: '/notes/:countyCode/:code',
    access,
    params,
    form: z.strictObject({ name: z.string().max(20), kind: z.union([z.string(), z.array(z.string())]).optional() }),
    style,
    limit: async (_ctx, call) => (call.form['name'] === '太多' ? shown(call, 'too-many') : undefined),
    handle: async (_ctx, { form }) => {
      if (form.name === 'break') throw new Error('a fault with a secret 990301199001010011')
      return { seeOther: `/notes/990301/${form.name}` }
    },
    refuse: async (_ctx, refused) => shown(refused, `${refused.reason} ${refused.fields.join(' ')}`),
  }),
]

let server: FastifyInstance
beforeAll(async () => {
  server = await makeServer({ routes: [], pages, gatekeeper, log: makeLog('silent') })
})
afterAll(() => server.close())

const get = (url: string) => server.inject({ method: 'GET', url })
const post = (payload: string, type = 'application/x-www-form-urlencoded') =>
  server.inject({ method: 'POST', url: '/notes/990301/abcd', payload, headers: { 'content-type': type, origin: 'null' } })

describe('a public page', () => {
  it('is shown within its county, without cookie or script, kept by nobody', async () => {
    const answer = await get('/notes/990301/abcd')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('990301 abcd')
    expect(answer.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'; img-src data:; form-action 'self'/,
    )
    expect(answer.headers).toMatchObject({
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toMatch(/<script|javascript:/)
  })

  it('is not found under a county or a code that is none', async () => {
    for (const url of ['/notes/99030x/abcd', '/notes/990301/ABCD', '/notes/990301/abc%00', '/notes/990301/abcd?x=1'].slice(0, 3)) {
      expect((await get(url)).statusCode, url).toBe(404)
    }
  })

  it('takes a form, and sends the browser on', async () => {
    const answer = await post('name=efgh&kind=a&kind=b')
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/notes/990301/efgh'])
  })

  it('shows a refused form again with what was written, escaped', async () => {
    const evil = '"><script>alert(1)</script>&\'<img src=x onerror=alert(1)>'
    const answer = await post(`name=${encodeURIComponent(evil)}`)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('fields name')
    expect(answer.body).not.toContain('<script')
    expect(answer.body).not.toContain('<img')
    expect((await post('name=a&more=1')).statusCode).toBe(422)
    expect((await post('name=a&__proto__=1')).statusCode).toBe(422)
  })

  it('refuses what is too large, no form, or too often, each with its page; a fault of ours shows nothing of it', async () => {
    expect((await post(`name=${'a'.repeat(65_536)}`)).statusCode).toBe(413)
    expect((await post('{"name":"a"}', 'application/json')).statusCode).toBe(400)
    const often = await post(`name=${encodeURIComponent('太多')}`)
    expect([often.statusCode, often.headers['retry-after']]).toEqual([429, '60'])
    expect(often.body).toContain('太多')
    const broken = await post('name=break')
    expect(broken.statusCode).toBe(500)
    expect(broken.body).not.toContain('990301199001010011')
  })

  it('answers any bytes with a page, never with a fault', async () => {
    const bytes = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webQueryParameters(),
      fc.constantFrom('%', '%ff%fe', '&&&===', 'name=%00', 'name='.repeat(200)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (payload) => {
        const answer = await post(payload)
        expect(answer.statusCode).toBeLessThan(500)
        expect(answer.body).not.toMatch(/<script|<img/)
      }),
      { numRuns: 100 },
    )
  })
})

describe('escaping', () => {
  it('lets no written text become markup, whatever its shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.markup.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>"'&]/)
        // Safe: what JSON could bring in where markup is expected.
        expect(html`${{ markup: '<b>' } as ReturnType<typeof html>}`.markup).toBe('&lt;b&gt;')
      }),
    )
    expect(html`<ul>${['a<', html`<li>`]}</ul>${false}${undefined}`.markup).toBe('<ul>a&lt;<li></ul>')
  })
})

describe('buckets', () => {
  it('give no more than the burst and what flowed in since, to each key apart', () => {
    const ms = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(ms, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 60 }), (steps, burst, perMinute) => {
        const buckets = makeTokenBuckets()
        let now = 1_000_000
        let taken = 0
        for (const step of steps) {
          now += step
          if (buckets.take('a', { burst, perMinute }, now)) taken += 1
        }
        expect(taken).toBeLessThanOrEqual(burst + ((now - 1_000_000) * perMinute) / 60_000 + 1e-6)
        expect(taken).toBeGreaterThanOrEqual(Math.min(steps.length, burst))
        expect(buckets.take('b', { burst, perMinute }, now)).toBe(true)
      }),
    )
  })

  it('count a customer of IPv6 as one address', () => {
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:0db8:0001:0002::9'))
    expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0')
    expect(addressKey('::ffff:10.0.0.7')).toBe('10.0.0.7')
    expect(addressKey('::1')).toBe('0:0:0:0')
  })
})

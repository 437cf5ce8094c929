import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { givenCounty, makeGatekeeper, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../../test/database.ts'
import { withdrawNotice } from './notice-act.ts'
import { givenCaseAt } from '../given.ts'
import { givenPostedNotice } from './notice-given-store.ts'
import { noticePages } from './notice-pages.ts'
import { readNotice } from './notice-read.ts'

const world = openTestWorld()
let nowMs = testNowMs
const clock = () => nowMs
let county: GivenCounty
let server: FastifyInstance
const officer = (): Context => world.as(grantCounty('990301'), { roles: ['county-data-officer'] })

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  server = await makeServer({
    routes: [],
    pages: noticePages({ vault: world.vault, clock }),
    gatekeeper: makeGatekeeper(world.database, clock),
    log: makeLog('silent'),
  })
})
afterAll(() => server.close())

async function givenNotice() {
  const areaPath = county.groups[0]?.path ?? ''
  const { householdId } = await givenHousehold(officer(), world.vault, { areaPath, members: [{ name: '测试户主' }] })
  const file = await givenCaseAt(officer(), { householdId, step: 'notice' })
  const { noticeId } = await givenPostedNotice(officer(), { cases: [file], mark: '甲' })
  const notice = await readNotice(officer(), { vault: world.vault }, noticeId)
  return { noticeId, path: notice.publicPath, revision: notice.revision }
}

let address = 10
const at = (url: string) => server.inject({ method: 'GET', url, remoteAddress: `10.3.0.${(address += 1) % 250}` })
const numberOn = (body: string) => /name="no" value="([^"]+)"/.exec(body)?.[1] ?? ''
const send = (path: string, fields: Record<string, string>) =>
  server.inject({
    method: 'POST',
    url: path,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    remoteAddress: `10.4.0.${(address += 1) % 250}`,
  })
const words = { about: '测试户主', text: '这一户在县城有商品房', name: '测反映', phone: '15400000243' }
const counted = async () => {
  const system = world.as(grantSystem('990301', 'test'))
  const found = await inTransaction(system, (db) => sql<{ n: number }>`SELECT count(*)::int AS n FROM cases.objection`.execute(db))
  return found.rows[0]?.n ?? 0
}
/** What differs between any two answers: numbers of forms, receipts and their pictures. */
const bare = (body: string) => body.replace(/\d{4}-\d{4,}|[0-9a-f]{32}|value="[^"]+"|d="[^"]+"|viewBox="[^"]+"/g, '')

describe('the page of a notice', () => {
  it('tells what hangs how long, names nobody, and is small and plain', async () => {
    const { path } = await givenNotice()
    const answer = await at(path)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('菱塘镇柳湾村')
    expect(answer.body).toContain('公示到 2023-12-23')
    expect(answer.body).toContain('12317')
    expect(answer.body).not.toMatch(/测\*主|测试户主|<script|<img|style="/)
    expect(Buffer.byteLength(answer.body)).toBeLessThan(15 * 1024)
    expect(answer.headers['x-robots-tag']).toContain('noindex')
    expect(answer.body).toContain('noindex')
    expect((await at(`${path}?lang=en`)).body).toContain('Object to a notice')
  })

  it('takes an objection once, encrypted, with a receipt that tells neither household nor words', async () => {
    const { path, noticeId } = await givenNotice()
    const fields = { ...words, no: numberOn((await at(path)).body) }
    const before = await counted()
    const answers = await Promise.all([send(path, fields), send(path, fields), send(path, fields)])
    expect(new Set(answers.map(({ statusCode, headers }) => `${String(statusCode)} ${String(headers.location)}`)).size).toBe(1)
    expect(await counted()).toBe(before + 1)
    const receipt = await at(String(answers[0]?.headers.location))
    expect(receipt.body).toMatch(/\d{4}-\d{4}/)
    for (const secret of Object.values(words)) expect(receipt.body).not.toContain(secret)
    const kept = await inTransaction(officer(), (db) =>
      sql<{
        row: string
      }>`SELECT row(o.*)::text || encode(o.text_cell, 'escape') AS row FROM cases.objection o WHERE notice_id = ${noticeId}::uuid`.execute(
        db,
      ),
    )
    for (const secret of Object.values(words)) expect(kept.rows[0]?.row).not.toContain(secret)
    expect(await readNotice(officer(), { vault: world.vault }, noticeId)).toMatchObject({ state: 'paused', daysLeft: 5 })
    expect((await at(path)).body).toContain('暂停')
  })

  it('answers the same whether or not such a household is on the list', async () => {
    const { path } = await givenNotice()
    const shown = []
    for (const about of ['测试户主', '查无此人']) {
      const sent = await send(path, { ...words, about, no: numberOn((await at(path)).body) })
      expect(sent.statusCode).toBe(303)
      shown.push(bare((await at(String(sent.headers.location))).body))
    }
    expect(shown[0]).toBe(shown[1])
  })

  it('keeps what was written when it cannot be taken, and takes no form that is not ours', async () => {
    const { path } = await givenNotice()
    const before = await counted()
    const short = await send(path, { ...words, text: '有房', no: numberOn((await at(path)).body) })
    expect([short.statusCode, short.body.includes('还没有提交'), short.body.includes('测反映')]).toEqual([422, true, true])
    for (const no of ['', 'x'.repeat(60)]) expect((await send(path, { ...words, no })).statusCode).toBe(422)
    expect((await send(path, { ...words, no: 'x', more: '1' })).statusCode).toBe(422)
    expect((await send(path, { text: '<script>alert(1)</script>' })).body).not.toContain('<script>')
    expect(await counted()).toBe(before)
  })

  it('is gone the moment the notice is withdrawn, and when its days are over, as if it had never been', async () => {
    const { path, noticeId, revision } = await givenNotice()
    const second = await givenNotice()
    expect((await at(path)).statusCode).toBe(200)
    const no = numberOn((await at(path)).body)
    await withdrawNotice(officer(), { vault: world.vault }, { noticeId, step: { revision, reason: '名单有误' } })
    const gone = await at(path)
    const never = await at(`/object/990301/${'0'.repeat(32)}`)
    expect([gone.statusCode, gone.body]).toEqual([404, never.body])
    expect((await send(path, { ...words, no })).statusCode).toBe(404)
    nowMs += 5 * 86_400_000
    expect((await at(second.path)).statusCode).toBe(200)
    nowMs += 86_400_000
    expect((await at(second.path)).statusCode).toBe(404)
    nowMs = testNowMs
  })
})

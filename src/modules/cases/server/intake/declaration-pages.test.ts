import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { openTestWorld } from '../../../../../test/database.ts'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { givenCounty, makeGatekeeper, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold, givenIdNumber } from '#modules/registry/server/given.ts'
import { makeVillageCodes, readVillageCodes, replaceVillageCode, setVillagePhone } from './declaration-codes.ts'
import { makeKnownVillages } from './declaration-known.ts'
import { declarationPages } from './declaration-pages.ts'
import { matchIntake } from './intake-act.ts'

const world = openTestWorld()
const startMs = Date.UTC(2023, 11, 18, 1)
let nowMs = startMs
const clock = () => nowMs
const known = makeKnownVillages(clock)
let county: GivenCounty
let server: FastifyInstance
let code = ''
const officer = (): Context => world.as(grantCounty('990301'), { roles: ['county-data-officer'] })
const system = (): Context => world.as(grantSystem('990301', 'test'))

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  const gatekeeper = makeGatekeeper(world.database, clock)
  server = await makeServer({
    routes: [],
    pages: declarationPages({ vault: world.vault, clock, known }),
    gatekeeper,
    log: makeLog('silent'),
  })
  await makeVillageCodes(officer(), { areaPath: county.countyPath })
  const village = county.villages[0]?.path ?? ''
  await setVillagePhone(officer(), known, { areaPath: village, phone: '0739-7000001' })
  code = (await readVillageCodes(officer(), undefined)).items.find((one) => one.areaPath === village)?.code ?? ''
})
afterAll(() => server.close())
beforeEach(() => {
  nowMs += 86_400_000 // a day later every bucket is full again
})

let address = 10
const at = (path: string) => server.inject({ method: 'GET', url: path, remoteAddress: `10.1.0.${(address += 1) % 250}` })
const open = async (of = code) => {
  const answer = await at(`/declare/990301/${of}`)
  return { answer, formNo: /name="no" value="([^"]+)"/.exec(answer.body)?.[1] ?? '' }
}
const send = (fields: Record<string, string | string[]>, of = code, from = `10.2.0.${(address += 1) % 250}`) => {
  const form = new URLSearchParams(
    Object.entries(fields).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])),
  )
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return server.inject({ method: 'POST', url: `/declare/990301/${of}`, payload: form.toString(), headers, remoteAddress: from })
}
const plain = { name: '测试甲', phone: '15400000001', hard: ['illness', 'work'], text: '住院花了不少钱', agree: '1' }
const declare = async (more: Record<string, string | string[]> = {}) => send({ ...plain, no: (await open()).formNo, ...more })
const rows = async () => {
  const found = await inTransaction(system(), (db) =>
    sql<{ intakes: number; receipts: number }>`
      SELECT (SELECT count(*)::int FROM cases.intake) AS intakes, (SELECT count(*)::int FROM cases.intake_receipt) AS receipts`.execute(db),
  )
  return found.rows[0]
}

describe('the page of a village', () => {
  it('names village, days and telephones, in less than 15 kB and without scripts', async () => {
    const { answer } = await open()
    expect(answer.statusCode).toBe(200)
    for (const text of ['菱塘镇 柳湾村', '0739-7000001', '12317', '5 个工作日', '15 个工作日', '36 个月', '个人信息保护法'])
      expect(answer.body).toContain(text)
    expect(Buffer.byteLength(answer.body)).toBeLessThan(15 * 1024)
    expect(answer.body).not.toMatch(/<script|style="|<img/)
    expect((await at(`/declare/990301/${code}?lang=en`)).body).toContain('working days')
  })

  it('is gone when its code was replaced', async () => {
    const areaPath = county.villages[1]?.path ?? ''
    const old = (await readVillageCodes(officer(), areaPath)).items[0]?.code ?? ''
    expect((await open(old)).answer.statusCode).toBe(200)
    const { code: fresh } = await replaceVillageCode(officer(), known, { areaPath, reason: '海报被人撕走' })
    expect((await open(old)).answer.statusCode).toBe(404)
    expect((await open(fresh)).answer.statusCode).toBe(200)
  })
})

describe('a declaration', () => {
  it('is answered by a receipt with its number, QR code and progress, which name nobody', async () => {
    const answer = await declare({ id: givenIdNumber() })
    expect(answer.statusCode).toBe(303)
    const receipt = await at(String(answer.headers.location))
    expect(receipt.body).toMatch(/\d{8}-\d{6}/)
    expect(receipt.body).toContain('<svg class="q"')
    expect(receipt.body).toContain('已收到：<b>2023-12-')
    for (const secret of [plain.name, plain.phone, plain.text, '生病']) expect(receipt.body).not.toContain(secret)
  })

  it('is taken with a name, a telephone and the wish to be called, and for somebody else', async () => {
    expect((await declare({ name: '测试乙', phone: '15400000002', hard: [], text: '', call: '1' })).statusCode).toBe(303)
    const other = { name: '测试丙', phone: '15400000003', other: '1', reporter: '测试丁', relation: '邻居' }
    expect((await declare(other)).statusCode).toBe(303)
  })

  it('sent twice with one form is kept once and gets the same receipt', async () => {
    const { formNo } = await open()
    const fields = { ...plain, name: '测试戊', phone: '15400000004', no: formNo }
    const before = await rows()
    const answers = await Promise.all([send(fields), send(fields), send(fields), send(fields)])
    expect(new Set(answers.map((one) => one.headers.location)).size).toBe(1)
    expect(await rows()).toEqual({ intakes: (before?.intakes ?? 0) + 1, receipts: (before?.receipts ?? 0) + 1 })
  })

  it('of the same person joins the open one, with a receipt of its own that says nothing of it', async () => {
    const person = { name: '测试己', phone: '15400000005' }
    const before = await rows()
    const [first, second] = [await declare(person), await declare({ ...person, text: '又住院了' })]
    expect(first.headers.location).not.toBe(second.headers.location)
    expect(await rows()).toEqual({ intakes: (before?.intakes ?? 0) + 1, receipts: (before?.receipts ?? 0) + 2 })
    const shown = await Promise.all([first, second].map((one) => at(String(one.headers.location))))
    const bare = shown.map((one) => one.body.replace(/\d{8}-\d{6}|\/progress\/990301\/[0-9a-f]{32}|d="[^"]+"|viewBox="[^"]+"/g, ''))
    expect(bare[0]).toBe(bare[1])
  })

  it('is answered the same whether or not the person is on file; the household is found afterwards', async () => {
    const [onFile, nowhere] = [givenIdNumber(), givenIdNumber()]
    const areaPath = county.groups[0]?.path ?? ''
    const household = await givenHousehold(system(), world.vault, { areaPath, members: [{ name: '测试庚', idNumber: onFile }] })
    const answers = [
      await declare({ name: '测试庚', phone: '15400000006', id: onFile }),
      await declare({ name: '测试辛', phone: '15400000007', id: nowhere }),
    ]
    const shown = await Promise.all(answers.map((one) => at(String(one.headers.location))))
    const bare = shown.map((one) => one.body.replace(/\d{8}-\d{6}|\/progress\/990301\/[0-9a-f]{32}|d="[^"]+"/g, ''))
    expect(bare[0]).toBe(bare[1])
    const found = await inTransaction(system(), async (db) => {
      const asked = await sql<{
        id: string
      }>`SELECT payload->>'intakeId' AS id FROM kernel.job WHERE name = 'cases.match-intake' ORDER BY asked_at, job_id`.execute(db)
      for (const { id } of asked.rows) await matchIntake({ ...system(), db }, { vault: world.vault }, id)
      return sql<{ name: string; household_id: string | null; state: string }>`
        SELECT name, household_id, state FROM cases.intake WHERE name IN ('测试庚', '测试辛') ORDER BY phone_tail`.execute(db)
    })
    expect(found.rows).toEqual([
      { name: '测试庚', household_id: household.householdId, state: 'matched' },
      { name: '测试辛', household_id: null, state: 'new' },
    ])
  })

  it('that lacks something is shown again with all that was written, and what to mend', async () => {
    const before = await rows()
    const answer = await declare({ phone: '请打给我', id: '990301199001010000', text: '<b>孩子上学</b>' })
    expect(answer.statusCode).toBe(422)
    for (const text of ['请写能打通的电话', '号码不对', '测试甲', '请打给我', '&lt;b&gt;孩子上学', 'value="work" checked'])
      expect(answer.body).toContain(text)
    expect(await rows()).toEqual(before)
  })

  it('with a form that we did not hand out, of another village, or of the day before yesterday is shown again', async () => {
    const { formNo } = await open()
    for (const no of ['', 'x'.repeat(60), formNo.replace(/.$/, (last) => (last === '0' ? '1' : '0'))])
      expect((await send({ ...plain, no })).statusCode).toBe(422)
    nowMs += 2 * 86_400_000
    const late = await send({ ...plain, name: '测试壬', no: formNo })
    expect(late.statusCode).toBe(422)
    expect(late.body).toContain('测试壬')
    const again = /name="no" value="([^"]+)"/.exec(late.body)?.[1] ?? ''
    expect((await send({ ...plain, name: '测试壬', no: again })).statusCode).toBe(303)
  })

  it('has one limit in all programs of the county: what one took, another does not give again', async () => {
    const pages = () => declarationPages({ vault: world.vault, clock, known })
    const other = await makeServer({
      routes: [],
      pages: pages(),
      gatekeeper: makeGatekeeper(world.database, clock),
      log: makeLog('silent'),
    })
    const first = server
    const from = '10.9.0.1'
    const statuses: number[] = []
    for (let n = 0; n < 400 && !statuses.includes(429); n += 1) {
      server = n % 2 === 0 ? first : other
      const { formNo } = await open()
      statuses.push((await send({ ...plain, name: '测试甲', no: formNo }, code, from)).statusCode)
    }
    server = statuses.indexOf(429) % 2 === 0 ? other : first
    const again = await send({ ...plain, no: (await open()).formNo }, code, from)
    server = first
    await other.close()
    expect(again.statusCode).toBe(429)
    const { rates } = await known.termsOf(system())
    expect(statuses.filter((status) => status !== 429)).toHaveLength(rates.sendPerAddress.burst)
    const kept = await inTransaction(system(), (db) =>
      sql<{ text: string }>`SELECT encode(bucket, 'escape') AS text FROM cases.public_limit`.execute(db),
    )
    expect(JSON.stringify(kept.rows)).not.toContain(from)
  })

  it('beyond the limit of an address is refused with telephones, filled, and nothing is lost', async () => {
    const one = async (n: number) => {
      const { formNo } = await open()
      return send(
        {
          ...plain,
          name: `测试${'甲乙丙丁戊己庚辛壬癸'[n % 10] ?? ''}${'甲乙丙丁'[n % 4] ?? ''}`,
          phone: `1540001${String(n).padStart(4, '0')}`,
          no: formNo,
        },
        code,
        '10.9.9.9',
      )
    }
    const answers = []
    for (let n = 0; n < 31; n += 1) answers.push(await one(n))
    expect(answers.slice(0, 30).map((answer) => answer.statusCode)).toEqual(Array.from({ length: 30 }, () => 303))
    const last = answers[30]
    expect(last?.statusCode).toBe(429)
    for (const text of ['0739-7000001', '12317', '15400010030']) expect(last?.body).toContain(text)
  })

  it('of junk is never a fault, never kept and never markup', async () => {
    const before = await rows()
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('<script>alert(1)</script>', '\0', "'; DROP TABLE cases.intake; --", '💰'.repeat(20)),
    )
    const fields = fc.dictionary(
      fc.constantFrom('no', 'name', 'phone', 'id', 'hard', 'text', 'call', 'other', 'reporter', 'relation', 'agree', '__proto__', 'x'),
      words,
    )
    await fc.assert(
      fc.asyncProperty(fields, async (form) => {
        const answer = await send(form)
        expect([422, 429]).toContain(answer.statusCode)
        expect(answer.body).not.toMatch(/<script|<img/)
      }),
      { numRuns: 40 },
    )
    expect((await send({ ...plain, text: 'a'.repeat(70_000) })).statusCode).toBe(413)
    expect(await rows()).toEqual(before)
  })
})

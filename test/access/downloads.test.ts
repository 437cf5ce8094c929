import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import type { AnyRoute } from '../../src/kernel/server/http/index.ts'
import { givenFinding } from '../../src/modules/quality/server/given.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { mostUnapproved } from '../../src/modules/registry/rules/export-records.ts'
import { givenLead } from '../../src/modules/screening/server/given.ts'
import { readBytes } from '../sheet-files.ts'
import { month, openAccessWorld, type Request } from './given-world.ts'
import { nameOf, requestOf } from './requests.ts'
import { textOf } from './unpack.ts'

// More than 200 people with whole numbers, or one minor, never leave the house by one person's word (issue 3 point 7, trust.md §5.3). What
// screening and quality send as files holds no whole number at all, so that nobody has to approve it; this test finds their files by itself.
const open = openAccessWorld()
const households = mostUnapproved + 20
const numbers: string[] = []
const phones: string[] = []

beforeAll(async () => {
  const { world, county, runId } = open()
  const ctx = world.as(grantCounty(county.countyCode))
  const areaPath = `${county.villages[0]?.path ?? ''}01.`
  await inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    for (let at = 0; at < households; at += 1) {
      const phone = `164${String(10_000_000 + at)}`
      const members = [
        { name: '毛成林', phone, bornOn: '1970-01-15' },
        { name: '毛小满', relation: '之女', bornOn: '2016-06-01' },
      ]
      const home = await givenHousehold(within, world.vault, { areaPath, phone, members })
      for (const person of home.persons) numbers.push(person.idNumber)
      phones.push(phone)
      const { householdId } = home
      const personId = home.persons[1]?.personId ?? ''
      await givenLead(within, {
        runId,
        month,
        householdId,
        areaPath,
        reasons: [{ rule: 'L04', list: 'education', value: '辍学', personId }],
      })
      await givenFinding(within, { areaPath, householdId, personId })
    }
  })
}, 120_000)

/** Every request of a route that could bring a file: as its own tests ask it, and with a purpose and each format. */
function requestsOf(route: AnyRoute): Request[] {
  const { request } = requestOf(open(), route, 'own')
  const purpose = '年底逐户核对'
  return [request, ...['xlsx', 'csv'].map((format) => ({ ...request, query: { purpose, format } }))]
}

/** Papers and templates are Word documents, filled from the records of one household, meeting or notice. */
const isPaper = (contentType: string) => contentType.includes('wordprocessingml')

/** The lists that name every household of this test. */
const ofPeople = /\/screening\/(leads\/export|visit-list)|\/quality\/(findings\/export|worklist)/

/** What goes out whole on purpose, each with its own rules and tests: one case's papers for a reason, a department's list of at most 200 adults. */
const wholeOnPurpose = ['/cases/files/:caseId/papers/:paperKind/whole', '/cases/check-list/export']

describe('files of screening, quality and cases', () => {
  it('hold no whole number, however many people and minors they name, and all are recorded as masked', async () => {
    const access = open()
    const routes = access.routes.filter(
      ({ method, path }) => method === 'GET' && /^\/(screening|quality|cases)\//.test(path) && !wholeOnPurpose.includes(path),
    )
    const found = new Map<string, { rows: number; text: string }>()
    const papers: string[] = []
    for (const route of routes)
      for (const request of requestsOf(route)) {
        const answer = await access.change('D', request)
        if (answer.headers['content-disposition'] === undefined) continue
        expect(answer.statusCode, nameOf(route)).toBe(200)
        // A photograph shows what was photographed; who looks at it is noted.
        if (String(answer.headers['content-type']).startsWith('image/')) continue
        expect(['masked', 'none'], nameOf(route)).toContain(route.access.fields)
        if (isPaper(String(answer.headers['content-type']))) {
          papers.push(await textOf(answer))
          continue
        }
        const { cells } = await readBytes(answer.rawPayload)
        found.set(`${nameOf(route)} ${String(answer.headers['content-type']).slice(0, 8)}`, {
          rows: cells.length,
          text: await textOf(answer),
        })
      }
    const files = routes.filter(({ path }) => /\/export$|\.xlsx$/.test(path)).map(nameOf)
    expect([...new Set([...found.keys()].map((name) => name.replace(/ \S+$/, '')))].sort()).toEqual(files.sort())
    expect([...found.keys()].filter((name) => ofPeople.test(name))).toHaveLength(6)
    for (const [name, { rows, text }] of found) {
      if (ofPeople.test(name)) {
        expect(rows, name).toBeGreaterThan(mostUnapproved)
        expect(text, name).toContain('毛成林')
      }
      expect(
        [...numbers, ...phones].filter((number) => text.includes(number)),
        name,
      ).toEqual([])
    }
    expect(papers.length).toBeGreaterThan(3)
    for (const text of papers) expect(text).not.toMatch(/\d{17}[\dX]|1[56]4\d{8}/)
    const { world, county } = access
    const records = await inTransaction(world.as(grantCounty(county.countyCode)), (db) =>
      sql<{ list: string; masked: boolean }>`
        SELECT DISTINCT list, is_masked AS masked FROM registry.export_record WHERE list ~ '^(screening|quality|cases)'`.execute(db),
    )
    expect(records.rows.length).toBeGreaterThanOrEqual(files.length)
    expect(records.rows.filter((record) => !record.masked)).toEqual([])
  })
})

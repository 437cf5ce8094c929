import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { openDatabase, withClient, type Database } from '../../src/kernel/server/database/index.ts'
import { givenUser } from '../../src/modules/identity/server/given.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { givenRun } from '../../src/modules/screening/server/given.ts'
import { rounds } from '../chance.ts'
import { reachOf } from './callers.ts'
import { expected } from './expected.ts'
import { askerOf, clock, openAccessWorld, serve, type AccessWorld } from './given-world.ts'
import { givenPlace, phoneOf, placeNames, type Place } from './places.ts'
import { probesOf, type Probe } from './probes.ts'
import { aimsOf, nameOf, requestOf } from './requests.ts'
import { textOf } from './unpack.ts'

// Two databases that differ only in villages a caller may not see answer him alike, whatever he reads and writes (trust.md §7).
// fast-check prints the seed and the path of a failing sequence.
const open = openAccessWorld()
const server = inject('serverAccess')
const twins: { database: Database; server: FastifyInstance }[] = []
const asAdmin = (sql: string, database = 'postgres') => withClient({ ...server.admin, database }, (client) => client.query(sql))
const sequences = rounds(15, 50)

afterAll(async () => {
  for (const twin of twins) {
    await twin.server.close()
    await twin.database.close()
    await asAdmin(`DROP DATABASE ${twin.database.name} WITH (FORCE)`)
  }
})

describe.each([
  { who: 'a village cadre', caller: 'V' },
  { who: 'a township officer', caller: 'T' },
] as const)('$who', ({ caller }) => {
  it('reads and writes in the village as if the others were not there', async () => {
    const access = open()
    const twin = await cloneWorld(access)
    for (const name of placeNames.filter((one) => !reachOf[caller].includes(one)))
      await disturb(access, { twin: twin.database, place: access.places[name] })
    const askTwin = askerOf(twin.server, access.cookies)
    const counts = { method: 'GET', url: '/registry/households/counts' } as const
    expect((await askTwin('D', counts)).json(), 'the twin is another county').not.toEqual((await access.change('D', counts)).json())
    const pool = await requestsOf(access, caller)
    const sequence = fc.array(fc.nat({ max: pool.length - 1 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(sequence, async (places) => {
        for (const at of places) {
          const probe = pool[at] ?? { name: '', request: { url: '/nothing' } }
          const [one, other] = [await access.change(caller, probe.request), await askTwin(caller, probe.request)]
          expect(other.statusCode, probe.name).toBe(one.statusCode)
          const [said, saidByTwin] = alike(await textOf(one), await textOf(other))
          expect(saidByTwin, probe.name).toBe(said)
        }
      }),
      { numRuns: sequences, endOnFailure: true },
    )
  })
})

/** What may be asked: every way to read about every village, and every write that the caller may do in his own. */
async function requestsOf(access: AccessWorld, caller: 'V' | 'T'): Promise<Probe[]> {
  const reads = (await probesOf(access, Object.values(access.places))).filter(
    ({ request }) => request.method === 'GET' || request.url.endsWith('/search'),
  )
  const writes = access.routes
    .filter((route) => route.method !== 'GET' && route.access.scope === 'area' && expected.get(nameOf(route))?.[caller] === 'in')
    .flatMap((route) => aimsOf(route).map((aim) => ({ name: nameOf(route), request: requestOf(access, route, aim).request })))
  return [...reads, ...Array.from({ length: 10 }, () => writes).flat()]
}

/** The same database once more, with a server of its own. */
async function cloneWorld({ world }: AccessWorld): Promise<(typeof twins)[number]> {
  const name = `bangfu_test_${makeId().replaceAll('-', '')}`
  // A database can be copied only while nobody is connected; the pool replaces what is ended here.
  await asAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${world.database.name}'`)
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${world.database.name} OWNER bangfu_owner`)
  const database = openDatabase(server, name, 10)
  const [served] = await serve(world, database, [])
  twins.push({ database, server: served })
  return { database, server: served }
}

/** Changes a village of the twin in every respect: more people (some called and numbered as those of the own village), leads, users, other names. */
async function disturb(access: AccessWorld, { twin, place }: { twin: Database; place: Place }): Promise<void> {
  const { world, county, places } = access
  const { area } = place
  const ctx = { ...world.as(grantCounty(county.countyCode)), database: twin }
  const runId = await givenRun(ctx, '202311')
  await givenPlace(ctx, { vault: world.vault, name: place.name, area, township: place.township, runId, months: ['202311', '202308'] })
  const members = [{ name: '本村信山', idNumber: places.own.secrets[0] ?? '', phone: phoneOf('own', 2) }]
  const same = { areaPath: `${area.path}02.`, township: place.township.name, village: area.name, type: '一般农户', members }
  await givenHousehold(ctx, world.vault, {
    ...same,
    householdNo: `${places.own.first.householdNo}${place.name === 'near' ? 8 : 9}`,
    phone: phoneOf('own', 1),
  })
  await givenUser(twin, { role: 'village-cadre', areaPath: area.path, clock })
  const inside = `area_path >= '${area.path}' AND area_path < '${area.path.slice(0, -1)}/'`
  const changes = [
    `UPDATE identity.area SET name = name || '新' WHERE ${inside}`,
    `UPDATE registry.household SET household_type = '其他', monitor_category = NULL, township = '别处' WHERE household_id = '${place.first.householdId}'`,
    `UPDATE registry.person SET name = '改了名', pinyin = 'bencunxin', initials = 'bcx' WHERE household_id = '${place.first.householdId}'`,
    `UPDATE registry.household_tag SET valid_to = '2023-12-18', removed_by = 'x', remove_reason = '改了' WHERE ${inside} AND valid_to IS NULL`,
    `UPDATE registry.correction SET source = '改了' WHERE ${inside}`,
    `DELETE FROM registry.village_kind WHERE ${inside}`,
    `UPDATE screening.lead_reason SET rule = 'L01', value = '改了' WHERE ${inside}`,
    `UPDATE screening.lead SET state = 'closed' WHERE household_id = '${place.second.householdId}'`,
  ]
  for (const change of changes) await asAdmin(change, twin.name)
}

/** Two answers without what differs by chance: ids that only one of them holds, the moment at which a workbook was written, hashes over such, codes and receipts drawn by lot. */
function alike(one: string, other: string): [string, string] {
  const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
  const secrets = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g
  const without = (text: string, known: string) =>
    text
      .replaceAll(ids, (id) => (known.includes(id) ? id : '#'))
      .replaceAll(secrets, (code) => (known.includes(code) ? code : '#'))
      .replaceAll(
        /"date":"[^"]*"|"fileHash":"[^"]*"|"linesHash":"[^"]*"|"receiptNo":"[^"]*"|"content-length":"?\d+"?|<dcterms:\w+[^>]*>[^<]*/g,
        '',
      )
  return [without(one, other), without(other, one)]
}

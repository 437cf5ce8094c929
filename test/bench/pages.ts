import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction, migrate, openDatabase, startEmbedded } from '../../src/kernel/server/database/index.ts'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { importAreas } from '../../src/modules/identity/server/import-areas.ts'
import { foundCounty, systemContext } from '../../src/modules/identity/server/module.ts'
import { readOrganisation, searchOrganisations } from '../../src/modules/identity/server/organisations.ts'
import { linkedRecords } from '../../src/modules/ledgers/server/linked-records.ts'
import { searchRecords } from '../../src/modules/ledgers/server/read-records.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { findNamedPersons } from '../../src/modules/registry/server/find-named-persons.ts'
import { getHousehold } from '../../src/modules/registry/server/get-household.ts'
import { getPerson } from '../../src/modules/registry/server/persons/person-page.ts'
import { getVillage } from '../../src/modules/registry/server/villages/village-page.ts'
import { fillCounty, pageAreas, subjects } from './pages-data.ts'

/** Budget: the data of each page and panel, p95, in a county of this size. */
const budgetMs = 100
const countyCode = '990301'
const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** Opens the pages of a household, a person, an organisation and a village with what the ledgers say, as county, township and village see them. */
export async function runPagesBench({ rows = 1_000_000, persons = 900_000 }: { rows?: number; persons?: number } = {}): Promise<void> {
  const size = { households: Math.round(persons / 3.6), persons, records: rows }
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    const vault = openVault(join(root, 'data', 'keys'), true)
    await foundCounty(database, Date.now, { countyCode, name: '测试县', administrators: [...administrators] })
    await importAreas(systemContext(database, Date.now, { countyCode, reason: 'bench' }), { rows: pageAreas(), isDryRun: false })
    const client = new Client({ ...server.access.admin, database: 'bangfu' })
    await client.connect()
    const templates = [...shippedTemplates().values()].flatMap((versions) => {
      const [first] = versions
      return first === undefined ? [] : [{ key: first.template.key, state: first.template.states[0]?.key ?? '' }]
    })
    await fillCounty(client, { ...size, templates })
    const found = await subjects(client)
    await client.end()
    const now = Date.now()
    const as = (scope: Context['scope'], role: string): Context => ({
      caller: { id: 'test:bench', name: '测试员', roles: [role] },
      scope,
      now: instantOf(now),
      today: dayOf(now),
      database,
      deadline: 'request',
    })
    const township = `${found.villagePath.split('.').slice(0, 4).join('.')}.`
    const readers = {
      county: as(grantCounty(countyCode), 'county-data-officer'),
      township: as(grantArea(countyCode, township), 'township-officer'),
      village: as(grantArea(countyCode, found.villagePath), 'village-cadre'),
    }
    console.log(`pages: ${JSON.stringify(size)}, ${templates.length} ledgers; budget ${budgetMs} ms p95`)
    for (const [name, ask] of Object.entries(questions({ ...found, township }, vault)))
      for (const [who, ctx] of Object.entries(readers)) await measure(name, who, () => ask(ctx))
    await database.close()
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

type Found = Awaited<ReturnType<typeof subjects>> & { township: string }

function questions(
  { personId, householdId, organisationId, villagePath, township }: Found,
  vault: ReturnType<typeof openVault>,
): Record<string, (ctx: Context) => Promise<unknown>> {
  const linked = (kind: 'household' | 'person' | 'organisation' | 'area', target: string) => (ctx: Context) =>
    linkedRecords(ctx, { kind, target, limit: 5 })
  return {
    'household page': (ctx) => getHousehold(ctx, householdId, { vault }),
    'person page': (ctx) => getPerson(ctx, personId, { vault }),
    'village page': (ctx) => getVillage(ctx, villagePath),
    'organisation page': (ctx) => readOrganisation(ctx, organisationId),
    'organisations by words': (ctx) => searchOrganisations(ctx, { q: '试4321', limit: 50 }),
    'ledgers of a household': linked('household', householdId),
    'ledgers of a person': linked('person', personId),
    'ledgers of an organisation': linked('organisation', organisationId),
    'ledgers of a village': linked('area', villagePath),
    'ledgers of a township': linked('area', township),
    'list of a village’s records of one ledger': (ctx) =>
      searchRecords(ctx, { templateKey: 'generic.inspection', fields: [], limit: 50, linked: { kind: 'area', target: villagePath } }),
    'two hundred names with a village': (ctx) =>
      inTransaction(ctx, (db) =>
        findNamedPersons(ctx, db, {
          questions: Array.from({ length: 200 }, (_, at) => ({ name: `测${at * 7}`, areaPath: villagePath })),
          vault,
        }),
      ),
  }
}

async function measure(name: string, who: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  let refused = ''
  for (let at = 0; at < 22; at += 1) {
    const began = performance.now()
    await ask().catch((fault: unknown) => {
      refused = fault instanceof Error ? fault.message : String(fault)
    })
    // The first two warm up.
    if (at > 1) times.push(performance.now() - began)
  }
  times.sort((one, other) => one - other)
  const [p50, p95] = [times[10] ?? 0, times[18] ?? 0]
  const verdict = refused === '' ? (p95 < budgetMs ? 'ok' : 'MISSED') : `refused: ${refused}`
  console.log(`  ${name}, ${who}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms ${verdict}`)
}

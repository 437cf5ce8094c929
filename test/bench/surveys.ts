import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { migrate, openDatabase, startEmbedded, type ServerAccess } from '../../src/kernel/server/database/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { foundCounty, systemContext } from '../../src/modules/identity/server/module.ts'
import { importAreas } from '../../src/modules/identity/server/import-areas.ts'
import { readMine } from '../../src/modules/surveys/server/call-sheet.ts'
import { freezePopulation } from '../../src/modules/surveys/server/freeze-population.ts'
import { draftCampaign, DraftCampaign, moveCampaign, readTargets } from '../../src/modules/surveys/server/module.ts'
import { readProgress } from '../../src/modules/surveys/server/read-progress.ts'
import { fillCounty } from './api-data.ts'
import { csvOf } from './ledgers-data.ts'

const countyCode = '990301'
const callers = 40
const rounds = 5
const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** Freezes a whole county as the population of a campaign and reads lists of it; the peer writes and reads the same with plain SQL. */
export async function runSurveysBench({ rows = 250_000 }: { rows?: number } = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    await foundCounty(database, Date.now, { countyCode, name: '测试县', administrators: [...administrators] })
    const { areas } = csvOf(0)
    await importAreas(systemContext(database, Date.now, { countyCode, reason: 'bench' }), { rows: areas, isDryRun: false })
    const client = await openClient(server.access)
    const vault = openVault(join(root, 'data', 'keys'), true)
    const made = await fillCounty(client, {
      county: countyCode,
      groups: placesOf(areas),
      persons: Math.ceil((rows * 7) / 2),
      events: 1000,
      vault,
    })
    const now = Date.now()
    const officer: Context = {
      caller: { id: 'test:bench', name: '测试员', roles: ['county-data-officer'] },
      scope: grantCounty(countyCode),
      now: instantOf(now),
      today: dayOf(now),
      database,
      deadline: 'job',
    }
    console.log(`surveys: ${made.households.toLocaleString('en')} households, ${made.persons.toLocaleString('en')} persons`)
    const campaignId = await freeze(officer, client)
    await readLists(officer, client, campaignId)
    await client.end()
    await database.close()
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

async function openClient(access: ServerAccess): Promise<Client> {
  const client = new Client({ ...access.admin, database: 'bangfu' })
  await client.connect()
  return client
}

/** Every village as the one group in which its households stand. */
function placesOf(areas: readonly { code: string; name: string }[]): { path: string; township: string; village: string }[] {
  const townships = new Map(areas.filter(({ code }) => code.length === 9).map(({ code, name }) => [code, name]))
  return areas
    .filter(({ code }) => code.length === 12)
    .map(({ code, name }) => {
      const township = code.slice(0, 9)
      return { path: `99.9903.${countyCode}.${township}.${code}.01.`, township: townships.get(township) ?? '', village: name }
    })
}

const seconds = (fromMs: number): string => `${((performance.now() - fromMs) / 1000).toFixed(2)} s`

async function freeze(officer: Context, client: Client): Promise<string> {
  const asked = DraftCampaign.parse({
    kind: 'phone',
    name: '全县电话调查',
    formKey: 'phone-survey',
    startsOn: officer.today,
    endsOn: officer.today,
  })
  const drafted = await draftCampaign(officer, asked)
  const began = performance.now()
  const { campaign, population } = await freezePopulation(officer, drafted.campaignId, { revision: drafted.revision, householdNos: [] })
  console.log(
    `  freezing ${population.households.toLocaleString('en')} households, ${population.persons.toLocaleString('en')} persons: ${seconds(began)}`,
  )
  const opened = await moveCampaign(officer, campaign.campaignId, { revision: campaign.revision, to: 'open' })
  // The peer: the same rows chosen and written by one statement that knows nothing of who may or of what was promised.
  const peerBegan = performance.now()
  await client.query('CREATE TABLE peer (LIKE surveys.target INCLUDING ALL)')
  await client.query(
    `INSERT INTO peer (county_code, target_id, campaign_id, seq, household_id, area_path, frozen_path, household_no, head_name, township, village, persons)
     SELECT h.county_code, gen_random_uuid(), $1::uuid, row_number() OVER (ORDER BY h.area_path, h.household_no), h.household_id, h.area_path, h.area_path,
       h.household_no, coalesce(h.head_name, ''), h.township, h.village, coalesce(m.persons, 0)
     FROM registry.household h LEFT JOIN (SELECT household_id, count(*) AS persons FROM registry.person WHERE left_on IS NULL GROUP BY 1) m USING (household_id)
     WHERE h.closed_on IS NULL`,
    [opened.campaignId],
  )
  console.log(`    peer (INSERT … SELECT into a table with the same indexes): ${seconds(peerBegan)}`)
  return opened.campaignId
}

/** Shares the population out by plain rows, and reads what callers and the office look at. */
async function readLists(officer: Context, client: Client, campaignId: string): Promise<void> {
  for (const table of ['surveys.target', 'peer'])
    await client.query(`UPDATE ${table} SET caller_id = 'test:' || (seq % ${callers}), caller_name = '调查人' WHERE campaign_id = $1`, [
      campaignId,
    ])
  await client.query('VACUUM (ANALYZE) surveys.target')
  await client.query('VACUUM (ANALYZE) peer')
  const caller: Context = { ...officer, caller: { id: 'test:7', name: '调查人', roles: ['department-clerk'] }, deadline: 'request' }
  await measure('a caller’s list, page by page to the end', async () => {
    let after: string | undefined
    let read = 0
    do {
      const page = await readMine(caller, { limit: 200, ...(after === undefined ? {} : { after }) })
      read += page.items.length
      after = page.next
    } while (after !== undefined)
    return read
  })
  await measure('  peer (one SELECT by caller in the order of the list)', async () => {
    const found = await client.query(`SELECT * FROM peer WHERE caller_id = 'test:7' AND state IN ('waiting', 'retry') ORDER BY seq`)
    return found.rows.length
  })
  await measure('a caller’s first page', async () => (await readMine(caller, { limit: 50 })).items.length)
  await measure('  peer', async () => {
    const page = await client.query(`SELECT * FROM peer WHERE caller_id = 'test:7' AND state IN ('waiting', 'retry') ORDER BY seq LIMIT 50`)
    return page.rows.length
  })
  await measure('the office’s first page of households', async () => (await readTargets(officer, campaignId, { limit: 50 })).items.length)
  await measure('progress of the whole county', async () => (await readProgress(officer, campaignId, undefined)).problems.total)
}

async function measure(name: string, ask: () => Promise<number>): Promise<void> {
  const times: number[] = []
  let rows = 0
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    rows = await ask()
    times.push(performance.now() - began)
  }
  const middle = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0
  console.log(`  ${name}: ${middle.toFixed(0)} ms (${rows.toLocaleString('en')} rows, median of ${rounds})`)
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll } from 'vitest'
import { makeId } from '../src/kernel/pure/ids/index.ts'
import { checkCharacterOf } from '../src/kernel/pure/text/index.ts'
import { dayOf, instantOf } from '../src/kernel/pure/time/index.ts'
import type { Context } from '../src/kernel/server/caller/index.ts'
import { inTransaction } from '../src/kernel/server/database/index.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../src/modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '../src/modules/registry/server/given.ts'
import { compareFiles } from '../src/modules/screening/server/compare-files.ts'
import { answerLead } from '../src/modules/screening/server/lead-answer.ts'
import { readInbox, readLead } from '../src/modules/screening/server/lead-read.ts'
import { sendLeads } from '../src/modules/screening/server/lead-send.ts'
import { runProbe } from '../src/modules/screening/server/run-probe.ts'
import { openTestWorld, testNowMs } from './database.ts'

/** Under these terms every list of this world is given. */
export const terms = {
  sender: '医保局',
  sharingItem: '参保人员费用',
  purpose: '防止返贫监测',
  legalBasis: '数据共享协议',
  expiresOn: '2099-12-31',
  retentionDays: 0,
}

/** A number of the register whose check character is wrong. */
export const spoiltNumber = '990301197001010008'

/** The right number that differs from a spoilt one in its check character. */
export function rightNeighbour(spoilt: string): string {
  return `${spoilt.slice(0, 17)}${checkCharacterOf(spoilt.slice(0, 17)) ?? ''}`
}

/** A county with an officer and a village cadre, four households, and everything that comparing small lists takes. */
export function openWizardWorld() {
  const world = openTestWorld()
  let opened: { county: GivenCounty; officer: GivenUser; village: GivenUser } | undefined
  const given = () => {
    if (opened === undefined) throw new Error('the wizard world is open only inside tests')
    return opened
  }
  const homes: GivenHousehold[] = []

  beforeAll(async () => {
    const county = await givenCounty(world.database)
    const officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林县办' })
    const village = await givenUser(world.database, { role: 'village-cadre', areaPath: county.villages[0]?.path ?? '', name: '林村办' })
    opened = { county, officer, village }
    const ctx = at(testNowMs)
    const place = placeOfHomes()
    const members = (...names: string[]) => names.map((name) => ({ name }))
    // Two people of one name in one village; a household of two; one whose number is spoilt.
    homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('龚满堂', '龚小禾') }))
    homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('傅桂香') }))
    homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('傅桂香') }))
    homes.push(await givenHousehold(ctx, world.vault, { ...place, members: [{ name: '雷正兴', idNumber: spoiltNumber }] }))
  })

  /** The officer's context at a moment. */
  function at(nowMs: number, user: GivenUser = given().officer): Context {
    return { ...world.as(user.scope, user.caller), now: instantOf(nowMs), today: dayOf(nowMs) }
  }

  function list(name: string, lines: readonly string[]): string {
    const folder = join(world.directory, makeId())
    mkdirSync(folder)
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
    return join(folder, name)
  }

  const medical = (...rows: string[]) => list('医保自付.csv', ['姓名,证件号码,村,本年累计总费用,本年累计个人自付', ...rows])
  const jobs = (...rows: string[]) => list('失业登记.csv', ['人员姓名,公民身份号码,失业日期,当前状态', ...rows])
  const deps = () => ({
    vault: world.vault,
    filesDirectory: world.directory,
    // The real comparison, in this process: a child for each of these small lists would only take time.
    probe: (job: Parameters<typeof runProbe>[0], take: (message: Parameters<Parameters<typeof runProbe>[1]>[0]) => void) =>
      runProbe(job, (message) => Promise.resolve(take(message))),
  })
  const compare = (month: string, path: string, ctx = at(testNowMs)) => compareFiles(deps(), ctx, { ...terms, paths: [path], month })
  const idOf = (home: number, person = 0) => homes[home]?.persons[person]?.idNumber ?? ''
  const villageName = () => given().county.villages[0]?.name ?? ''
  const placeOfHomes = () => ({
    areaPath: `${given().county.villages[0]?.path ?? ''}01.`,
    village: villageName(),
    group: '1组',
    type: '脱贫户',
  })
  const leadsOf = async (home: number) =>
    (await readInbox(at(testNowMs), { householdId: homes[home]?.householdId ?? '' }, { vault: world.vault })).items

  async function answer(leadId: string, what: 'confirmed' | 'dismissed'): Promise<void> {
    await sendLeads(at(testNowMs), { leadIds: [leadId], isDryRun: false }, { vault: world.vault })
    const { revision } = await readLead(at(testNowMs, given().village), leadId, { vault: world.vault })
    const input = { revision, answer: what, note: '见到本人，医药费已报销', reasons: [] }
    await answerLead(at(testNowMs, given().village), { leadId, input }, { vault: world.vault })
  }

  async function storedWaiting(runId: string): Promise<unknown[]> {
    return inTransaction(at(testNowMs), async (db) => {
      const found =
        await sql`SELECT 1 FROM screening.open_match WHERE run_id = ${runId} AND (waiting IS NOT NULL OR name IS NOT NULL)`.execute(db)
      return found.rows
    })
  }

  async function matchedPersons(runId: string): Promise<string[]> {
    return inTransaction(at(testNowMs), async (db) => {
      const found = await sql<{ id: string }>`SELECT person_id AS id FROM screening.matched_row WHERE run_id = ${runId}`.execute(db)
      return found.rows.map((row) => row.id)
    })
  }

  async function corrections(householdId: string): Promise<unknown[]> {
    return inTransaction(at(testNowMs), async (db) => {
      const found = await sql`SELECT field, state, source FROM registry.correction WHERE household_id = ${householdId}`.execute(db)
      return found.rows
    })
  }
  return {
    world,
    homes,
    at,
    list,
    medical,
    jobs,
    compare,
    idOf,
    villageName,
    placeOfHomes,
    leadsOf,
    answer,
    storedWaiting,
    matchedPersons,
    corrections,
    countyCode: () => given().county.countyCode,
  }
}

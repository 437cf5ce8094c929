import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { grantArea, grantCounty, grantSystem } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { makeServer } from '../../src/kernel/server/http/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'
import type { RoleKey } from '../../src/modules/identity/contract.ts'
import { givenCounty, givenUser, type GivenCounty } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { householdsOfHelper } from '../../src/modules/identity/server/index.ts'
import type { CaseFile } from '../../src/modules/cases/rules/case-records.ts'
import type { CaseState, CaseStep } from '../../src/modules/cases/rules/case-steps.ts'
import { actOnCase } from '../../src/modules/cases/server/act-on-case.ts'
import { givenCaseAt } from '../../src/modules/cases/server/given.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../database.ts'
import { forgetting } from '../access/forgetting.ts'

/** Who acts: role and seat. `0` is the village of the cases, `1` another of the same township, `2` one of the other township. */
export const people = {
  village: { role: 'village-cadre', at: 'village', number: 0 },
  neighbour: { role: 'village-cadre', at: 'village', number: 1 },
  farVillage: { role: 'village-cadre', at: 'village', number: 2 },
  township: { role: 'township-officer', at: 'township', number: 0 },
  secondOfTownship: { role: 'township-officer', at: 'township', number: 0 },
  farTownship: { role: 'township-officer', at: 'township', number: 1 },
  county: { role: 'county-data-officer', at: 'county', number: 0 },
  secondOfCounty: { role: 'county-data-officer', at: 'county', number: 0 },
  leader: { role: 'county-leader', at: 'county', number: 0 },
  clerk: { role: 'department-clerk', at: 'township', number: 0 },
  supervisor: { role: 'supervisor', at: 'county', number: 0 },
  helper: { role: 'helper', at: 'village', number: 0 },
  administrator: { role: 'system-administrator', at: 'county', number: 0 },
} as const satisfies Record<string, { role: RoleKey; at: 'village' | 'township' | 'county'; number: number }>
export type Who = keyof typeof people
// Safe: the keys of an object literal are its keys.
export const everybody = Object.keys(people) as Who[]

export interface Answered {
  readonly status: number
  /** `code reason` of a refusal, else empty. */
  readonly code: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Opens a county with everybody who may act, the real server with the routes of cases, and one that keeps nothing. */
export function openMovesWorld() {
  const world = openTestWorld()
  const clock = () => testNowMs
  const cookies = new Map<Who, string>()
  const servers: FastifyInstance[] = []
  let county: GivenCounty | undefined
  const given = (): GivenCounty => {
    if (county === undefined) throw new Error('the county is open only inside tests')
    return county
  }
  const pathOf = (who: Who): string => {
    const { at, number } = people[who]
    const { villages, townships, countyPath } = given()
    return (at === 'county' ? countyPath : (at === 'village' ? villages : townships)[number]?.path) ?? ''
  }
  beforeAll(async () => {
    county = await givenCounty(world.database, { clock })
    for (const who of everybody) {
      const user = await givenUser(world.database, { role: people[who].role, areaPath: pathOf(who), clock })
      cookies.set(who, user.cookie)
    }
    const log = makeLog('silent')
    for (const database of [world.database, forgetting(world.database)]) {
      const identity = makeIdentityPlug({ database, vault: world.vault, clock })
      const routes = [
        ...identity.routes,
        ...makeCasesPlug({ database, vault: world.vault, filesDirectory: join(world.directory, 'files'), clock }).routes,
      ]
      servers.push(await makeServer({ routes, gatekeeper: identity.gatekeeper, log }))
    }
  })
  afterAll(async () => {
    householdsOfHelper.length = 0
    for (const server of servers) await server.close()
  })
  const officer = () => world.as(grantCounty(given().countyCode), { id: 'given:opener', name: '开案人' })

  const household = async (): Promise<string> => {
    const areaPath = given().groups[0]?.path ?? ''
    const { householdId } = await givenHousehold(officer(), world.vault, { areaPath, members: [{ name: '测试户主' }] })
    return householdId
  }
  /** A case of the first village that stands at a step, in a state. */
  const caseAt = async (step: CaseStep, state: CaseState = 'open'): Promise<CaseFile> => {
    const householdId = await household()
    const isEnded = step === 'ended'
    const file = await givenCaseAt(officer(), { householdId, step: isEnded ? 'assessment' : step })
    if (state === 'open') return file
    const action = state === 'ended' ? 'end' : state === 'paused' ? 'pause' : 'ask'
    const { countyCode, countyPath } = given()
    const isBelow = state === 'supplement' && file.heldBy !== countyPath // only who holds it may ask; the county may pause and end
    const stopper = world.as(isBelow ? grantArea(countyCode, file.heldBy) : grantCounty(countyCode), { id: 'given:stopper' })
    return actOnCase(stopper, { caseId: file.caseId, act: { revision: file.revision, action, reason: '等待材料' } })
  }

  const send = async (who: Who, path: string, given: { act: object; keeps: boolean }): Promise<Answered> => {
    const headers = { cookie: cookies.get(who) ?? '', 'idempotency-key': makeId() }
    const answer = await servers[given.keeps ? 0 : 1]?.inject({ method: 'POST', url: `/api${path}`, headers, payload: given.act })
    if (answer === undefined) throw new Error('the server is open only inside tests')
    const body = answer.json<Record<string, unknown> & { code?: string; details?: { reason?: string } }>()
    return { status: answer.statusCode, code: [body.code, body.details?.reason].filter(Boolean).join(' '), body }
  }
  return {
    world,
    given,
    pathOf,
    household,
    caseAt,
    /** Puts a household under the helper's care. */
    careFor: (householdIds: readonly string[]) => householdsOfHelper.push(async () => [...householdIds]),
    /** Sends an act to the real server, or to the one that keeps nothing. */
    act: (who: Who, caseId: string, act: object, keeps = true) => send(who, `/cases/files/${caseId}/acts`, { act, keeps }),
    open: (who: Who, householdId: string) => send(who, '/cases/files', { act: { householdId, source: 'visit' }, keeps: true }),
    /** Rows that a condition chooses, counted as the system sees them. */
    count: async (table: 'kernel.audit' | 'kernel.outbox' | 'cases.case_event', where = sql`true`): Promise<number> => {
      const found = await inTransaction(world.as(grantSystem(given().countyCode, 'test')), (db) =>
        sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)} WHERE ${where}`.execute(db),
      )
      return found.rows[0]?.n ?? 0
    },
  }
}

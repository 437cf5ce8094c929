import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect } from 'vitest'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { grantCounty, grantSystem } from '../../src/kernel/server/caller/index.ts'
import type { Database } from '../../src/kernel/server/database/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { makeServer, type ServerPlug, type AnyRoute } from '../../src/kernel/server/http/index.ts'
import type { Log } from '../../src/kernel/server/log/index.ts'
import { findCase } from '../../src/modules/cases/server/case-store.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { householdsOfHelper } from '../../src/modules/identity/server/index.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { makeIndicatorsPlug } from '../../src/modules/indicators/server/module.ts'
import { givenCalledMeeting, givenClassification, givenObjection, givenPostedNotice } from '../../src/modules/cases/server/given.ts'
import { givenCampaign } from '../../src/modules/rectification/server/given.ts'
import { makeRectificationPlug } from '../../src/modules/rectification/server/module.ts'
import { givenDraft, givenRecord } from '../../src/modules/ledgers/server/given.ts'
import { makeLedgersPlug } from '../../src/modules/ledgers/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { givenRun } from '../../src/modules/screening/server/given.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { makeSurveysPlug } from '../../src/modules/surveys/server/module.ts'
import { openTestWorld, testNowMs, type TestWorld } from '../database.ts'
import { callers, officialKeys, type CallerKey } from './callers.ts'
import { forgetting } from './forgetting.ts'
import { givenSurveys, officerOf } from './given-surveys.ts'
import { accountOf, givenPlace, markOf, phoneOf, placeNames, smallPicture, type Place, type PlaceName, type SurveyKey } from './places.ts'

export const month = '202310'
/** A month in which only the far village has leads. */
export const farMonth = '202309'
export const clock = () => testNowMs
/** A table that is shipped. */
export const policyKey = 'cases.layer'

/** A county with three villages, everybody who may work there, and the server with all its routes. */
export interface AccessWorld {
  county: GivenCounty
  places: Record<PlaceName, Place>
  /** Session cookie of each caller; nobody has none. */
  cookies: Partial<Record<CallerKey, string>>
  /** An active user, an import that waits, one that was discarded, a comparison that is done. */
  userId: string
  successorId: string
  batchId: string
  oldBatchId: string
  runId: string
  /** Two organisations of the county. */
  organisationIds: readonly string[]
  /** A phone survey of the county, open. */
  campaignId: string
  /** A campaign of rectification. */
  rectificationId: string
  /** A draft of the county's, and a version that is shipped. */
  draftId: string
  shippedId: string
  routes: readonly AnyRoute[]
  /** Answers as the real server does and keeps nothing, so that every call finds the county as it was. */
  ask(caller: CallerKey, request: Request): Promise<LightMyRequestResponse>
  /** As `ask`, and what was written stays. */
  change(caller: CallerKey, request: Request): Promise<LightMyRequestResponse>
  /** A template of which the county has a draft. */
  ledgerDraft: object
  /** Every line that the server logged. */
  logged: string[]
  world: TestWorld
}
export type Request = Pick<InjectOptions, 'method' | 'query' | 'payload' | 'headers'> & { url: string }

/** Opens the county before the tests of a file. Read it inside tests only. */
export function openAccessWorld(): () => AccessWorld {
  const world = openTestWorld()
  let access: AccessWorld | undefined
  const servers: FastifyInstance[] = []
  beforeAll(async () => {
    access = await build(world, servers)
  })
  afterAll(async () => {
    householdsOfHelper.length = 0
    for (const server of servers) await server.close()
  })
  return () => {
    if (access === undefined) throw new Error('the county is open only inside tests')
    return access
  }
}

async function build(world: TestWorld, servers: FastifyInstance[]): Promise<AccessWorld> {
  const logged: string[] = []
  const [real, routes] = await serve(world, world.database, logged)
  const [forgetful] = await serve(world, forgetting(world.database), logged)
  servers.push(real, forgetful)
  const county = await givenCounty(world.database, { clock })
  const ctx = world.as(grantCounty(county.countyCode))
  const runId = await givenRun(ctx, month)
  const placeOf = (name: PlaceName) => {
    const [area, township] =
      name === 'far' ? [county.villages[2], county.townships[1]] : [county.villages[name === 'own' ? 0 : 1], county.townships[0]]
    if (area === undefined || township === undefined) throw new Error('the given county has them')
    const months = name === 'far' ? [month, farMonth] : [month]
    return givenPlace(ctx, { vault: world.vault, name, area, township, runId, months })
  }
  const bare = [await placeOf('own'), await placeOf('near'), await placeOf('far')]
  const cookies: AccessWorld['cookies'] = {}
  const rectificationId = await givenCampaign(ctx, { name: '全县督查整改' })
  const base = {
    county,
    cookies,
    runId,
    rectificationId,
    routes,
    logged,
    world,
    ask: askerOf(forgetful, cookies),
    change: askerOf(real, cookies),
  }
  const people = await givenPeople(base, bare[0]?.area.path ?? '')
  householdsOfHelper.push(async () =>
    bare.filter((place) => place.name === 'own').flatMap((place) => [place.first.householdId, place.second.householdId]),
  )
  const cadres = new Map<PlaceName, GivenUser>()
  for (const { name, area } of bare) {
    const cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: area.path, name: `${markOf[name]}干部`, clock })
    cadres.set(name, cadre)
  }
  const filled = []
  for (const place of bare) filled.push(await fillPlace(base, place, cadres.get(place.name)?.cookie ?? ''))
  await givenClassification(world.as(grantSystem(county.countyCode, 'test')))
  const officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock })
  const surveys = await givenSurveys(world, { officer: officerOf(world, officer, county.countyCode), places: filled, cadres })
  const [own, near, far] = surveys.places
  if (own === undefined || near === undefined || far === undefined) throw new Error('three places were made')
  return {
    ...base,
    ...people,
    ...(await givenImports(base, own)),
    ...(await givenPolicy(base)),
    organisationIds: await givenOrganisations(base),
    campaignId: surveys.campaignId,
    ledgerDraft: await givenDraft(officerOf(world, officer, county.countyCode)),
    places: { own, near, far },
  }
}

/** Sends requests to a server with the cookies of the callers. */
export function askerOf(server: FastifyInstance, cookies: AccessWorld['cookies']): AccessWorld['ask'] {
  return (caller, request) => {
    const cookie = cookies[caller]
    const headers = { 'idempotency-key': makeId(), ...(cookie === undefined ? {} : { cookie }), ...request.headers }
    return server.inject({ ...request, url: `/api${request.url}`, headers })
  }
}

/** The server with all its routes on a database, and the routes. */
export async function serve(world: TestWorld, database: Database, logged: string[]): Promise<[FastifyInstance, AnyRoute[]]> {
  const { vault, directory } = world
  const filesDirectory = join(directory, 'files')
  const note = (...line: unknown[]) => void logged.push(JSON.stringify(line))
  const log: Log = { info: note, warn: note, error: (fields, fault) => note(fields, String(fault)) }
  const removeDemo = () => Promise.reject(new Error('there is no demo here'))
  const identity = makeIdentityPlug({ database, vault, clock, removeDemo })
  const plugs: ServerPlug[] = [
    identity,
    makeRegistryPlug({ database, vault, filesDirectory }),
    makeScreeningPlug({ database, vault, filesDirectory, log, clock }),
    makeQualityPlug({ database, vault, filesDirectory, clock }),
    makeCasesPlug({ database, vault, filesDirectory, clock }),
    makePoliciesPlug(),
    makeSurveysPlug({ vault, filesDirectory }),
    makeRectificationPlug({ vault, filesDirectory }),
    makeLedgersPlug({ database, vault, filesDirectory }),
  ]
  plugs.push(
    makeIndicatorsPlug({ sources: plugs.flatMap(({ indicators }) => (indicators === undefined ? [] : [indicators])), filesDirectory }),
  )
  const routes = plugs.flatMap((plug) => plug.routes)
  return [await makeServer({ routes, gatekeeper: identity.gatekeeper, log }), routes]
}

type Base = Pick<AccessWorld, 'county' | 'cookies' | 'runId' | 'rectificationId' | 'routes' | 'logged' | 'world' | 'ask' | 'change'>

/** One user for every role and level, and the three without standing. */
async function givenPeople(base: Base, village: string): Promise<Pick<AccessWorld, 'userId' | 'successorId'>> {
  const { county, cookies, world } = base
  const paths = { county: county.countyPath, township: county.townships[0]?.path ?? '', village }
  const user = (role: Parameters<typeof givenUser>[1]['role'], areaPath: string) => givenUser(world.database, { role, areaPath, clock })
  for (const key of officialKeys) cookies[key] = (await user(callers[key].role, paths[callers[key].level])).cookie
  const [fresh, closed] = [await user('county-data-officer', county.countyPath), await user('county-data-officer', county.countyPath)]
  cookies.X = closed.cookie
  await done(base.change('Y', { method: 'POST', url: `/identity/users/${closed.userId}/disable` }))
  const reset = await done(base.change('Y', { method: 'POST', url: `/identity/users/${fresh.userId}/reset` }))
  const password = reset.json<{ oneTimePassword: string }>().oneTimePassword
  const login = await done(base.change('N', { method: 'POST', url: '/identity/login', payload: { loginName: fresh.loginName, password } }))
  cookies.P = `${login.cookies[0]?.name ?? ''}=${login.cookies[0]?.value ?? ''}`
  return { userId: fresh.userId, successorId: (await user('county-leader', county.countyPath)).userId }
}

async function givenOrganisations(base: Base): Promise<string[]> {
  const ids: string[] = []
  for (const name of ['青禾果业合作社', '青禾果业专业合作社']) {
    const made = await done(base.change('D', { method: 'POST', url: '/identity/organisations', payload: { kind: 'cooperative', name } }))
    ids.push(made.json<{ organisationId: string }>().organisationId)
  }
  return ids
}

async function done(asked: Promise<LightMyRequestResponse>) {
  const answer = await asked
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer
}

/** What people write about a village: tags, corrections, its kind, a reveal, the way of a lead. The first household gets it all. */
async function fillPlace(base: Base, bare: Awaited<ReturnType<typeof givenPlace>>, cadre: string): Promise<Omit<Place, SurveyKey>> {
  const { change, cookies } = base
  const mark = markOf[bare.name]
  const { householdId, personId, leadId } = bare.first
  const post = async (url: string, payload: object, caller: CallerKey = 'D') =>
    (await done(change(caller, { method: 'POST', url, payload }))).json<Record<string, string> & { revision: number }>()
  const tag = (name: string) => post(`/registry/households/${householdId}/tags`, { tag: name, source: `${mark}上报` })
  const [open, ended] = [await tag('edge'), await tag('dibao')]
  await post(`/registry/tags/${ended['tagId'] ?? ''}/end`, { reason: `${mark}不再符合` })
  const correct = (field: string, newValue: string, person?: string) =>
    post('/registry/corrections', {
      householdId,
      ...(person === undefined ? {} : { personId: person }),
      field,
      newValue,
      source: `${mark}核实`,
    })
  const correction = await correct('address', `${mark}新路`)
  const others = [await correct('personPhone', phoneOf(bare.name, 8), personId), await correct('bankAccount', accountOf(bare.name, 1))]
  for (const one of others)
    await post(`/registry/corrections/${one['correctionId'] ?? ''}/decide`, { revision: one.revision, decision: 'apply' })
  const again = await correct('bankAccount', accountOf(bare.name, 2))
  await post(`/registry/corrections/${again['correctionId'] ?? ''}/decide`, {
    revision: again.revision,
    decision: 'reject',
    reason: `${mark}无据`,
  })
  const kind = await post('/registry/village-kinds', {
    areaPath: bare.area.path,
    kind: 'poor',
    validFrom: '2014-01-01',
    source: `${mark}文件`,
  })
  const event = await post('/registry/household-events', {
    command: { kind: 'moved-away', householdId, members: [personId], on: '2023-10-01', reason: `${mark}全家搬走`, paper: `${mark}证明` },
    isReport: true,
  })
  for (const field of ['id-number', 'phone']) await post(`/registry/persons/${personId}/reveal`, { field, reason: `${mark}核对` })
  await post('/screening/leads/send', { leadIds: [leadId], note: `${mark}请查`, isDryRun: false })
  const headers = { cookie: cadre }
  const lead = await done(change('N', { method: 'GET', url: `/screening/leads/${leadId}`, headers }))
  const payload = { revision: lead.json<{ revision: number }>().revision, answer: 'confirmed', note: `${mark}属实`, reasons: [] }
  const answered = await done(change('N', { method: 'POST', url: `/screening/leads/${leadId}/answer`, payload, headers }))
  if (bare.name !== 'own')
    await post(`/screening/leads/${leadId}/return`, { revision: answered.json<{ revision: number }>().revision, note: `${mark}再查` })
  const { exceptionId } = await askException(base, bare, headers)
  const { caseId, caseMeasureId } = await fillCase(base, bare)
  const income = await fillIncome(base, { bare, caseId })
  const officer = base.world.as(grantCounty(base.county.countyCode))
  const { meetingId } = await givenCalledMeeting(officer, { areaPath: bare.area.path, caseId, mark })
  const about = await inTransaction(officer, (db) => findCase(db, officer.scope, caseId))
  if (about === undefined) throw new Error('the case was just made')
  const { noticeId } = await givenPostedNotice(officer, { cases: [about], mark, withoutPhoto: true })
  const sent = { payload: smallPicture, headers: { ...headers, 'content-type': 'application/octet-stream', 'x-file-name': 'photo.png' } }
  const photo = await done(change('N', { method: 'POST', url: `/cases/notices/${noticeId}/files`, query: { purpose: 'photo' }, ...sent }))
  const noticeFileId = photo.json<{ files: { noticeFileId: string }[] }>().files[0]?.noticeFileId ?? ''
  const { objectionId } = await givenObjection(officer, { vault: base.world.vault, noticeId, about, mark })
  const made = {
    noticeId,
    noticeFileId,
    objectionId,
    intakeId: await fillIntake(base, bare),
    caseId,
    caseMeasureId,
    ...income,
    meetingId,
    attachmentId: await fillAttachment(base, caseId),
    exceptionId,
    ...(await fillRectification(base, bare, headers)),
    ...(await fillLedger(base, bare)),
    eventId: event['eventId'] ?? '',
    tagId: open['tagId'] ?? '',
    correctionId: correction['correctionId'] ?? '',
    villageKindId: kind['villageKindId'] ?? '',
  }
  return { ...bare, ...made, canaries: [...bare.canaries, ...Object.values(made), ended['tagId'] ?? '', cookies.N ?? mark] }
}

/** A problem of the first household on its way: on the village's letter, with a photograph, a request for more time, and a check at the second. */
async function fillRectification(
  { change, ask, rectificationId }: Base,
  bare: Awaited<ReturnType<typeof givenPlace>>,
  headers: { cookie: string },
) {
  const mark = markOf[bare.name]
  const post = async (url: string, payload: object, by: CallerKey = 'D') =>
    (await done(change(by, { method: 'POST', url: `/rectification${url}`, payload, ...(by === 'N' ? { headers } : {}) }))).json<
      Record<'problemId' | 'evidenceId' | 'extensionId', string> & { letters: { letterId: string }[]; refused: unknown[] }
    >()
  const words = { sourceKind: 'inspection', class: `${mark}类`, description: `${mark}漏雨`, requirement: `${mark}修好` }
  const { problemId } = await post('/problems', { campaignId: rectificationId, householdId: bare.first.householdId, ...words })
  const unit = { kind: 'area', id: bare.area.path }
  const act = { action: 'assign', unit, headName: `${mark}支书`, due: { on: '2024-01-10' } }
  const { letters } = await post('/acts', { problems: [{ problemId, revision: 1 }], act })
  const plan = { action: 'plan', cause: `${mark}失修`, measures: `${mark}修缮` }
  const planned = await post('/acts', { problems: [{ problemId, revision: 2 }], act: plan }, 'N')
  expect(planned.refused).toEqual([])
  const sent = { payload: smallPicture, headers: { ...headers, 'content-type': 'application/octet-stream', 'x-file-name': 'a.png' } }
  const kept = await done(change('N', { method: 'POST', url: `/rectification/problems/${problemId}/evidence`, ...sent }))
  const { extensionId } = await post(`/problems/${problemId}/time`, { revision: 3, until: '2024-01-20', reason: `${mark}下雨` }, 'N')
  await post(`/problems/${problemId}/checks`, { villages: [], households: [bare.second.householdId], due: { on: '2024-01-05' } })
  const checks = await done(ask('D', { method: 'GET', url: '/rectification/same-checks', query: { problemId } }))
  const looked = { kind: 'supervision', units: [unit], plannedOn: '2023-12-18', checkerName: `${mark}督查组` }
  await post('/inspections', { campaignId: rectificationId, ...looked })
  const listed = await done(ask('D', { method: 'GET', url: '/rectification/inspections', query: { limit: '200' } }))
  const inspections = listed.json<{ items: { inspectionId: string; checkerName: string }[] }>().items
  return {
    problemId,
    extensionId,
    letterId: letters[0]?.letterId ?? '',
    evidenceId: kept.json<{ evidenceId: string }>().evidenceId,
    sameCheckId: checks.json<{ items: { sameCheckId: string }[] }>().items[0]?.sameCheckId ?? '',
    inspectionId: inspections.find(({ checkerName }) => checkerName === `${mark}督查组`)?.inspectionId ?? '',
  }
}

/** A record of a ledger about the first household, with a photograph. */
async function fillLedger({ world, county }: Base, bare: Awaited<ReturnType<typeof givenPlace>>) {
  const officer = world.as(grantCounty(county.countyCode), { roles: ['county-data-officer'] })
  const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
  return givenRecord(officer, deps, { householdId: bare.first.householdId, mark: markOf[bare.name], picture: smallPicture })
}

/** A call to the hotline from the village, and the code of its public page. */
async function fillIntake({ change }: Base, bare: Awaited<ReturnType<typeof givenPlace>>): Promise<string> {
  const [mark, areaPath] = [markOf[bare.name], bare.area.path]
  await done(change('D', { method: 'POST', url: '/cases/village-codes', payload: { areaPath } }))
  const person = { name: `${mark}山`, phone: phoneOf(bare.name, 8), text: `${mark}住院`, sender: '12317', senderNo: `${mark}号` }
  const reporter = { reporterName: `${mark}邻`, reporterRelation: '邻居' }
  const entered = await done(
    change('D', {
      method: 'POST',
      url: '/cases/intakes',
      payload: { channel: 'hotline', areaPath, difficulties: ['illness'], ...person, ...reporter },
    }),
  )
  return entered.json<{ intakeId: string }>().intakeId
}

/** A case of the first household with the green channel, a measure and a visit. */
async function fillCase({ change }: Base, bare: Awaited<ReturnType<typeof givenPlace>>) {
  const mark = markOf[bare.name]
  const post = async (url: string, payload: object) =>
    (await done(change('D', { method: 'POST', url, payload }))).json<Record<'caseId' | 'caseMeasureId', string>>()
  const { caseId } = await post('/cases/files', { householdId: bare.first.householdId, source: 'visit', note: `${mark}来报` })
  await post(`/cases/files/${caseId}/acts`, { revision: 1, action: 'green', reason: `${mark}受灾` })
  const measure = { risk: '因病', category: '健康帮扶', content: `${mark}送医`, startedOn: '2023-12-01' }
  const { caseMeasureId } = await post(`/cases/files/${caseId}/measures`, measure)
  const visit = { visitedOn: '2023-12-01', method: 'home', visitors: [`${mark}甲`, `${mark}乙`], finding: 'worse', note: `${mark}病了` }
  await post(`/cases/files/${caseId}/visits`, visit)
  return { caseId, caseMeasureId }
}

/** A photograph at the case. */
async function fillAttachment({ change }: Base, caseId: string): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream', 'x-file-name': 'a.png' }
  const url = `/cases/files/${caseId}/attachments`
  const kept = await done(change('D', { method: 'POST', url, payload: smallPicture, headers }))
  return kept.json<{ attachmentId: string }>().attachmentId
}

/** An income sheet with a kept number, and what a department found. */
async function fillIncome({ change, ask }: Base, given: { bare: Awaited<ReturnType<typeof givenPlace>>; caseId: string }) {
  const { bare, caseId } = given
  const mark = markOf[bare.name]
  const { householdId, personId } = bare.first
  const url = `/cases/income-sheets/${householdId}`
  const line = {
    item: '务工收入',
    personId,
    monthFrom: '202301',
    monthTo: '202306',
    fen: 1_200_000,
    source: 'wage-slip',
    sourceNote: `${mark}工资`,
  }
  await done(change('D', { method: 'POST', url: `${url}/lines`, payload: { lines: [line] } }))
  const kept = await done(change('D', { method: 'POST', url: `${url}/calculations`, payload: { purpose: 'identification' } }))
  const sheet = await done(ask('D', { method: 'GET', url }))
  const found = { department: '公安', requestedOn: '2023-12-01', cameOn: '2023-12-05', result: 'found', what: `${mark}有车` }
  const checks = `/cases/files/${caseId}/checks`
  await done(change('D', { method: 'POST', url: checks, payload: { notes: [{ personId, ...found }] } }))
  const noted = await done(ask('D', { method: 'GET', url: checks }))
  return {
    incomeLineId: sheet.json<{ lines: { lineId: string }[] }>().lines[0]?.lineId ?? '',
    incomeCalculationId: kept.json<{ calculationId: string }>().calculationId,
    caseCheckId: noted.json<{ checks: { caseCheckId: string }[] }>().checks[0]?.caseCheckId ?? '',
  }
}

/** The village says that its finding is right as it is, and waits for the county. */
async function askException({ change }: Base, bare: Awaited<ReturnType<typeof givenPlace>>, headers: { cookie: string }) {
  const payload = { revision: 1, answer: 'right-as-is', reason: `${markOf[bare.name]}情况属实`, covers: 'household' }
  const url = `/quality/findings/${bare.first.findingId}/answer`
  const asked = await done(change('N', { method: 'POST', url, payload, headers }))
  return { exceptionId: asked.json<{ exceptions: { exceptionId: string }[] }>().exceptions[0]?.exceptionId ?? '' }
}

/** Two imports of one small file: one waits to be applied, one was discarded. */
async function givenImports(base: Base, own: Place): Promise<Pick<AccessWorld, 'batchId' | 'oldBatchId'>> {
  const { world, county } = base
  const path = join(world.directory, 'register.csv')
  const header = '乡镇,行政村,村民小组,户编号,户主姓名,户类型,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系'
  const row = (no: string, name: string, id: string) =>
    `${own.township.name},${own.area.name},1组,${no},${name},一般农户,1,${no}01,${name},男,1970-01-15,${id},户主`
  writeFileSync(
    path,
    [header, row('9903018888888801', '单为民', own.secrets[0] ?? ''), row('9903018888888802', '单小错', '12345'), ''].join('\n'),
  )
  const system = { ...world.as(grantSystem(county.countyCode, 'test')), deadline: 'job' as const }
  const batches: string[] = []
  for (const asOf of ['2023-10-31', '2023-11-30']) {
    const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
    const { files } = await importFiles(system, deps, { paths: [path], asOf, isDryRun: true })
    expect(files.map((file) => file.error)).toEqual([undefined])
    batches.push(files[0]?.batch?.batchId ?? '')
  }
  const [oldBatchId = '', batchId = ''] = batches
  await done(base.change('D', { method: 'POST', url: `/registry/imports/${oldBatchId}/discard`, payload: {} }))
  return { batchId, oldBatchId }
}

/** A shipped text once more as a draft of the county. */
async function givenPolicy({ change }: Base): Promise<Pick<AccessWorld, 'draftId' | 'shippedId'>> {
  const shown = await done(change('D', { method: 'GET', url: `/policies/${policyKey}` }))
  const shippedId = shown.json<{ version: { versionId: string } }>().version.versionId
  const paper = { documentNo: '青测发〔2023〕1号', documentTitle: '', clause: '' }
  const url = `/policies/versions/${shippedId}/roll-back`
  const drafted = await done(change('D', { method: 'POST', url, payload: { effectiveFrom: '2024-01-01', paper } }))
  return { draftId: drafted.json<{ versionId: string }>().versionId, shippedId }
}

export const isPlace = (name: string): name is PlaceName => placeNames.some((one) => one === name)

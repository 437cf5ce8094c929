import { Readable } from 'node:stream'
import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import {
  actOnCase,
  addIncomeLines,
  addMeasure,
  addNoticeFile,
  addVisit,
  attachToMeeting,
  calculateIncome,
  callMeeting,
  closeMeeting,
  draftNotice,
  enterMeeting,
  filePaper,
  noteChecks,
  openCase,
  postNotice,
  readCase,
  readCasePapers,
  readChecks,
  recordObjection,
  releaseNotice,
  submitNotice,
} from '#modules/cases/server/module.ts'
import { noteAuthorisation } from '#modules/screening/server/module.ts'
import { demoPicture } from './demo-picture.ts'
import type { Installation } from './installation.ts'

/** Where a case of the demo is left. */
export type DemoStop = 'assessment' | 'meeting' | 'submitted' | 'objected' | 'measures'
type Actor = 'village' | 'township' | 'reviewer' | 'county' | 'leader'
type CaseFile = Awaited<ReturnType<typeof openCase>>
type Act = Parameters<typeof actOnCase>[1]['act']

const names: Readonly<Record<Actor, string>> = {
  village: '示范·村干部',
  township: '示范·乡镇干部',
  reviewer: '示范·乡镇审核',
  county: '示范·县数据员',
  leader: '示范·县领导',
}
const depths: Readonly<Record<Actor, number>> = { village: 5, township: 4, reviewer: 4, county: 3, leader: 3 }
const people = ['示范支书', '示范代表一', '示范代表二', '示范代表三', '示范代表四', '示范代表五', '示范代表六']

interface Walk {
  readonly ctx: Context
  readonly installation: Installation
  /** How many days ago the walk stands; it moves towards today. */
  daysAgo: number
  file: CaseFile
}

/** Carries one household through the commands of the module, each act on the demo's own day by the office that holds the case. */
export async function walkDemoCase(
  ctx: Context,
  installation: Installation,
  given: { householdId: string; areaPath: string; openedDaysAgo: number; until: DemoStop },
): Promise<void> {
  const { householdId, areaPath, openedDaysAgo, until } = given
  const begin = actorAt(ctx, { actor: 'township', areaPath, daysAgo: openedDaysAgo })
  const file = await openCase(begin, { householdId, source: 'visit', note: '走访发现住院自付较多。' })
  const walk: Walk = { ctx, installation, daysAgo: openedDaysAgo, file }
  if (until === 'assessment') return
  await pass(walk, { opinion: '情况初步属实，转入户核查。' })
  later(walk, 1)
  await visit(walk, 'worse')
  await countIncome(walk, { purpose: 'identification', yuan: 9_000 })
  await pass(walk)
  await authorise(walk)
  await pass(walk)
  await answerChecks(walk)
  await pass(walk)
  later(walk, 1)
  if (!(await holdMeeting(walk, { kind: 'appraisal', isClosed: until !== 'meeting' }))) return
  await pass(walk)
  if (!(await publish(walk, { kind: 'identification', until }))) return
  await decide(walk)
}

/** Review, decision and entry. */
async function decide(walk: Walk): Promise<void> {
  await pass(walk, { opinion: '材料齐全，程序到位，同意上报。' }, 'reviewer')
  const { words } = await readCase(by(walk, 'leader'), walk.file.caseId)
  const kind = words.kinds.find((one) => one.includes('突发')) ?? words.kinds[0]
  const risk = words.risks.find((one) => one === '因病') ?? words.risks[0]
  if (kind === undefined || risk === undefined) throw new Error('the procedure names no kinds and risks')
  await pass(walk, { opinion: '同意纳入监测。', kind, risks: [risk] }, 'leader')
  later(walk, 1)
  await pass(walk, { nationalNo: `示范-${walk.file.caseNo}` })
}

/** Ends a case that stands at tracking, from the measures against its risks through the elimination to the follow-up. */
export async function endDemoCase(ctx: Context, installation: Installation, given: { file: CaseFile; daysAgo: number }): Promise<void> {
  const walk: Walk = { ctx, installation, ...given }
  const { words, file } = await readCase(by(walk, 'village'), walk.file.caseId)
  const category = words.categories.find((one) => one.includes('健康')) ?? words.categories[0] ?? ''
  const measure = { category, content: '慢病签约服务，门诊和住院费用按规定报销', startedOn: by(walk, 'village').today }
  for (const risk of file.risks) await addMeasure(by(walk, 'village'), { caseId: file.caseId, measure: { ...measure, risk } })
  await countIncome(walk, { purpose: 'elimination', yuan: 120_000 })
  await move(walk, { action: 'start-exit' })
  await visit(walk, 'better')
  await pass(walk)
  await holdMeeting(walk, { kind: 'exit-appraisal', isClosed: true })
  await pass(walk)
  await publish(walk, { kind: 'elimination', until: undefined })
  await pass(walk, { opinion: '风险已稳定消除，同意上报。' }, 'reviewer')
  await pass(walk, { opinion: '风险已稳定消除，同意标注。', mode: 'helped' }, 'leader')
  await pass(walk, { nationalNo: `示范-消-${walk.file.caseNo}` })
}

const dayMs = 86_400_000

function actorAt(ctx: Context, given: { actor: Actor; areaPath: string; daysAgo: number }): Context {
  const { actor, areaPath, daysAgo } = given
  const { countyCode } = ctx.scope
  const seat = `${areaPath.split('.').slice(0, depths[actor]).join('.')}.`
  return {
    ...ctx,
    scope: depths[actor] === 3 ? grantCounty(countyCode) : grantArea(countyCode, seat),
    caller: { ...ctx.caller, id: `system:demo-${actor}`, name: names[actor] },
    now: instantOf(Date.parse(ctx.now) - daysAgo * dayMs),
    today: addDays(ctx.today, -daysAgo),
  }
}

const by = (walk: Walk, actor: Actor) => actorAt(walk.ctx, { actor, areaPath: walk.file.areaPath, daysAgo: walk.daysAgo })

/** Moves the walk by days towards today, never beyond it. */
function later(walk: Walk, days: number): void {
  walk.daysAgo = Math.max(0, walk.daysAgo - days)
}

/** Whoever holds the case. */
function holder({ file }: Walk): Actor {
  const depth = file.heldBy.split('.').length - 1
  return depth >= 5 ? 'village' : depth === 4 ? 'township' : 'county'
}

async function move(walk: Walk, act: Omit<Act, 'revision'>, actor = holder(walk)): Promise<void> {
  const { caseId, revision } = walk.file
  walk.file = await actOnCase(by(walk, actor), { caseId, act: { ...act, revision } })
}

/** Files what the step asks for, signed, and passes the case on. */
async function pass(walk: Walk, act: Omit<Act, 'revision' | 'action'> = {}, actor = holder(walk)): Promise<void> {
  const { caseId, step } = walk.file
  const filing = by(walk, holder(walk))
  const { papers } = await readCasePapers(filing, caseId)
  for (const { key } of papers.filter((paper) => paper.step === step && paper.isAsked && paper.state !== 'signed'))
    await filePaper(filing, depsOf(walk), { caseId, step, kind: key, signedOn: undefined, stream: picture() })
  await move(walk, { action: 'pass', ...act }, actor)
}

const depsOf = ({ installation: { vault, filesDirectory } }: Walk) => ({ vault, filesDirectory })
const picture = () => Readable.from([demoPicture()])

async function visit(walk: Walk, finding: 'worse' | 'better'): Promise<void> {
  const village = by(walk, 'village')
  const note = finding === 'worse' ? '住院自付较多，主要劳力在照顾病人。' : '病情稳定，已恢复务工。'
  const visitors = ['村干部', '工作队员']
  await addVisit(village, { caseId: walk.file.caseId, visit: { visitedOn: village.today, method: 'home', visitors, finding, note } })
}

/** A year of wages up to last month, and the number computed from it. */
async function countIncome(walk: Walk, given: { purpose: 'identification' | 'elimination'; yuan: number }): Promise<void> {
  const village = by(walk, 'village')
  const { householdId } = walk.file
  const [monthFrom, monthTo] = [monthBefore(village.today, 12), monthBefore(village.today, 1)]
  const line = { item: '务工收入', personId: null, monthFrom, monthTo, fen: given.yuan * 100, evidenceId: null }
  await addIncomeLines(village, { householdId, input: { lines: [{ ...line, source: 'wage-slip', sourceNote: '示范' }] } })
  await calculateIncome(village, { householdId, input: { purpose: given.purpose } })
}

/** `YYYYMM` so many months before the month of a day. */
function monthBefore(day: string, months: number): string {
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months
  return `${Math.floor(all / 12)}${String((all % 12) + 1).padStart(2, '0')}`
}

async function authorise(walk: Walk): Promise<void> {
  const village = by(walk, 'village')
  const { householdId, caseNo } = walk.file
  const { vault } = walk.installation
  const paper = { householdId, personId: null, paper: `示范 ${caseNo}`, givenOn: village.today, validUntil: null, lists: [] }
  await noteAuthorisation(village, paper, { vault })
}

/** Every department answers that it found nothing. */
async function answerChecks(walk: Walk): Promise<void> {
  const office = by(walk, holder(walk) === 'village' ? 'township' : holder(walk))
  const { caseId } = walk.file
  const { departments, members, isExempt } = await readChecks(office, caseId)
  if (isExempt) return
  const day = { requestedOn: office.today, cameOn: office.today }
  const notes = departments.flatMap((department) =>
    members.map(({ personId }) => ({ ...day, department, personId, result: 'nothing' as const, word: null, what: null })),
  )
  if (notes.length > 0) await noteChecks(office, { caseId, notes })
}

/** Everybody comes and agrees; tells whether the meeting was closed. */
async function holdMeeting(walk: Walk, given: { kind: 'appraisal' | 'exit-appraisal'; isClosed: boolean }): Promise<boolean> {
  const village = by(walk, 'village')
  const { caseId } = walk.file
  const areaPath = `${walk.file.areaPath.split('.').slice(0, 5).join('.')}.`
  const place = { heldOn: village.today, place: '村部会议室' }
  const none = { householdId: null, personId: null, userId: null }
  const body = people.map((name, at) => ({ name, capacity: at === 0 ? ('committee' as const) : ('representative' as const), ...none }))
  const called = await callMeeting(village, { areaPath, kind: given.kind, caseIds: [caseId], body, ...place })
  const chair = called.people.find(({ capacity }) => capacity === 'committee')
  const held = await enterMeeting(village, called.meetingId, {
    ...place,
    revision: called.revision,
    chairId: chair?.appraiserId ?? null,
    minuteTaker: names.village,
    minutes: '逐户介绍情况，代表发言，举手表决。',
    people: called.people.map(({ appraiserId, name, capacity }) => ({ appraiserId, name, capacity, ...none, attended: true })),
    items: [{ caseId, votes: { for: people.length, against: 0, abstain: 0 }, opinion: '情况属实', deputyId: null, stated: [] }],
  })
  if (!given.isClosed) return false
  await closeMeeting(village, held.meetingId, { revision: held.revision })
  await attachToMeeting(village, depsOf(walk), { meetingId: held.meetingId, stream: picture() })
  return true
}

/** The notice of the case; tells whether it hung its days in peace. */
async function publish(walk: Walk, given: { kind: 'identification' | 'elimination'; until: DemoStop | undefined }): Promise<boolean> {
  const { kind, until } = given
  const deps = depsOf(walk)
  const areaPath = `${walk.file.areaPath.split('.').slice(0, 5).join('.')}.`
  const draft = await draftNotice(by(walk, 'village'), deps, { areaPath, kind, note: '', cases: [{ caseId: walk.file.caseId }] })
  const { noticeId } = draft
  const submitted = await submitNotice(by(walk, 'village'), deps, { noticeId, step: { revision: draft.revision } })
  if (until === 'submitted') return false
  const released = await releaseNotice(by(walk, 'township'), deps, { noticeId, step: { revision: submitted.revision } })
  const village = by(walk, 'village')
  await postNotice(village, deps, { noticeId, step: { revision: released.revision, postedOn: village.today } })
  const upload = { stream: picture(), fileName: '公示栏.png' }
  await addNoticeFile(village, deps, { noticeId, purpose: 'photo', upload })
  if (until === 'objected') {
    later(walk, 2)
    const said = {
      noticeId,
      source: 'walk-in' as const,
      caseId: walk.file.caseId,
      text: '听说这户在县城有房，请核实。',
      name: '',
      phone: '',
    }
    await recordObjection(by(walk, 'village'), deps, said)
    return false
  }
  later(walk, 10)
  await pass(walk)
  return true
}

import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds, listHouseholdMembers, type HouseholdCard, type MemberRecord } from '#modules/registry/server/index.ts'
import type { CaseEvent, CaseFile, CaseVisit } from '../../rules/case-records.ts'
import { caseSteps } from '../../rules/case-steps.ts'
import { actionWords, sourceWords, stepWords, visitFindingWords } from '../../rules/case-words.ts'
import { conclusionWords } from '../../rules/meetings/meeting-words.ts'
import type { PaperKind } from '../../rules/papers/paper-kinds.ts'
import { letterDay, numberText } from '../../rules/papers/paper-text.ts'
import { listMeasures, listVisits } from '../case-parts-store.ts'
import { listEvents } from '../case-store.ts'
import { listCalculations } from '../income/income-store.ts'
import { listMeetingsOfCase } from '../meetings/meeting-store.ts'
import { knownFacts } from './paper-known.ts'
import { placeValues } from './paper-place.ts'
import { findNoticeOfCase } from './paper-subject-store.ts'
import { openNumbers, type WholeNumbers } from './paper-whole.ts'

type Within = Context & { readonly db: Db }
/** From which age a member signs for himself. */
const fullAge = 18

/** What is opened besides, for a reason: identity numbers of the members of a paper. */
export interface OpenNumbers {
  readonly kind: PaperKind
  readonly reason: string
}

/** Everything that the papers of a case show, gathered from what is on file; telephones, and identity numbers that are not opened, are masked. */
export async function caseValues(
  ctx: Within,
  deps: { vault: Vault },
  given: { file: CaseFile; open?: OpenNumbers | undefined },
): Promise<PaperValues> {
  const { file, open } = given
  const [card] = await findHouseholds(ctx, ctx.db, [file.householdId])
  if (card === undefined) throw httpErrors.notFound()
  const members =
    (await listHouseholdMembers(ctx, ctx.db, { householdIds: [file.householdId], vault: deps.vault })).get(file.householdId) ?? []
  const numbers: WholeNumbers = open === undefined ? new Map() : await openNumbers(ctx, { ...open, members, vault: deps.vault })
  return {
    ...(await placeValues(ctx, file.areaPath)),
    ...householdValues(file, { card, members, numbers }),
    ...(await knownFacts(ctx, file.householdId)),
    ...(await procedureValues(ctx, file)),
    ...(await appraisalValues(ctx, file)),
    ...(await incomeValues(ctx, file)),
  }
}

function householdValues(
  file: CaseFile,
  { card, members, numbers }: { card: HouseholdCard; members: readonly MemberRecord[]; numbers: WholeNumbers },
): PaperValues {
  const memberRow = (member: MemberRecord, at: number) => rowOf(member, at, numbers)
  const head = members.find((member) => member.isHead)
  const [main = '', ...others] = file.risks
  return {
    组: card.group ?? '',
    户主: card.headName ?? '',
    户编号: card.householdNo,
    家庭人口: String(card.memberCount),
    个案编号: file.caseNo,
    轮次: String(file.round),
    成员: members.map(memberRow),
    成年成员: members.filter((member) => member.age === undefined || member.age >= fullAge).map(memberRow),
    联系电话: head?.phoneMasked ?? '',
    户主证件号码: head === undefined ? '' : (numbers.get(head.personId) ?? head.idMasked ?? ''),
    监测对象类别: file.kind ?? '',
    主要风险: main,
    其他风险: others.join('、'),
    识别日期: letterDay(file.identifiedOn),
    来源: sourceWords[file.source].zh,
    开案日期: letterDay(file.openedOn),
  }
}

const sexes = { male: '男', female: '女' } as const

function rowOf(member: MemberRecord, at: number, numbers: WholeNumbers): PaperValues {
  const factOf = (key: string) => {
    const value = member.facts.find((fact) => fact.key === key)?.value
    return value === undefined ? '' : String(value)
  }
  return {
    序号: String(at + 1),
    姓名: member.name,
    关系: member.relation ?? '',
    性别: member.sex === undefined ? '' : sexes[member.sex],
    年龄: numberText(member.age),
    证件号码: numbers.get(member.personId) ?? member.idMasked ?? '',
    文化程度: factOf('educationLevel'),
    健康状况: factOf('healthStatus'),
    劳动技能: member.labourSkill ?? '',
    务工地点: factOf('workPlace'),
  }
}

/** Which of the two procedures a case is in now: its steps, visits, meetings and notices are those that its papers speak of. */
const isExit = (file: CaseFile) => caseSteps[file.step].procedure === 'elimination' || file.step === 'follow-up'

async function procedureValues(ctx: Within, file: CaseFile): Promise<PaperValues> {
  const events = (await listEvents(ctx.db, ctx.scope, file.caseId)).filter((event) => event.round === file.round)
  const visits = (await listVisits(ctx.db, ctx.scope, file.caseId)).filter((visit) => visit.round === file.round)
  const measures = (await listMeasures(ctx.db, ctx.scope, file.caseId)).filter((measure) => measure.round === file.round)
  const decision = events.findLast((event) => event.stepBefore === 'decision' && (event.action === 'pass' || event.action === 'reject'))
  return {
    环节: events.filter((event) => event.action !== 'open').map(eventRow),
    入户: visits.filter((visit) => visit.step.startsWith('exit-') === isExit(file)).map(visitRow),
    申请事由: events.find((event) => event.action === 'open')?.opinion ?? '',
    审定意见: decision === undefined ? '' : (decision.opinion ?? decision.reason ?? ''),
    审定结论: decision === undefined ? '' : decision.action === 'pass' ? '同意纳入' : '不予纳入',
    措施: measures.map((measure, at) => ({
      序号: String(at + 1),
      风险: measure.risk,
      类别: measure.category,
      内容: measure.content,
      开始: measure.startedOn,
      结束: measure.endedOn ?? '',
    })),
  }
}

function eventRow(event: CaseEvent, at: number): PaperValues {
  return {
    序号: String(at + 1),
    环节: event.stepBefore === null ? '' : stepWords[event.stepBefore].zh,
    日期: event.onDay,
    经办人: event.actorName,
    结果: actionWords[event.action].zh,
    意见: [event.opinion, event.reason].filter((text) => text !== null).join('；'),
  }
}

function visitRow(visit: CaseVisit): PaperValues {
  const { visitedOn, visitors, finding, note } = visit
  return { 日期: visitedOn, 入户人: visitors.join('、'), 情况: visitFindingWords[finding].zh, 说明: note }
}

async function appraisalValues(ctx: Within, file: CaseFile): Promise<PaperValues> {
  const kind = isExit(file) ? 'exit-appraisal' : 'appraisal'
  const meetings = await listMeetingsOfCase(ctx.db, ctx.scope, { caseId: file.caseId, round: file.round, kind })
  const held = meetings.find((meeting) => meeting.state === 'closed')
  const notice = await findNoticeOfCase(ctx.db, ctx.scope, {
    caseId: file.caseId,
    round: file.round,
    kind: isExit(file) ? 'elimination' : 'identification',
  })
  return {
    评议日期: letterDay(held?.heldOn),
    评议应到: numberText(held?.entitled),
    评议实到: numberText(held?.present),
    同意票: numberText(held?.votes?.for),
    反对票: numberText(held?.votes?.against),
    弃权票: numberText(held?.votes?.abstain),
    评议结论: held?.conclusion === undefined || held.conclusion === null ? '' : conclusionWords[held.conclusion].zh,
    公示开始: letterDay(notice?.postedOn),
    公示结束: letterDay(notice?.endsOn),
    异议件数: numberText(notice?.objections),
  }
}

async function incomeValues(ctx: Within, file: CaseFile): Promise<PaperValues> {
  const purpose = isExit(file) ? 'elimination' : 'identification'
  const [kept] = (await listCalculations(ctx.db, ctx.scope, { householdId: file.householdId })).filter((one) => one.purpose === purpose)
  if (kept === undefined) return { 收入期间: '', 家庭纯收入: '', 人均纯收入: '', 收入人口: '' }
  const yuan = (fen: number | null) => (fen === null ? '' : formatYuan(fen))
  return {
    收入期间: `${kept.periodFrom} 至 ${kept.periodTo}`,
    家庭纯收入: yuan(kept.netFen),
    人均纯收入: yuan(kept.perPersonFen),
    收入人口: String(kept.persons),
  }
}

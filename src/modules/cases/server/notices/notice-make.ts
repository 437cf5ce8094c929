import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { findHouseholds, listHouseholdMembers, type HouseholdCard, type MemberRecord } from '#modules/registry/server/index.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { showLine, type NoticeKind, type ShownLine } from '../../rules/notices/notice-fields.ts'
import { lintNotice, type NoticeFinding, type NoticeText } from '../../rules/notices/notice-lint.ts'
import type { LintTerms } from '../../rules/notices/notice-lint-terms.ts'
import type { NoticePaper } from '../../rules/notices/notice-records.ts'
import type { NoticeTerms } from '../../rules/notices/notice-terms.ts'
import { bodyOf, closingOf, titleOf } from '../../rules/notices/notice-texts.ts'
import { termsOf } from '../case-terms.ts'
import { listWaitingCases } from './notice-candidate-store.ts'
import { noticeErrors } from './notice-errors.ts'
import { noticeTermsOf } from './notice-terms.ts'
import type { WrittenLine, WrittenNotice } from './notice-write-store.ts'

type Within = Context & { readonly db: Db }

/** What is wanted of a notice. `own`: the notice itself, where it stands already. */
export interface WantedNotice {
  readonly areaPath: string
  readonly kind: NoticeKind
  readonly title: string | undefined
  readonly note: string
  readonly days: number | undefined
  readonly cases: readonly { readonly caseId: string; readonly monitorKind?: string | undefined; readonly risk?: string | undefined }[]
  readonly own?: string
}

/** A notice as it would be written, with what must be mended before it goes out. */
export interface MadeNotice {
  readonly written: WrittenNotice
  readonly lines: readonly WrittenLine[]
  readonly findings: readonly NoticeFinding[]
}

/**
 * Makes a notice from the allow-list of fields and scans it. Throws `cases.notice-village`, `notice-cases`, `notice-days`, `notice-word`,
 * `notice-terms`.
 */
export async function makeNotice(ctx: Within, deps: { vault: Vault }, wanted: WantedNotice): Promise<MadeNotice> {
  const { areaPath, kind, cases } = wanted
  const place = await placeOf(ctx, areaPath)
  const terms = await noticeTermsOf(ctx, areaPath)
  const days = wanted.days ?? terms.days
  if (days < terms.days) throw noticeErrors.noticeDays({ days: terms.days })
  const caseIds = [...new Set(cases.map(({ caseId }) => caseId))]
  const found = await listWaitingCases(ctx.db, ctx.scope, { areaPath, kind, own: wanted.own, caseIds })
  if (found.length !== caseIds.length || caseIds.length !== cases.length)
    throw noticeErrors.noticeCases({ count: cases.length - found.length })
  const households = await householdsOf(
    ctx,
    deps,
    found.map(({ householdId }) => householdId),
  )
  const words = await termsOf(ctx, { areaPath, asOf: ctx.today })
  const byId = new Map(found.map((one) => [one.caseId, one]))
  const lines = cases.map((asked) => {
    const file = byId.get(asked.caseId)
    const household = households.get(file?.householdId ?? '')
    if (file === undefined || household === undefined) throw noticeErrors.noticeCases({ count: 1 })
    const monitorKind = wordOf(asked.monitorKind ?? file.monitorKind, words.kinds, asked.monitorKind)
    const risk = wordOf(asked.risk ?? file.risk, words.risks, asked.risk)
    const shown = lineOf(household, { monitorKind, risk, terms, today: ctx.today })
    return { caseId: file.caseId, householdId: file.householdId, areaPath: file.areaPath, round: file.round, monitorKind, risk, shown }
  })
  const { columns, nameStyle, calendar, phones, policy } = terms
  const title = wanted.title ?? titleOf(kind, place.village)
  const texts = textsOfNotice({ title, note: wanted.note, lines: lines.map(({ shown }) => shown), files: [] })
  const findings = lintNotice(texts, lintTermsOf(ctx, { terms, households: [...households.values()] }))
  return {
    written: { title, note: wanted.note, columns, nameStyle, days, calendar, phones, policy, findings: findings.length },
    lines,
    findings,
  }
}

/** A word of the policy: what somebody chose must be one; what the file says and policy does not know is left out. */
function wordOf(word: string | null, known: readonly string[], chosen: string | undefined): string | null {
  if (word === null || known.includes(word)) return word
  if (chosen !== undefined) throw noticeErrors.noticeWord({ word })
  return null
}

/** Township and village of a village's path. Throws `cases.notice-village`. */
export async function placeOf(ctx: Context, areaPath: string): Promise<{ township: string; village: string }> {
  if (seatPath(areaPath, 'village') !== areaPath) throw noticeErrors.noticeVillage()
  const areas = await listAreas(ctx, { under: seatPath(areaPath, 'township'), level: 'village' })
  const name = (path: string) => areas.find((area) => area.path === path)?.name
  const village = name(areaPath)
  const { scope } = ctx
  const isReached = scope.kind === 'area' ? areaPath >= scope.lo && areaPath < scope.hi : scope.kind !== 'households'
  if (village === undefined || !isReached || areaPath.split('.').length !== 6) throw noticeErrors.noticeVillage()
  return { township: name(seatPath(areaPath, 'township')) ?? '', village }
}

/** What is known of the households of a notice. */
export interface NoticeHousehold {
  readonly card: HouseholdCard
  readonly members: readonly MemberRecord[]
}

export async function householdsOf(
  ctx: Within,
  { vault }: { vault: Vault },
  householdIds: readonly string[],
): Promise<Map<string, NoticeHousehold>> {
  const cards = await findHouseholds(ctx, ctx.db, householdIds)
  const members = await listHouseholdMembers(ctx, ctx.db, { householdIds, vault })
  return new Map(cards.map((card) => [card.householdId as string, { card, members: members.get(card.householdId) ?? [] }]))
}

function lineOf(
  { card, members }: NoticeHousehold,
  given: { monitorKind: string | null; risk: string | null; terms: NoticeTerms; today: string },
): ShownLine {
  const { monitorKind, risk, terms, today } = given
  const head = members.find(({ isHead }) => isHead)
  return showLine(
    {
      group: card.group,
      headName: card.headName ?? head?.name,
      headBornOn: head?.bornOn,
      members: card.memberCount,
      kind: monitorKind ?? undefined,
      risk: risk ?? undefined,
    },
    { columns: terms.columns, nameStyle: terms.nameStyle, riskWords: terms.riskWords, today },
  )
}

/** What a scan looks for: the words and telephones of policy, and the people of the households. */
export function lintTermsOf(ctx: Context, given: { terms: NoticeTerms; households: readonly NoticeHousehold[] }): LintTerms {
  const { terms, households } = given
  const people = households.flatMap(({ members }) => members.map(({ name, isHead, bornOn }) => ({ name, isHead, bornOn })))
  const places = [...new Set(households.flatMap(({ card }) => [card.village, card.township]))].filter((name) => name !== '')
  return { ...terms, people, places, showsNames: terms.nameStyle === 'full', today: ctx.today }
}

/** Every text that reaches the paper, with where it stands there. */
export function textsOfNotice(given: { title: string; note: string; lines: readonly ShownLine[]; files: readonly string[] }): NoticeText[] {
  return [
    { part: 'title', name: '', text: given.title },
    { part: 'note', name: '', text: given.note },
    ...given.files.map((name) => ({ part: 'file-name' as const, name, text: name })),
    ...given.lines.flatMap((line, at) =>
      Object.entries(line).map(([column, text]) => ({ part: 'cell' as const, name: `${String(at + 1)} ${column}`, text })),
    ),
  ]
}

/** The paper of a notice; struck households do not stand on it. */
export function paperOf(given: {
  notice: Pick<WrittenNotice, 'title' | 'note' | 'columns' | 'days' | 'calendar' | 'phones'> & { noticeNo: string; kind: NoticeKind }
  lines: readonly ShownLine[]
  place: { township: string; village: string }
}): NoticePaper {
  const { notice, lines, place } = given
  const { title, columns, note, noticeNo, kind } = notice
  return {
    title,
    columns,
    body: bodyOf(kind),
    note,
    lines,
    closing: closingOf(notice),
    place: `${place.township}${place.village}`,
    noticeNo,
  }
}

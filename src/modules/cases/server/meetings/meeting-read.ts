import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { allPages, exportList, findHouseholds, mapped, type HouseholdCard } from '#modules/registry/server/index.ts'
import { missingToClose } from '../../rules/meetings/meeting-closing.ts'
import type { HomeNames, Meeting, MeetingCard, MeetingItem, WaitingVillage } from '../../rules/meetings/meeting-records.ts'
import type { FilterMeetings, ListMeetings } from '../../rules/meetings/meeting-requests.ts'
import { meetingKindWords, meetingStateWords } from '../../rules/meetings/meeting-words.ts'
import { countItems, writerWays, type SaidOfItem } from './meeting-count.ts'
import { meetingErrors } from './meeting-errors.ts'
import {
  countMeetings,
  countWaiting,
  findMeeting,
  listHeldMeetings,
  listItems,
  listMembers,
  listRecusals,
  listVotes,
  type HeldItem,
  type HeldMeeting,
} from './meeting-store.ts'
import type { WrittenItem } from './meeting-write-store.ts'

const usualPage = 50
const rowsAtOnce = 500

/** One page of meetings, the latest first, with the villages whose cases wait for one. */
export async function readMeetings(
  ctx: Context,
  query: ListMeetings,
): Promise<Page<MeetingCard> & { total: number; waiting: WaitingVillage[] }> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const names = await villageNames({ ...ctx, db })
    const page = await pageOf(ctx, db, { filter, after, limit, names })
    const waiting = (await countWaiting(db, ctx.scope)).map((one) => ({ ...one, village: names.get(one.areaPath) ?? '' }))
    return { ...page, total: await countMeetings(db, { scope: ctx.scope, filter }), waiting }
  })
}

async function pageOf(
  ctx: Context,
  db: Db,
  given: { filter: FilterMeetings; after: string | undefined; limit: number; names: ReadonlyMap<string, string> },
): Promise<Page<MeetingCard>> {
  const { filter, after, limit, names } = given
  const rows = await listHeldMeetings(db, { scope: ctx.scope, filter }, { limit: limit + 1, after: readCursor(after, ['day', 'id']) })
  const page = toPage(rows, limit, (row) => [row.heldOn, row.meetingId])
  return { ...page, items: page.items.map((row) => toCard(row, names.get(row.areaPath) ?? '')) }
}

async function villageNames(ctx: Context): Promise<ReadonlyMap<string, string>> {
  const under = ctx.scope.kind === 'area' ? { under: ctx.scope.path } : {}
  return new Map((await listAreas(ctx, { level: 'village', ...under })).map((area) => [area.path, area.name]))
}

function toCard(row: HeldMeeting, village: string): MeetingCard {
  const { meetingId, areaPath, kind, state, heldOn, place, items, agreed, refused, withoutQuorum, members, attended } = row
  const { correctsId, calledName, revision, sheetAttachmentId } = row
  return {
    meetingId,
    areaPath,
    village,
    kind,
    state,
    heldOn,
    place,
    items,
    agreed,
    refused,
    withoutQuorum,
    members,
    attended,
    hasSheet: sheetAttachmentId !== null,
    correctsId,
    calledName,
    revision,
  }
}

/** A meeting with its people, households, recusals as they hold, and what stands against closing it. Throws `cases.meeting-not-found`. */
export async function readMeeting(ctx: Context, meetingId: string): Promise<Meeting> {
  return inTransaction(ctx, (db) => getMeeting({ ...ctx, db }, meetingId))
}

/** The same inside a transaction. */
export async function getMeeting(ctx: Context & { readonly db: Db }, meetingId: string): Promise<Meeting> {
  const { db, scope } = ctx
  const held = await findMeeting(db, scope, { meetingId })
  if (held === undefined) throw meetingErrors.meetingNotFound()
  const people = await listMembers(db, scope, meetingId)
  const kept = await listItems(db, scope, meetingId)
  const said = await listSaid(ctx, meetingId, kept)
  const isOver = held.state === 'closed' || held.state === 'dropped'
  const counted = await countItems(ctx, { terms: held.terms, people, items: said })
  const caseHomes = kept.map((item) => item.householdId)
  const homes = people.flatMap(({ householdId }) => householdId ?? [])
  const known = await findHouseholds(ctx, db, [...caseHomes, ...homes])
  const cards = new Map(known.map((card) => [card.householdId, card]))
  const recusals = isOver ? await listRecusals(db, scope, meetingId) : []
  const cases = kept.map((item, at) =>
    toItem(item, {
      said: said[at],
      card: cards.get(item.householdId),
      recusals: isOver ? recusals.filter((one) => one.itemId === item.itemId) : (counted[at]?.recusals ?? []),
    }),
  )
  const [village] = [...(await villageNames(ctx))].filter(([path]) => path === held.areaPath)
  const { reason, chairId, minuteTaker, minutes, sheetAttachmentId, correctedBy, calledAt, closedName, closedAt, terms } = held
  return {
    ...toCard(held, village?.[1] ?? ''),
    reason,
    chairId,
    minuteTaker,
    minutes,
    sheetAttachmentId,
    correctedBy,
    calledAt,
    closedName,
    closedAt,
    terms,
    people,
    cases,
    homes: homeNames(homes, cards),
    missing: isOver
      ? []
      : missingToClose({ ...held, people, items: closingItems(cases, { counted, ways: await writerWays(ctx, caseHomes) }) }, ctx.today),
    can: whatMay(ctx, held),
  }
}

function whatMay(ctx: Context, { state, correctedBy }: HeldMeeting): Meeting['can'] {
  const may = mayDo(ctx, 'cases.meeting', 'hold')
  return {
    enter: may && (state === 'called' || state === 'held'),
    close: may && state === 'held',
    drop: may && state === 'called',
    correct: may && state === 'closed' && correctedBy === null,
    addSheet: may && state !== 'dropped',
  }
}

/** What people know these households by. */
export function homeNames(householdIds: readonly string[], cards: ReadonlyMap<string, HouseholdCard>): HomeNames {
  return Object.fromEntries(
    householdIds.flatMap((id) => {
      const card = cards.get(id)
      return card === undefined ? [] : [[id, [card.headName, card.group].filter((part) => part !== undefined).join(' ')]]
    }),
  )
}

/** What closing asks of each household. */
export function closingItems(
  cases: readonly Pick<MeetingItem, 'householdId' | 'headName' | 'householdNo' | 'deputyId'>[],
  { counted, ways }: { counted: readonly WrittenItem[]; ways: ReadonlyMap<string, readonly string[]> },
): Parameters<typeof missingToClose>[0]['items'] {
  return counted.map((item, at) => ({
    head: cases[at]?.headName ?? cases[at]?.householdNo ?? '',
    deputyId: item.deputyId,
    recused: item.recusals,
    writerPath: ways.get(cases[at]?.householdId ?? '') ?? null,
    counted: item.counted,
  }))
}

/** What stands of each household of a meeting, as it was entered. */
export async function listSaid(ctx: Context & { readonly db: Db }, meetingId: string, items: readonly HeldItem[]): Promise<SaidOfItem[]> {
  const votes = await listVotes(ctx.db, ctx.scope, meetingId)
  const recusals = await listRecusals(ctx.db, ctx.scope, meetingId)
  return items.map((item) => ({
    itemId: item.itemId,
    householdId: item.householdId,
    byName: item.byName,
    votes: item.votesFor === null ? undefined : { for: item.votesFor, against: item.votesAgainst ?? 0, abstain: item.abstained ?? 0 },
    named: votes.filter((vote) => vote.itemId === item.itemId),
    opinion: item.opinion,
    deputyId: item.deputyId,
    stated: recusals.flatMap(({ itemId, memberId, reason }) => (itemId === item.itemId && reason !== null ? [{ memberId, reason }] : [])),
  }))
}

function toItem(
  item: HeldItem,
  given: { said: SaidOfItem | undefined; card: HouseholdCard | undefined; recusals: MeetingItem['recusals'] },
): MeetingItem {
  const { itemId, caseId, caseNo, householdId, areaPath, round, byName, opinion, deputyId } = item
  const { entitled, present, representatives, conclusion } = item
  const { said, card } = given
  return {
    itemId,
    caseId,
    caseNo,
    householdId,
    areaPath,
    round,
    byName,
    opinion,
    deputyId,
    entitled,
    present,
    representatives,
    conclusion,
    headName: card?.headName ?? null,
    householdNo: card?.householdNo ?? '',
    group: card?.group ?? null,
    members: card?.memberCount ?? 0,
    votes: said?.votes ?? null,
    named: Object.fromEntries((said?.named ?? []).map(({ memberId, vote }) => [memberId, vote])),
    recusals: given.recusals.map(({ memberId, why, path, reason }) => ({ memberId, why, path, reason })),
  }
}

/** The list as it is filtered, as a file. */
export async function exportMeetings(
  ctx: Context,
  query: FilterMeetings & { purpose: string; format: 'xlsx' | 'csv' },
  deps: { filesDirectory: string },
): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const names = await villageNames({ ...ctx, db })
    const all = allPages((after) => pageOf(ctx, db, { filter, after, limit: rowsAtOnce, names }))
    const columns = [
      '行政村',
      '会议日期',
      '地点',
      '类型',
      '状态',
      '应到',
      '到会',
      '上会户数',
      '同意',
      '不同意',
      '到会不足',
      '签字表',
      '召集登记人',
    ]
    return exportList(
      { ...ctx, db },
      {
        list: 'cases.meetings',
        columns: columns.map((label) => ({ label })),
        rows: mapped(all, cellsOf),
        filter,
        purpose,
        format,
        filesDirectory: deps.filesDirectory,
      },
    )
  })
}

function cellsOf(card: MeetingCard): string[] {
  return [
    card.village,
    card.heldOn,
    card.place,
    meetingKindWords[card.kind].zh,
    meetingStateWords[card.state].zh,
    ...[card.members, card.attended, card.items, card.agreed, card.refused, card.withoutQuorum].map(String),
    card.hasSheet ? '有' : '无',
    card.calledName,
  ]
}

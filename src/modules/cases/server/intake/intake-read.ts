import { maskIdNumber } from '#kernel/pure/text/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { findHouseholds, listHouseholdMembers } from '#modules/registry/server/index.ts'
import { listOpenLeadHouseholds } from '#modules/screening/server/index.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { areaAbove, confidenceOf, isActionOf } from '../../rules/intake/intake-matches.ts'
import {
  intakeChannels,
  intakeStates,
  type IntakeAction,
  type IntakeCard,
  type IntakeCounts,
  type IntakeFile,
} from '../../rules/intake/intake-records.ts'
import type { FilterIntakes, ListIntakes } from '../../rules/intake/intake-requests.ts'
import { seatOfCaller } from '../case-seat.ts'
import { findCasesOfHousehold } from '../case-store.ts'
import { listReceipts } from './declaration-store.ts'
import { isSameName, mayHandle } from './intake-act.ts'
import { countChosen, countIntakes, listIntakes, listIntakesOfHousehold, type IntakeSearch } from './intake-list-store.ts'
import { findCandidates } from './intake-match.ts'
import { findIntake, listIntakeEvents, placeOfIntake, placeOfIntakeEvent, type IntakeRow } from './intake-store.ts'

type Within = Context & { readonly db: Db }
/** Rows of a page unless asked otherwise. */
export const usualPage = 50

export function searchOf(ctx: Context, filter: FilterIntakes): IntakeSearch {
  return { scope: ctx.scope, filter, heldBy: seatOfCaller(ctx).path, today: ctx.today }
}

/** One page of what came in, the most urgent first. */
export async function readIntakes(ctx: Context, query: ListIntakes): Promise<Page<IntakeCard> & { total: number }> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    return { ...(await pageOfIntakes(within, { filter, after, limit })), total: await countChosen(db, searchOf(ctx, filter)) }
  })
}

/** A page without its total, for the list and its export. */
export async function pageOfIntakes(
  ctx: Within,
  given: { filter: FilterIntakes; after: string | undefined; limit: number },
): Promise<Page<IntakeCard>> {
  const { filter, after, limit } = given
  return pageFound(ctx, { search: searchOf(ctx, filter), after, limit })
}

/** A page of what a search of any kind finds. */
export async function pageFound(
  ctx: Within,
  given: { search: IntakeSearch; after: string | undefined; limit: number },
): Promise<Page<IntakeCard>> {
  const { search, after, limit } = given
  const rows = await listIntakes(ctx.db, search, { limit: limit + 1, after: readCursor(after, ['number', 'day', 'id']) })
  const page = toPage(rows, limit, (row) => [row.state === 'closed' ? 1 : 0, row.dueOn, row.intakeId])
  return { ...page, items: await cardsOfIntakes(ctx, page.items) }
}

/** How many wait, in each state and by each channel. */
export async function readIntakeCounts(ctx: Context, filter: FilterIntakes): Promise<IntakeCounts> {
  return inTransaction(ctx, async (db) => {
    const rows = await countIntakes(db, searchOf(ctx, filter))
    const sum = (chosen: (row: (typeof rows)[number]) => boolean, count: (row: (typeof rows)[number]) => number = (row) => row.n) =>
      rows.filter(chosen).reduce((total, row) => total + count(row), 0)
    const each = <Key extends string>(keys: readonly Key[], of: (row: (typeof rows)[number]) => string) =>
      // Safe: the keys are those of the list.
      Object.fromEntries(keys.map((key) => [key, sum((row) => of(row) === key)])) as Record<Key, number>
    return {
      mine: sum(
        () => true,
        (row) => row.mine,
      ),
      unlinked: sum(
        () => true,
        (row) => row.unlinked,
      ),
      overdue: sum(
        () => true,
        (row) => row.overdue,
      ),
      states: each(intakeStates, (row) => row.state),
      channels: each(intakeChannels, (row) => row.channel),
    }
  })
}

/** Rows with the names of their places and households; a household out of scope is not named. */
export async function cardsOfIntakes(ctx: Within, rows: readonly IntakeRow[]): Promise<IntakeCard[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.flatMap((row) => row.householdId ?? []))]
  const households = new Map((await findHouseholds(ctx, ctx.db, ids)).map((card) => [card.householdId, card]))
  const names = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area.name]))
  return rows.map((row) => toCard(ctx, row, { names, household: row.householdId === null ? undefined : households.get(row.householdId) }))
}

type Known = Awaited<ReturnType<typeof findHouseholds>>[number]

function toCard(ctx: Context, row: IntakeRow, given: { names: ReadonlyMap<string, string>; household: Known | undefined }): IntakeCard {
  const { names, household } = given
  const villagePath = seatPath(row.areaPath, 'village')
  const townshipPath = seatPath(row.areaPath, 'township')
  const { state, dueOn, matchWay: way, matches: count } = row
  const isSame = isSameName(row.name, row.matchName)
  return {
    ...standingOf(row),
    township: names.get(townshipPath) ?? '',
    village: villagePath === townshipPath ? '' : (names.get(villagePath) ?? ''),
    isOverdue: state !== 'closed' && state !== 'in-case' && dueOn < ctx.today,
    household: household === undefined ? null : householdOf(household),
    match: way === null ? null : { way, count, confidence: confidenceOf(way, { count, isSameName: isSame }) },
  }
}

function householdOf({
  householdId,
  householdNo,
  headName = null,
}: Omit<Known, 'headName'> & { headName?: string | null | undefined }): IntakeCard['household'] {
  return { householdId, householdNo, headName }
}

/** What a list shows of a row as it stands; the telephone by its mask. */
function standingOf(row: IntakeRow) {
  const { intakeId, areaPath, channel, sender, senderNo, receivedAt, receivedOn, state, heldBy, dueOn, name, difficulties } = row
  const { wantsCall, submissions, caseId, outcome, closedOn, handlerName, revision, phoneTail: phoneMasked } = row
  const came = { intakeId, areaPath, channel, sender, senderNo, receivedAt, receivedOn, name, phoneMasked, difficulties, wantsCall }
  return { ...came, submissions, state, heldBy, dueOn, caseId, outcome, closedOn, handlerName, revision }
}

/** One intake whole, with the households that may be meant and what is known of the one that is. Out of scope it is not found. */
export async function readIntake(ctx: Context, deps: { vault: Vault }, intakeId: string): Promise<IntakeFile> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const row = await findIntake(db, ctx.scope, intakeId)
    const [card] = row === undefined ? [] : await cardsOfIntakes(within, [row])
    if (row === undefined || card === undefined) throw httpErrors.notFound()
    const open = (column: 'phone' | 'id' | 'text', cell: Buffer | null) =>
      cell === null ? undefined : deps.vault.decrypt(cell, placeOfIntake(column, intakeId))
    const idNumber = open('id', row.idCell)
    const { name, areaPath, reporterName, reporterRelation, reason } = row
    const isSought = (row.state === 'new' || row.state === 'matched') && name !== null
    const person = { name: name ?? '', areaPath: seatPath(areaPath, 'village'), idNumber, phone: open('phone', row.phoneCell) }
    return {
      ...card,
      reporterName,
      reporterRelation,
      reason,
      idMasked: idNumber === undefined ? null : maskIdNumber(idNumber),
      text: open('text', row.textCell) ?? null,
      receipts: (await listReceipts(db, ctx.scope, intakeId)).map(({ receiptNo, receivedAt }) => ({
        receiptNo,
        receivedAt,
      })),
      events: (await listIntakeEvents(db, ctx.scope, intakeId)).map(({ intakeEventId, textCell, ...event }) => ({
        ...event,
        text: textCell === null ? null : deps.vault.decrypt(textCell, placeOfIntakeEvent(intakeEventId)),
      })),
      candidates: isSought ? await findCandidates(within, deps, person) : [],
      known: await knownOf(within, deps, row.householdId),
      earlier: await earlierOf(within, row),
      can: canOf(ctx, row),
    }
  })
}

/** The household as the register has it, to be held beside what was said. */
async function knownOf(ctx: Within, { vault }: { vault: Vault }, householdId: string | null): Promise<IntakeFile['known']> {
  const [card] = householdId === null ? [] : await findHouseholds(ctx, ctx.db, [householdId])
  if (card === undefined) return null
  const members = (await listHouseholdMembers(ctx, ctx.db, { householdIds: [card.householdId], vault })).get(card.householdId) ?? []
  const { type = null, monitorCategory = null } = card
  return {
    type,
    monitorCategory,
    place: [card.township, card.village, card.group ?? ''].filter((part) => part !== '').join(' '),
    members: members.map(({ name, relation = null, age = null, phoneMasked = null }) => ({
      name,
      relation,
      age,
      phoneMasked,
    })),
  }
}

async function earlierOf(ctx: Within, row: IntakeRow): Promise<IntakeFile['earlier']> {
  const { householdId } = row
  if (householdId === null) return { hasOpenLead: false, cases: [], intakes: [] }
  const leads = await listOpenLeadHouseholds(ctx, ctx.db, { asOf: ctx.today, householdIds: [householdId] })
  const cases = await findCasesOfHousehold(ctx.db, ctx.scope, householdId)
  const others = await listIntakesOfHousehold(ctx.db, ctx.scope, householdId)
  return {
    hasOpenLead: leads.has(householdId),
    cases: cases.map(({ caseId, caseNo, openedOn, endedOn }) => ({ caseId, caseNo, openedOn, isOpen: endedOn === null })),
    intakes: others
      .filter((one) => one.intakeId !== row.intakeId)
      .map(({ intakeId, receivedOn, channel, state }) => ({ intakeId, receivedOn, channel, state })),
  }
}

function canOf(ctx: Context, row: IntakeRow): IntakeFile['can'] {
  const isHis = mayHandle(ctx, row)
  const may = (action: IntakeAction) => isHis && isActionOf(row.state, action)
  return {
    link: may('link'),
    unlink: may('unlink'),
    return: may('return') && areaAbove(row.heldBy) !== row.heldBy,
    send: may('send') && seatOfCaller(ctx).level !== 'village',
    'open-case': may('open-case') && mayDo(ctx, 'cases.case', 'open'),
    close: may('close'),
    reopen: may('reopen') && row.caseId === null,
    show: mayDo(ctx, 'cases.intake', 'handle') && (row.phoneCell !== null || row.idCell !== null),
  }
}

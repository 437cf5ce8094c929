import { readCursor, toPage } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { describeField, readNumberFacts, searchHouseholds } from '#modules/registry/server/index.ts'
import type { SearchFindings } from '../contract.ts'
import { deriveFixes, type MemberFacts } from '../rules/derive-fix.ts'
import type { DerivedFix, FindingCounts, FindingFile, FindingPage } from '../rules/worklist-records.ts'
import { countExceptions, listExceptionsOf } from './exception-store.ts'
import { showExceptions } from './exception-read.ts'
import { makeCards, rulesOn, textOf } from './finding-cards.ts'
import { listFindingEvents } from './finding-event-store.ts'
import { countFindings, cursorOf, findFindings, listFindings, type FindingSearch, type StoredFinding } from './finding-store.ts'
import { readMembers, seatOfCaller, type WorklistDeps } from './worklist-neighbours.ts'

const usualPage = 50
const mostOthers = 50

/** One page of the worklist with the number of all that the filter finds. */
export async function readFindings(ctx: Context, query: SearchFindings, deps: WorklistDeps): Promise<FindingPage> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const search = await searchFor(within, filter, deps)
    const rows = await listFindings(db, search, { limit: limit + 1, after: readCursor(after, ['number', 'text', 'id']) })
    const page = toPage(rows, limit, cursorOf)
    const { total } = await countFindings(db, search)
    return { ...page, items: await makeCards(within, page.items), total }
  })
}

/** Counts by state, overdue, answered and waiting for the caller, for a filter; and the exceptions that wait for a decision. */
export async function readFindingCounts(ctx: Context, filter: SearchFindings, deps: WorklistDeps): Promise<FindingCounts> {
  return inTransaction(ctx, async (db) => {
    const counts = await countFindings(db, await searchFor({ ...ctx, db }, filter, deps))
    return { ...counts, asked: await countAsked(ctx, db) }
  })
}

/** Exceptions that wait for a decision; 0 for callers who do not decide. */
export async function countAsked(ctx: Context, db: Db): Promise<number> {
  if (!mayDo(ctx, 'quality.exception', 'decide')) return 0
  return (await countExceptions(db, { scope: ctx.scope })).asked ?? 0
}

/** One finding with its rule, its values, what would mend it, and its history; out of the caller's scope it is not found. */
export async function readFinding(ctx: Context, findingId: string, deps: WorklistDeps): Promise<FindingFile> {
  return inTransaction(ctx, async (db) => {
    const [finding] = await findFindings(db, ctx.scope, [findingId])
    if (finding === undefined) throw httpErrors.notFound()
    return fileOf({ ...ctx, db }, finding, deps)
  })
}

/** Makes a filter ready for the database; a text is looked up in the register under the caller's scope, an owner becomes his rules. */
export async function searchFor(ctx: Context & { db: Db }, query: SearchFindings, deps: WorklistDeps): Promise<FindingSearch> {
  const { text, owner, after: _after, limit: _limit, ...filter } = query
  const found = text === undefined || text === '' ? undefined : await searchHouseholds(ctx, { q: text, limit: 200 }, deps.vault)
  const rules = owner === undefined ? undefined : [...rulesOn(ctx.today).values()].filter((rule) => rule.owner === owner)
  return {
    scope: ctx.scope,
    filter: { ...filter, ...(rules === undefined ? {} : { rules: rules.map((rule) => rule.rule) }) },
    seat: seatOfCaller(ctx),
    today: ctx.today,
    householdIds: found === undefined ? undefined : [...new Set(found.items.map((household) => household.householdId))],
  }
}

/** The values that the finding's own facts lead to. */
export async function fixesOf(ctx: Context & { db: Db }, finding: StoredFinding, deps: WorklistDeps): Promise<DerivedFix[]> {
  const { householdId, personId, rule, seen } = finding
  if (householdId === null) return []
  const members = (await readMembers(ctx, [householdId], deps)).get(householdId) ?? []
  const stated = await readNumberFacts(ctx, ctx.db, { householdIds: [householdId], vault: deps.vault })
  const facts = members.map((member): MemberFacts => {
    const sex = member.sex === undefined ? undefined : member.sex === 'male' ? '男' : '女'
    const { personId: id, name, isHead, relation, bornOn, labourSkill } = member
    return { personId: id, name, isHead, relation, sex, birthDate: bornOn, laborSkill: labourSkill, stated: stated.get(id) }
  })
  return deriveFixes({ rule, personId, seen, members: facts })
}

async function fileOf(ctx: Context & { db: Db }, finding: StoredFinding, deps: WorklistDeps): Promise<FindingFile> {
  const { db } = ctx
  const others = await othersOf(ctx, finding)
  const [card, ...rest] = await makeCards(ctx, [finding, ...others])
  if (card === undefined) throw httpErrors.notFound()
  const fixes = card.can.mend ? await fixesOf(ctx, finding, deps) : []
  const exceptions = await listExceptionsOf(db, ctx.scope, [finding.findingId])
  return {
    ...card,
    text: textOf(finding.rule, rulesOn(ctx.today)),
    labels: labelsOf([...Object.keys(finding.seen), ...fixes.map((fix) => fix.field)]),
    answerNote: finding.answerNote,
    fixes,
    correctionId: finding.correctionId,
    events: await listFindingEvents(db, ctx.scope, finding.findingId),
    exceptions: await showExceptions(ctx, exceptions),
    others: rest.map(({ findingId, rule, severity, personName }) => ({ findingId, rule, severity, personName })),
  }
}

/** The household's other findings that still ask for something. */
async function othersOf(ctx: Context & { db: Db }, finding: StoredFinding): Promise<StoredFinding[]> {
  if (finding.householdId === null) return []
  const filter = { householdId: finding.householdId, state: 'todo' } as const
  const search = { scope: ctx.scope, filter, seat: seatOfCaller(ctx), today: ctx.today }
  const found = await listFindings(ctx.db, search, { limit: mostOthers, after: undefined })
  return found.filter((other) => other.findingId !== finding.findingId)
}

function labelsOf(keys: readonly string[]): FindingFile['labels'] {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const field = describeField(key)
      return field === undefined ? [] : [[key, { zh: field.zh, en: field.en, type: field.type }]]
    }),
  )
}

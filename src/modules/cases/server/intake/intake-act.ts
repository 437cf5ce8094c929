import { isNamedError } from '#kernel/pure/errors/index.ts'
import { tidyName } from '#kernel/pure/text/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findAreaInScope, mayDo } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { CaseSource } from '../../rules/case-records.ts'
import { areaAbove, isActionOf } from '../../rules/intake/intake-matches.ts'
import type { ActOnIntake, ActOnIntakes } from '../../rules/intake/intake-requests.ts'
import { findCasesOfHousehold } from '../case-store.ts'
import { casesErrors } from '../errors.ts'
import { findCandidates } from './intake-match.ts'
import { findIntake, insertIntakeEvent, placeOfIntake, saveIntake, type IntakeRow } from './intake-store.ts'
import { openCase } from '../open-case.ts'

type Within = Context & { readonly db: Db }

/** Seeks the household of a new intake; nothing where an officer was faster. */
export async function matchIntake(ctx: Within, deps: { vault: Vault }, intakeId: string): Promise<void> {
  const row = await findIntake(ctx.db, ctx.scope, intakeId, true)
  if (row === undefined || row.state !== 'new' || row.name === null) return
  const open = (column: 'phone' | 'id', cell: Buffer | null) =>
    cell === null ? undefined : deps.vault.decrypt(cell, placeOfIntake(column, intakeId))
  const { areaPath, name } = row
  const person = { name, areaPath, idNumber: open('id', row.idCell), phone: open('phone', row.phoneCell) }
  const found = await findCandidates(ctx, deps, person)
  const [first] = found
  if (first === undefined) return
  const isOne = found.length === 1
  const after: IntakeRow = {
    ...row,
    ...(isOne ? { state: 'matched', householdId: first.householdId, matchName: first.personName } : {}),
    matchWay: first.way,
    matches: found.length,
  }
  if (!(await saveIntake(ctx.db, ctx, after))) throw casesErrors.intakeChanged()
  await insertIntakeEvent(ctx.db, ctx, { row: after, action: 'match', details: { way: first.way, matches: found.length } })
}

/**
 * Does one thing with an intake; event, audit and, for a case, its opening stand in the same transaction. Throws `cases.intake-changed`,
 * `intake-refused`, `no-such-household`, and what opening a case refuses.
 */
export async function actOnIntake(ctx: Context, given: { intakeId: string; act: ActOnIntake }): Promise<IntakeRow> {
  const { intakeId, act } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const row = await findIntake(db, ctx.scope, intakeId, true)
    if (row === undefined) throw httpErrors.notFound()
    if (row.revision !== act.revision) throw casesErrors.intakeChanged()
    if (!mayHandle(ctx, row)) throw casesErrors.intakeRefused({ reason: 'not-yours' })
    if (!isActionOf(row.state, act.action)) throw casesErrors.intakeRefused({ reason: 'state' })
    const { action } = act
    if (needsReason(act) && act.reason === undefined) throw casesErrors.intakeRefused({ reason: 'no-reason' })
    const after = action === 'open-case' ? await openFor(within, row, act) : await acted(within, row, act)
    const handled = { ...after, handlerId: ctx.caller.id, handlerName: ctx.caller.name }
    if (!(await saveIntake(db, ctx, handled))) throw casesErrors.intakeChanged()
    const details = {
      ...(act.outcome === undefined ? {} : { outcome: act.outcome }),
      ...(act.toArea === undefined ? {} : { toArea: act.toArea }),
    }
    await insertIntakeEvent(db, ctx, { row: handled, action, reason: act.reason, details })
    await audit(db, ctx, { did: `cases.intake.${action}`, objectKind: 'cases.intake', objectId: intakeId, details })
    return handled
  })
}

function needsReason({ action }: ActOnIntake): boolean {
  return action === 'return' || action === 'close' || action === 'unlink' || action === 'reopen'
}

/** The intake after every act but the opening of a case. */
async function acted(ctx: Within, row: IntakeRow, act: ActOnIntake): Promise<IntakeRow> {
  const nobody = { householdId: null, matchWay: null, matchName: null, matches: 0 } as const
  switch (act.action) {
    case 'link':
      return linked(ctx, row, act.householdId)
    case 'unlink':
      return { ...row, ...nobody, state: 'new' }
    case 'return': {
      const heldBy = areaAbove(row.heldBy)
      if (heldBy === row.heldBy) throw casesErrors.intakeRefused({ reason: 'nobody-above' })
      return { ...row, heldBy }
    }
    case 'send':
      return sent(ctx, row, act.toArea)
    case 'close':
      if (act.outcome === undefined) throw casesErrors.intakeRefused({ reason: 'no-outcome' })
      return { ...row, state: 'closed', outcome: act.outcome, reason: act.reason ?? null, closedOn: ctx.today }
    case 'reopen':
      if (row.caseId !== null) throw casesErrors.intakeRefused({ reason: 'state' })
      return { ...row, state: row.householdId === null ? 'new' : 'linked', outcome: null, reason: null, closedOn: null }
    case 'open-case':
      throw new Error('opening a case is not decided here')
  }
}

/** Linked to the household that the officer chose, or to the one that was found; from then on it is where its household is. */
async function linked(ctx: Within, row: IntakeRow, chosen: string | undefined): Promise<IntakeRow> {
  const householdId = chosen ?? row.householdId
  const [household] = householdId === null ? [] : await findHouseholds(ctx, ctx.db, [householdId])
  if (household === undefined) throw casesErrors.noSuchHousehold()
  const isOther = household.householdId !== row.householdId
  return {
    ...row,
    state: 'linked',
    householdId: household.householdId,
    areaPath: household.areaPath,
    ...(isOther ? { matchWay: 'officer', matchName: null, matches: 1 } : {}),
  }
}

/** Handed to a village or township of the caller's own area; without a household it lies there from now on. */
async function sent(ctx: Within, row: IntakeRow, toArea: string | undefined): Promise<IntakeRow> {
  const area = toArea === undefined ? undefined : await findAreaInScope(ctx, toArea)
  if (area === undefined || (area.level !== 'village' && area.level !== 'township')) throw casesErrors.intakeRefused({ reason: 'no-area' })
  const isLinked = row.state === 'linked'
  if (isLinked && !(row.areaPath >= area.path && row.areaPath < endOfRange(area.path)))
    throw casesErrors.intakeRefused({ reason: 'no-area' })
  return { ...row, heldBy: area.path, areaPath: isLinked ? row.areaPath : area.path }
}

/** A case of its household, opened for it; where one is open, it joins that one. */
async function openFor(ctx: Within, row: IntakeRow, act: ActOnIntake): Promise<IntakeRow> {
  if (!mayDo(ctx, 'cases.case', 'open')) throw httpErrors.notAllowed({ action: 'open', object: 'cases.case' })
  const confirmed = await linked(ctx, row, act.householdId)
  const { householdId, intakeId } = confirmed
  if (householdId === null) throw casesErrors.noSuchHousehold()
  const open = (await findCasesOfHousehold(ctx.db, ctx.scope, householdId)).find((file) => file.endedOn === null)
  const source: Exclude<CaseSource, 'register'> = confirmed.channel
  const note = act.reason === undefined ? {} : { note: act.reason }
  const file = open ?? (await openCase(ctx, { householdId, source, sourceId: intakeId, ...note }))
  const isDecided = file.identifiedOn !== null
  const now = (await findIntake(ctx.db, ctx.scope, intakeId)) ?? confirmed // the opening told its followers, of which this is one
  return {
    ...confirmed,
    revision: now.revision,
    state: 'in-case',
    caseId: file.caseId,
    caseOpenedOn: ctx.today,
    ...(isDecided ? ({ state: 'closed', outcome: 'identified', caseDecidedOn: ctx.today, closedOn: ctx.today } as const) : {}),
  }
}

/** What came of each intake of a batch. */
export interface ActedOnIntakes {
  readonly done: readonly { readonly intakeId: string }[]
  readonly refused: readonly { readonly intakeId: string; readonly code: string; readonly details: Readonly<Record<string, unknown>> }[]
}

/** The same act for many: each by itself, what is refused leaves no trace but its reason. */
export async function actOnIntakes(ctx: Context, given: ActOnIntakes): Promise<ActedOnIntakes> {
  return inTransaction(ctx, async (db) => {
    const done: { intakeId: string }[] = []
    const refused: ActedOnIntakes['refused'][number][] = []
    // Held in one order, so that two batches never wait for each other.
    for (const { intakeId, revision } of [...given.intakes].sort((one, other) => (one.intakeId < other.intakeId ? -1 : 1))) {
      try {
        await actOnIntake({ ...ctx, db }, { intakeId, act: { ...given.act, revision } })
        done.push({ intakeId })
      } catch (fault) {
        if (!isNamedError(fault)) throw fault
        refused.push({ intakeId, code: fault.code, details: fault.details })
      }
    }
    return { done, refused }
  })
}

/** Whether a name is written the same. */
export function isSameName(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && tidyName(one) === tidyName(other)
}

/** Whose turn it is: a village or a township looks at what it holds, the county at all. */
export function mayHandle(ctx: Context, row: Pick<IntakeRow, 'heldBy'>): boolean {
  if (!mayDo(ctx, 'cases.intake', 'handle')) return false
  const { scope } = ctx
  if (scope.kind === 'county') return true
  return scope.kind === 'area' && row.heldBy >= scope.lo && row.heldBy < scope.hi
}

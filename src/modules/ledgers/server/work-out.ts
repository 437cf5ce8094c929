import { openCalendar } from '#kernel/server/calendar/index.ts'
import { dayOf, type Day } from '#kernel/pure/time/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { deadlinesOf, overdueFrom, type RunningDeadline } from '../rules/deadlines.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { readValues } from '../rules/read-values.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import { bringValues } from './bring-values.ts'
import type { DecidedRow } from './decide-store.ts'
import type { HandledRow } from './event-store.ts'
import { knownValues } from './fill-known.ts'
import type { Within } from './open-ledger.ts'
import { placeRecord, type RecordPlace } from './place-record.ts'
import { resolveLinks } from './resolve-links.ts'
import { derive, sealValues } from './seal-values.ts'
import type { DerivedColumns, RecordRow, StoredValue } from './tables.ts'

/** What the acts of the ledgers need besides the caller. */
export interface LedgerDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}

export interface ToWorkOut {
  readonly open: OpenTemplate
  readonly maySee: (fieldKey: string) => boolean
  readonly recordId: string
  readonly entered: Readonly<Record<string, unknown>>
  readonly state: string
  readonly before: { readonly row: RecordRow; readonly handled: HandledRow | undefined } | undefined
  readonly said: string | undefined
}

/** A record as it would be written. `refusals` empty: it may be. */
export interface WorkedOut {
  readonly body: Record<string, StoredValue>
  readonly derived: DerivedColumns
  readonly place: RecordPlace
  readonly refusals: readonly RecordProblem[]
  readonly warnings: readonly RecordProblem[]
  readonly dueAt: string | null
  readonly running: readonly RunningDeadline[]
  /** Why the decided fields say what they say. */
  readonly decided: readonly DecidedRow[]
  readonly hidden: ReadonlySet<string>
}

/** Reads what was entered over what was there, resolves links, works formulas out, places the record and counts its deadlines. Writes nothing. */
export async function workOut(ctx: Within, deps: LedgerDeps, given: ToWorkOut): Promise<WorkedOut> {
  const { open, before } = given
  const { values, problems } = readEntered(given)
  const linked = await resolveLinks(ctx, open, values)
  const madeOn: Day = before === undefined ? ctx.today : dayOf(Date.parse(before.row.madeAt))
  const merged: Record<string, FieldValue> = {}
  // Safe: a sealed value is kept as it is and counts as filled; formulas do not know sensitive fields.
  for (const [key, value] of Object.entries(before?.row.body ?? {})) merged[key] = value as FieldValue
  for (const [key, value] of Object.entries({ ...values, ...linked.values })) merged[key] = value
  Object.assign(merged, await knownValues(ctx, open, { values: merged, places: linked.places }))
  const place = placeOf(ctx, given, linked.places)
  const record = { values: merged, state: given.state, today: ctx.today, madeOn, isNew: before === undefined }
  const found = await bringValues(ctx, { open, recordId: given.recordId, areaPath: place?.areaPath, record })
  const judged = judgeRecord(open, found === undefined ? record : { ...record, brought: found.brought })
  const all = [...sortOut([...problems, ...linked.problems], judged.problems), ...(place === undefined ? [makeProblem('no-area')] : [])]
  const body = sealValues(deps.vault, open, { recordId: given.recordId, values: judged.values })
  const firstState = open.template.states[0]?.key ?? given.state
  const reachedOn = {
    [firstState]: madeOn,
    ...before?.handled?.reachedOn,
    ...(before?.row.state === given.state ? {} : { [given.state]: ctx.today }),
  }
  const running = deadlinesOf(open, { values: judged.values, state: given.state, madeOn, reachedOn }, await openCalendar(ctx))
  const earliest = running[0]
  return {
    body,
    derived: derive(deps.vault, open, { recordId: given.recordId, values: body }),
    place: place ?? { areaPath: '', householdId: null },
    refusals: all.filter((problem) => problem.level === 'refuse'),
    warnings: all.filter((problem) => problem.level === 'warn'),
    dueAt: earliest === undefined ? null : overdueFrom(earliest.on),
    running,
    decided: (found?.decided() ?? []).filter((row) => !judged.hidden.has(row.fieldKey)),
    hidden: judged.hidden,
  }
}

/** A field that was refused is not also missing. */
function sortOut(refused: readonly RecordProblem[], judged: readonly RecordProblem[]): RecordProblem[] {
  const fields = new Set(refused.map((problem) => problem.field))
  return [...refused, ...judged.filter((problem) => problem.code !== 'missing' || problem.row !== undefined || !fields.has(problem.field))]
}

function readEntered({ open, entered, maySee }: ToWorkOut): { values: Record<string, FieldValue>; problems: RecordProblem[] } {
  const { values, problems, lookUps } = readValues(open, entered)
  const all = [...problems]
  for (const key of Object.keys(lookUps)) all.push(makeProblem('not-link', { name: open.fields.get(key)?.name, field: key }))
  for (const key of Object.keys(values))
    if (!maySee(key)) {
      delete values[key]
      all.push(makeProblem('unknown-field', { values: { value: key }, field: key }))
    }
  return { values, problems: all }
}

function placeOf(ctx: Within, given: ToWorkOut, places: Parameters<typeof placeRecord>[2]['places']): RecordPlace | undefined {
  const { open, before, said } = given
  const before_ = before === undefined ? undefined : { areaPath: before.row.areaPath, householdId: before.row.householdId }
  // Where a record is about something, that says where it belongs; only without it the caller may.
  const isSaidByLink = open.template.about !== 'nothing' && before_ !== undefined
  return placeRecord(ctx, open, { places, said: isSaidByLink ? undefined : said, before: before_ })
}

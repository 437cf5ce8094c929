import type { Precedence } from '../policy/policy.ts'
import type { ImportKind, Winner } from '../contract.ts'

/** A value as it is compared: encrypted ones by their blind index. */
export type Comparable = string | number | boolean

/** What the register holds of one row: values, where they come from, what other files stated. */
export interface CurrentRow {
  values: Readonly<Record<string, Comparable | undefined>>
  sources: Readonly<Partial<Record<string, { on: string }>>>
  exceptions: Readonly<Record<string, string | { correction: string }>>
  /** Field → kind → the value that this kind stated and that was not taken. */
  conflicts: Readonly<Record<string, Readonly<Record<string, Comparable>>>>
}

/** What a file states of the same row: `values` of the fields that have a column in it, empty cells as `undefined`. */
export interface StatedRow {
  kind: ImportKind
  on: string
  fields: readonly string[]
  values: Readonly<Record<string, Comparable | undefined>>
  /** Whose value a person chose for a field of this batch; `undefined`: the policy decides. */
  winnerOf?: (field: string) => Winner | undefined
}

/** `chosen`: a person said that the register's value stays. */
export type ConflictReason = 'corrected' | 'stronger-source' | 'later-source' | 'chosen'

/** What becomes of the row, field by field. */
export interface MergeVerdict {
  /** Fields that take the stated value (an empty one clears). */
  take: string[]
  /** Fields whose stated value is kept beside the register's, with the reason; `isNew` when it was not known before. */
  conflicts: { field: string; reason: ConflictReason; isNew: boolean }[]
  /** Fields on which this kind now agrees, or is silent, and had been in conflict. */
  settled: string[]
  /** Field → the kind it comes from from now on, where that is not the first of its order. */
  exceptions: Record<string, string>
  /** Fields that need no exception any more. */
  ordinary: string[]
}

/**
 * Decides whose value wins (policy/sources.json). Nothing is merged silently: a value that loses is a conflict and stays beside
 * the other. The same statement again decides the same, so that a file imported twice changes nothing.
 */
export function mergeRow(current: CurrentRow, stated: StatedRow, precedenceOf: (field: string) => Precedence): MergeVerdict {
  const verdict: MergeVerdict = { take: [], conflicts: [], settled: [], exceptions: {}, ordinary: [] }
  const isFirstOfKind = current.sources[stated.kind] === undefined
  const statedFields = new Set(stated.fields)
  for (const field of stated.fields) judgeField(verdict, { current, stated, field, precedence: precedenceOf(field) })
  if (!isFirstOfKind) return verdict
  for (const [field, value] of Object.entries(current.values)) {
    const given = { current, stated, field, precedence: precedenceOf(field) }
    if (value !== undefined && !statedFields.has(field)) keepSource(verdict, given, sourceOf(current, field, given.precedence))
  }
  return verdict
}

function judgeField(verdict: MergeVerdict, given: Question): void {
  const { current, stated, field, precedence } = given
  const [held, said] = [current.values[field], stated.values[field]]
  const source = sourceOf(current, field, precedence)
  const lost = current.conflicts[field]?.[stated.kind]
  if (held === said) {
    if (lost !== undefined) verdict.settled.push(field)
    return
  }
  const reason = held === undefined ? undefined : whyNot({ ...given, source })
  // An empty cell says nothing about another kind's value; that the file wins means what it states.
  const isSilent = said === undefined && source !== stated.kind
  if (reason === undefined && !isSilent) {
    verdict.take.push(field)
    if (lost !== undefined) verdict.settled.push(field)
    noteSource(verdict, given)
    return
  }
  keepSource(verdict, given, source)
  if (said !== undefined && reason !== undefined) verdict.conflicts.push({ field, reason, isNew: lost !== said })
  else if (lost !== undefined) verdict.settled.push(field)
}

interface Question {
  current: CurrentRow
  stated: StatedRow
  field: string
  precedence: Precedence
}

/** Where a field's value comes from: its exception, else the first kind of its order that has written the row. */
export function sourceOf(current: Pick<CurrentRow, 'sources' | 'exceptions'>, field: string, precedence: Precedence): string | undefined {
  const exception = current.exceptions[field]
  if (exception !== undefined) return typeof exception === 'string' ? exception : 'correction'
  return precedence.order.find((kind) => current.sources[kind] !== undefined)
}

/** Why the stated value may not replace the one the register holds; `undefined`: it may. */
function whyNot({ current, stated, field, source, precedence }: Question & { source: string | undefined }): ConflictReason | undefined {
  if (source === undefined) return stated.winnerOf?.(field) === 'register' ? 'chosen' : undefined
  if (source === 'correction') return 'corrected'
  const winner = stated.winnerOf?.(field)
  if (winner === 'file') return undefined
  if (winner === 'register') return 'chosen'
  const heldOn = current.sources[source]?.on ?? ''
  if (source === stated.kind) return stated.on < heldOn ? 'later-source' : undefined
  const order: readonly string[] = precedence.order
  const isStronger = order.indexOf(stated.kind) < order.indexOf(source)
  if (winner !== 'newer' && precedence.mode === 'rank') return isStronger ? undefined : 'stronger-source'
  if (stated.on === heldOn) return isStronger ? undefined : 'stronger-source'
  return stated.on > heldOn ? undefined : 'later-source'
}

/** The value now comes from the stated kind; an exception says so where that is not the first of its order. */
function noteSource(verdict: MergeVerdict, given: Question): void {
  const { current, stated, field } = given
  if (ordinaryAfter(given) !== stated.kind) verdict.exceptions[field] = stated.kind
  else if (current.exceptions[field] !== undefined) verdict.ordinary.push(field)
}

/** The value stays; where this kind would now be taken for its source, an exception names the true one. */
function keepSource(verdict: MergeVerdict, given: Question, source: string | undefined): void {
  if (source === undefined || given.current.exceptions[given.field] !== undefined || ordinaryAfter(given) === source) return
  verdict.exceptions[given.field] = source
}

function ordinaryAfter({ current, stated, precedence }: Question): string | undefined {
  return precedence.order.find((kind) => kind === stated.kind || current.sources[kind] !== undefined)
}

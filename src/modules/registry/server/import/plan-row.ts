import type { Vault } from '#kernel/server/vault/index.ts'
import type { ImportKind, WinnerChoices } from '../../contract.ts'
import { findField, precedenceOf } from '../../policy/policy.ts'
import { judgeExit } from '../../rules/exit-status.ts'
import { mergeRow, type Comparable, type MergeVerdict } from '../../rules/merge-row.ts'
import type { Conflicts, Exceptions, Facts, FactValue, Sources } from '../tables.ts'
import { comparableFact, comparablesOf, factOf, shownValue, type MergeableRow, type MergedEntity } from './row-values.ts'

/** A row of the register as it is, with what the merge needs of it. */
export interface HeldRow extends MergeableRow {
  row_id: string
  area_path: string
  revision: number
  sources: Sources
  exceptions: Exceptions
  conflicts: Conflicts
}

/** A waiting row with what only waiting rows have. */
export interface WaitingRow extends MergeableRow {
  row_no: number
  area_no: number
  content_hash: string
  said: string
  said_id?: string | null
  given_name?: string
  pinyin?: string
  given_pinyin?: string
  initials?: string
}

/** What a batch would do to one row that is already there. */
export interface RowPlan {
  /** `noted`: no value changes, the row only gains a source. */
  status: 'changed' | 'conflict' | 'noted'
  changes: Record<string, [unknown, unknown]>
  conflicts: Record<string, [unknown, unknown, string]>
  /** Columns as they will stand, for `jsonb_populate_record`; `area_no` and `household_no` are looked up when applied. */
  patch: Record<string, unknown>
}

export interface PlanInput {
  entity: MergedEntity
  kind: ImportKind
  batchId: string
  on: string
  /** Field keys that the file has a column for, of this entity; with `area` for households. */
  fields: readonly string[]
  /** Whose value wins, where a person chose for this batch. */
  choices: WinnerChoices
  vault: Vault
}

/** Plans the merge of a waiting row into the row of the register; `undefined`: nothing changes. */
export function planRow(input: PlanInput, held: HeldRow, waiting: WaitingRow): RowPlan | undefined {
  const stated = {
    kind: input.kind,
    on: input.on,
    fields: withUnread(input.fields, held, waiting),
    values: comparablesOf(input.entity, waiting),
    winnerOf: (field: string) => input.choices.fields[field.replace(/\?$/, '')] ?? input.choices.all,
  }
  const current = {
    values: comparablesOf(input.entity, held),
    sources: held.sources as Partial<Record<string, { on: string }>>, // narrower in what it needs
    exceptions: held.exceptions,
    conflicts: comparableConflicts(held.conflicts),
  }
  const verdict = mergeRow(current, stated, precedenceOf)
  const newConflicts = verdict.conflicts.filter((conflict) => conflict.isNew)
  const lastOfKind = held.sources[input.kind]
  // A statement that changes no value (a cell left empty beside another kind's value) is news all the same.
  const isNews = lastOfKind === undefined || (lastOfKind.hash !== waiting.content_hash && lastOfKind.on <= input.on)
  if (verdict.take.length === 0 && newConflicts.length === 0 && verdict.settled.length === 0 && !isNews) return undefined
  const shown = (field: string, row: MergeableRow): unknown =>
    shownValue(input.vault, { entity: input.entity, rowKey: held.row_key, field }, factOf(input.entity, row, field))
  return {
    status: verdict.take.length + verdict.settled.length > 0 ? 'changed' : newConflicts.length > 0 ? 'conflict' : 'noted',
    changes: Object.fromEntries(verdict.take.map((field) => [field, [shown(field, held), shown(field, waiting)]])),
    conflicts: Object.fromEntries(newConflicts.map(({ field, reason }) => [field, [shown(field, held), shown(field, waiting), reason]])),
    patch: makePatch(input, { held, waiting, verdict }),
  }
}

/** Unread values stand under `key?` and go with the field: a readable value replaces an unreadable one and the other way round. */
function withUnread(fields: readonly string[], held: HeldRow, waiting: WaitingRow): string[] {
  const unread = fields.map((field) => `${field}?`).filter((key) => key in held.facts || key in waiting.facts)
  return [...fields, ...unread]
}

function comparableConflicts(conflicts: Conflicts): Record<string, Record<string, Comparable>> {
  return Object.fromEntries(
    Object.entries(conflicts).map(([field, byKind]) => [
      field,
      Object.fromEntries(Object.entries(byKind).map(([kind, value]) => [kind, comparableFact(value)])),
    ]),
  )
}

interface Merge {
  held: HeldRow
  waiting: WaitingRow
  verdict: MergeVerdict
}

function makePatch(input: PlanInput, merge: Merge): Record<string, unknown> {
  const { held, waiting, verdict } = merge
  const patch: Record<string, unknown> = { revision: held.revision + 1, touched_by: input.batchId }
  const facts: Facts = { ...held.facts }
  for (const field of verdict.take) {
    if (takeColumn(patch, { entity: input.entity, field, waiting })) continue
    const value = waiting.facts[field]
    if (value === undefined) delete facts[field]
    else facts[field] = value
  }
  patch['facts'] = facts
  patch['sources'] = sourcesAfter(input, held, waiting)
  patch['exceptions'] = {
    ...Object.fromEntries(Object.entries(held.exceptions).filter(([field]) => !verdict.ordinary.includes(field))),
    ...verdict.exceptions,
  }
  patch['conflicts'] = mergeConflicts(input, merge)
  if (input.entity === 'household') judgeHousehold(patch, { held, facts, verdict })
  return patch
}

/** An older file of a kind does not make the kind older again. */
function sourcesAfter(input: PlanInput, held: HeldRow, waiting: WaitingRow): Sources {
  if ((held.sources[input.kind]?.on ?? '') > input.on) return held.sources
  const { content_hash: hash, said, said_id: id } = waiting
  return { ...held.sources, [input.kind]: { batch: input.batchId, on: input.on, hash, said, ...(typeof id === 'string' ? { id } : {}) } }
}

function mergeConflicts(input: PlanInput, { held, waiting, verdict }: Merge): Conflicts {
  const conflicts: Conflicts = structuredClone(held.conflicts)
  for (const field of verdict.settled) {
    delete conflicts[field]?.[input.kind]
    if (conflicts[field] !== undefined && Object.keys(conflicts[field]).length === 0) delete conflicts[field]
  }
  for (const { field } of verdict.conflicts) {
    const value: FactValue | undefined = factOf(input.entity, waiting, field)
    if (value !== undefined) conflicts[field] = { ...conflicts[field], [input.kind]: value }
  }
  return conflicts
}

/** Writes a field that has a column of its own into the patch; false for facts. */
function takeColumn(patch: Record<string, unknown>, given: { entity: MergedEntity; field: string; waiting: WaitingRow }): boolean {
  const { field, waiting } = given
  if (field === 'area') patch['area_no'] = waiting.area_no
  else if (field === 'householdNo') patch['household_no'] = waiting.household_no
  else if (field === 'idNumber') Object.assign(patch, { id_cell: hex(waiting.id_cell), id_index: hex(waiting.id_index) })
  else if (field === 'personPhone' || field === 'householdPhone') {
    Object.assign(patch, { phone_cell: hex(waiting.phone_cell), phone_index: hex(waiting.phone_index), phone_tail: waiting.phone_tail })
  } else if (field === 'name') {
    const { name, given_name, pinyin, given_pinyin, initials } = waiting
    Object.assign(patch, { name, given_name, pinyin, given_pinyin, initials })
  } else if (field === 'relationToHead') Object.assign(patch, { relation: waiting.relation, is_head: waiting.relation === '户主' })
  else if (field === 'seqNo') patch['seq_no'] = waiting.seq_no
  else if (field === 'monthlyWage')
    patch['monthly_income_fen'] = waiting.monthly_income_fen === null ? null : Number(waiting.monthly_income_fen)
  else {
    const column = findField(field)?.column
    if (column === undefined) return false
    patch[column] = { ...waiting }[column as keyof WaitingRow] ?? null // the catalogue's columns are those of the row
  }
  return true
}

function hex(bytes: Buffer | null | undefined): string | null {
  return bytes ? `\\x${bytes.toString('hex')}` : null
}

function judgeHousehold(patch: Record<string, unknown>, given: { held: HeldRow; facts: Facts; verdict: MergeVerdict }): void {
  const { held, facts, verdict } = given
  if (!verdict.take.includes('householdType') && !verdict.take.includes('povertyExitStatus')) return
  const type = 'household_type' in patch ? patch['household_type'] : held.household_type
  const status = facts['povertyExitStatus']
  const exit = judgeExit(typeof type === 'string' ? type : undefined, typeof status === 'string' ? status : undefined)
  patch['registered'] = exit.registered
  patch['exit_status'] = exit.exitStatus ?? null
}

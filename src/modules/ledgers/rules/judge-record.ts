import { evaluate, readDate, startRun, type Expression, type FeelContext, type Run, type Value } from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { fromFeel, toFeel } from './feel-values.ts'
import type { DecidedStep, OpenTemplate, Step } from './open-template.ts'
import { makeProblem, type RecordCode } from './record-words.ts'
import type { FieldValue, RecordProblem, TableRow } from './records.ts'
import type { Column, Field } from './template.ts'

/** Parts that all formulas of one record may use up together: some milliseconds. */
export const mostSteps = 100_000

export interface JudgedRecord {
  /** What is kept: entered values, defaults, computed values; without what is hidden. */
  readonly values: Record<string, FieldValue>
  /** Fields that are not to be shown now. */
  readonly hidden: ReadonlySet<string>
  readonly problems: readonly RecordProblem[]
}

export interface RecordToJudge {
  readonly values: Readonly<Record<string, FieldValue | undefined>>
  readonly state: string
  readonly today: string
  /** Day on which it was entered. */
  readonly madeOn: string
  /** Defaults are put in only where something is made. */
  readonly isNew: boolean
  /** What the server brings; without it gathered and decided fields stay as they are given. */
  readonly brought?: Brought
}

/** What comes from other records and from decision tables. */
export interface Brought {
  /** By key of the gathered field; null where it cannot be said. */
  readonly gathered: Readonly<Record<string, FieldValue>>
  /** Asks the table of a decided field, as in force on a day; the code says why it cannot. */
  readonly decide: (step: DecidedStep, facts: FeelContext, on: string) => { readonly value: Value } | { readonly refused: RecordCode }
}

/**
 * Works a record out: defaults, what is hidden, computed fields, then what is missing and the checks. It reads nothing but the record, the day and the state.
 * Formulas that use up their steps are a refusal, never a wrong value.
 */
export function judgeRecord(open: OpenTemplate, given: RecordToJudge): JudgedRecord {
  const run = startRun({ steps: mostSteps, ...todayOf(given.today) })
  const problems: RecordProblem[] = []
  const values: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(given.values)) if (value !== undefined && value !== null) values[key] = value
  for (const { field } of open.gathered) if (given.brought !== undefined) put(values, field, given.brought.gathered[field.key] ?? null)
  for (const [key, steps] of open.rowSteps) judgeRows({ open, key, steps, values, run, given, problems })
  const hidden = work({ fields: open.template.fields, steps: open.steps, values, run, given, open, problems, place: {} })
  addMissing({ fields: open.template.fields, values, hidden, problems, place: {} })
  if (open.checks.length > 0) problems.push(...judgeChecks(open, { values, given, run }))
  return { values, hidden, problems }
}

const todayOf = (day: string) => {
  const today = readDate(day)
  return today === null ? {} : { today }
}

interface Working {
  fields: readonly (Field | Column)[]
  steps: readonly Step[]
  values: Record<string, FieldValue>
  run: Run
  given: RecordToJudge
  open: OpenTemplate
  problems: RecordProblem[]
  place: { field?: string; row?: number }
}

/** Evaluates the steps in order, changing `values`; returns what is hidden. */
function work(working: Working): Set<string> {
  const { steps, values, run, given, problems, place } = working
  const hidden = new Set<string>()
  if (steps.length === 0) return hidden
  const variables = variablesOf(working)
  for (const step of steps) {
    const { kind, field } = step
    if (kind === 'default' && (!given.isNew || values[field.key] !== undefined)) continue
    if (hidden.has(field.key)) continue
    if (kind === 'decided' && given.brought === undefined) continue
    const found = kind === 'decided' ? decided(step, working, variables) : evaluated(step.expression, variables, run)
    if (found === stopped || found === undecided) {
      if (found === stopped) problems.push(makeProblem('formula-stopped', { name: field.name, ...placeOf(field, place) }))
      continue
    }
    if (kind === 'visible') {
      if (found === true) continue
      hidden.add(field.key)
      delete values[field.key]
    } else put(values, field, fromFeel(field, found))
    if (field.sensitive !== true) variables.set(field.name.zh, toFeel(field, values[field.key]))
  }
  return hidden
}

const stopped = Symbol('stopped')
const undecided = Symbol('undecided')

function put(values: Record<string, FieldValue>, field: Field | Column, value: FieldValue): void {
  if (value === null) delete values[field.key]
  else values[field.key] = value
}

/** Asks the table of a decided field; one that cannot be asked is a problem, and no value stays. */
function decided(step: DecidedStep, working: Working, variables: ReadonlyMap<string, Value>): Value | typeof stopped | typeof undecided {
  const { run, given, values, problems } = working
  const { field, decides } = step
  const facts = new Map<string, Value>()
  for (const [fact, expression] of step.facts) {
    const value = evaluated(expression, variables, run)
    if (value === stopped) return stopped
    facts.set(fact, value)
  }
  const day = decides.asOf === undefined ? given.today : values[decides.asOf]
  // A day that is not entered yet: nothing can be said.
  if (typeof day !== 'string') return null
  const found = given.brought?.decide(step, facts, day)
  if (found === undefined || 'value' in found) return found?.value ?? null
  delete values[field.key]
  problems.push(makeProblem(found.refused, { name: field.name, field: field.key, values: { day } }))
  return undecided
}

function evaluated(expression: Expression, variables: ReadonlyMap<string, Value>, run: Run): Value | typeof stopped {
  try {
    return evaluate(expression, variables, run)
  } catch (fault) {
    if (isNamedError(fault)) return stopped
    throw fault
  }
}

function variablesOf({ fields, values, given, open }: Pick<Working, 'fields' | 'values' | 'given' | 'open'>): Map<string, Value> {
  const variables = new Map<string, Value>([
    ['今天', readDate(given.today)],
    ['登记日', readDate(given.madeOn)],
    ['状态', open.states.get(given.state)?.name.zh ?? null],
  ])
  for (const field of fields) if (field.sensitive !== true) variables.set(field.name.zh, toFeel(field, values[field.key]))
  return variables
}

function judgeRows(working: Omit<Working, 'fields' | 'steps' | 'place'> & { key: string; steps: readonly Step[] }): void {
  const { key, steps, values, open, problems } = working
  const rows = values[key]
  const columns = open.fields.get(key)?.columns ?? []
  if (!Array.isArray(rows)) return
  values[key] = rows.map((one, at): TableRow => {
    // Safe: a table is read by `readRows`, whose rows are records of values.
    const row: Record<string, FieldValue> = { ...(one as TableRow) }
    const place = { field: key, row: at + 1 }
    const hidden = work({ ...working, fields: columns, steps, values: row, place })
    addMissing({ fields: columns, values: row, hidden, problems, place })
    return row
  })
}

const placeOf = (field: Field | Column, place: Working['place']) =>
  place.field === undefined ? { field: field.key } : { ...place, column: field.key }

function addMissing(given: Pick<Working, 'fields' | 'values' | 'problems' | 'place'> & { hidden: ReadonlySet<string> }): void {
  for (const field of given.fields) {
    if (field.required !== true || given.hidden.has(field.key)) continue
    if (isEmpty(given.values[field.key])) given.problems.push(makeProblem('missing', { name: field.name, ...placeOf(field, given.place) }))
  }
}

/** Whether a value says nothing. */
export const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

function judgeChecks(
  open: OpenTemplate,
  { values, given, run }: { values: Record<string, FieldValue>; given: RecordToJudge; run: Run },
): RecordProblem[] {
  const variables = variablesOf({ fields: open.template.fields, values, given, open })
  return open.checks.flatMap(({ check, expression }): RecordProblem[] => {
    const found = evaluated(expression, variables, run)
    if (found === stopped) return [makeProblem('formula-stopped', { name: { zh: check.says.zh, en: check.says.en }, check: check.key })]
    // What cannot be said yet (null: a field is empty) does not refuse.
    return found === false ? [{ code: 'check', check: check.key, level: check.level, said: check.says }] : []
  })
}

/** Whether a condition holds for a record as it is kept; a condition that cannot be said does not hold. */
export function holdsFor(open: OpenTemplate, condition: Expression, given: RecordToJudge): boolean {
  const values: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(given.values)) values[key] = value ?? null
  const run = startRun({ steps: mostSteps, ...todayOf(given.today) })
  return evaluated(condition, variablesOf({ fields: open.template.fields, values, given, open }), run) === true
}

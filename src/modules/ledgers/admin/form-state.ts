import { useCallback, useMemo, useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { readValues } from '../rules/read-values.ts'
import type { FieldValue, RecordProblem, RecordValues } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import type { Field } from '../rules/template.ts'
import { useBrought } from './form-brought.ts'

/** What inputs hold: texts as they are typed, links, choices, rows; read by the same rules as on the server. */
export type Entered = Readonly<Record<string, unknown>>
/** Files that wait for the record to be saved, by field. */
export type Waiting = Readonly<Record<string, readonly File[]>>

export interface FormGiven {
  readonly open: OpenTemplate
  /** What stands already, of a record that is changed. */
  readonly values?: RecordValues
  readonly state?: string
  readonly madeOn?: string
  /** What was entered and not saved last time. */
  readonly kept?: Entered | undefined
  /** What is the same for all that this caller enters, such as his only village. A stable object. */
  readonly preset?: Entered
  /** Whose form it is, for what the server gathers and decides; a template that is only tried has no records. */
  readonly of?: { readonly recordId?: string }
}

export interface RecordForm {
  readonly open: OpenTemplate
  readonly entered: Entered
  readonly waiting: Waiting
  /** Values as they would be kept now: with defaults and computed fields. */
  readonly values: RecordValues
  readonly hidden: ReadonlySet<string>
  /** Sentences by field; what is missing only after somebody has tried to save. */
  readonly problemsOf: (key: string) => readonly RecordProblem[]
  readonly problems: readonly RecordProblem[]
  readonly isRefused: boolean
  /** What is gathered and decided is being asked for. */
  readonly isLate: boolean
  readonly isTouched: boolean
  /** Nothing was kept from before, or it was thrown away. */
  readonly isFresh: boolean
  readonly waitingCount: number
  set: (key: string, value: unknown) => void
  setWaiting: (key: string, files: readonly File[]) => void
  /** Problems that were hidden are shown from now on. */
  tryToSave: () => void
  /** What the server found besides. */
  refuse: (problems: readonly RecordProblem[]) => void
  reset: () => void
  /** Only what differs from what stood there. */
  readonly changes: Readonly<Record<string, unknown>>
}

export function today(): string {
  return dayOf(Date.now())
}

/** The state of a form: read, computed and checked with every key by the rules of the server. */
export function useRecordForm({ open, values: standing = nothing, state, madeOn, kept, preset = nothing, of }: FormGiven): RecordForm {
  const begin = useMemo(() => ({ ...beginOf(open, standing, state), ...preset }), [open, standing, state, preset])
  const [told, setTold] = useState<Told>(() =>
    kept === undefined ? untouched(begin) : { ...untouched(kept), isTouched: true, isFresh: false },
  )
  const { entered, waiting, isTried, refused } = told
  const where = useMemo(
    () => ({ state: state ?? open.template.states[0]?.key ?? '', today: today(), madeOn: madeOn ?? today() }),
    [open, state, madeOn],
  )
  const changes = changesOf(open, { standing: state === undefined ? nothing : begin, entered })
  const brought = useBrought({ open, of, standing, changes })
  const judged = useMemo(
    () => judge({ open, standing, entered, waiting, brought: brought.values, ...where }),
    [open, standing, entered, waiting, where, brought.values],
  )
  const shown = useMemo(
    () => [...judged.problems.filter(({ code }) => isTried || code !== 'missing'), ...refused],
    [judged, isTried, refused],
  )
  return {
    ...told,
    open,
    values: judged.values,
    hidden: judged.hidden,
    problems: shown,
    problemsOf: useCallback((key: string) => shown.filter(({ field, row }) => field === key && row === undefined), [shown]),
    // Checks over what is gathered are the server's word: what is shown may be of a moment ago.
    isRefused: judged.problems.some(({ level, check }) => level === 'refuse' && (check === undefined || !brought.isAny)),
    isLate: brought.isLate,
    waitingCount: Object.values(waiting).reduce((sum, files) => sum + files.length, 0),
    set: (key, value) => setTold((before) => withValue(before, key, value)),
    setWaiting: (key, files) => setTold((before) => ({ ...before, isTouched: true, waiting: { ...before.waiting, [key]: files } })),
    tryToSave: () => setTold((before) => ({ ...before, isTried: true })),
    refuse: (problems) => {
      const fresh = problems.filter((one) => !judged.problems.some((known) => known.said.zh === one.said.zh))
      setTold((before) => ({ ...before, isTried: true, refused: fresh }))
    },
    reset: () => setTold(untouched(begin)),
    changes,
  }
}

const nothing: RecordValues = {}

/** What the form was told so far. */
interface Told {
  readonly entered: Entered
  readonly waiting: Waiting
  readonly isTried: boolean
  readonly isTouched: boolean
  readonly isFresh: boolean
  /** What the server found besides. */
  readonly refused: readonly RecordProblem[]
}

const untouched = (entered: Entered): Told => ({ entered, waiting: {}, isTried: false, isTouched: false, isFresh: true, refused: [] })

function withValue(before: Told, key: string, value: unknown): Told {
  const refused = before.refused.filter(({ field }) => field !== undefined && field !== key)
  return { ...before, isTouched: true, refused, entered: { ...before.entered, [key]: value } }
}

/** What the inputs hold at first: what stands there, or the defaults. Masked values and files are not entered. */
function beginOf(open: OpenTemplate, standing: RecordValues, state: string | undefined): Entered {
  const isNew = state === undefined
  const first = { state: open.template.states[0]?.key ?? '', today: today(), madeOn: today(), isNew }
  const values = isNew ? judgeRecord(open, { values: {}, ...first }).values : standing
  return Object.fromEntries(
    open.template.fields
      .filter((field) => !isWorkedOut(field) && !isFiles(field.kind) && field.sensitive !== true)
      .flatMap(({ key }) => (values[key] === undefined || values[key] === null ? [] : [[key, values[key]]])),
  )
}

interface Judging {
  open: OpenTemplate
  brought: RecordValues
  standing: RecordValues
  entered: Entered
  waiting: Waiting
  state: string
  today: string
  madeOn: string
}

function judge({ open, standing, entered, waiting, brought, ...where }: Judging): {
  values: RecordValues
  hidden: ReadonlySet<string>
  problems: RecordProblem[]
} {
  const tidy = Object.fromEntries(Object.entries(entered).map(([key, value]) => [key, tidied(open.fields.get(key), value)]))
  const read = readValues(open, tidy)
  const files = Object.fromEntries(
    open.template.fields
      .filter(({ kind }) => isFiles(kind))
      .map((field): [string, FieldValue] => [field.key, filesOf(field, standing, waiting)]),
  )
  // A sensitive value that is kept and not entered anew still counts as filled.
  const masked = Object.fromEntries(
    open.template.fields
      .filter((field) => field.sensitive === true && standing[field.key] !== undefined && isBlank(entered[field.key]))
      .map(({ key }) => [key, standing[key]]),
  )
  const judged = judgeRecord(open, { values: { ...read.values, ...files, ...masked, ...brought }, isNew: false, ...where })
  const unread = new Set(read.problems.flatMap(({ field, row }) => (field === undefined || row !== undefined ? [] : [field])))
  const problems = judged.problems.filter((one) => !(one.code === 'missing' && one.field !== undefined && unread.has(one.field)))
  return { ...judged, problems: [...read.problems, ...problems].filter(({ field }) => field === undefined || !judged.hidden.has(field)) }
}

function filesOf(field: Field, standing: RecordValues, waiting: Waiting): FieldValue {
  const kept = standing[field.key]
  const now = new Date(0).toISOString()
  const added = (waiting[field.key] ?? []).map((file) => ({
    recordFileId: '',
    mediaType: file.type,
    bytes: file.size,
    addedAt: now,
    addedName: '',
  }))
  // Safe: a field of files holds a list of files.
  return [...(Array.isArray(kept) ? (kept as typeof added) : []), ...added]
}

const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/** Rows of a table in which nothing is written are no rows. */
function tidied(field: Field | undefined, value: unknown): unknown {
  if (field?.kind !== 'table' || !Array.isArray(value)) return value
  return value.filter((row: unknown) => typeof row === 'object' && row !== null && Object.values(row).some((cell) => !isBlank(cell)))
}

/** What is sent: fields that differ from what stood there, tables without their blank rows. */
export function changesOf(open: OpenTemplate, { standing, entered }: { standing: Entered; entered: Entered }): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(standing), ...Object.keys(entered)])) {
    const value = tidied(open.fields.get(key), entered[key])
    if (JSON.stringify(value ?? null) !== JSON.stringify(standing[key] ?? null) && !(isBlank(value) && isBlank(standing[key])))
      changes[key] = value ?? null
  }
  return changes
}

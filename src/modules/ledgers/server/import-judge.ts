import { maskIdNumber } from '#kernel/pure/text/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, type DayCalendar } from '#kernel/pure/time/index.ts'
import { deadlinesOf, overdueFrom } from '../rules/deadlines.ts'
import { isOwnColumn, ownColumns } from '../rules/import-fields.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { textOf } from '../rules/print-value.ts'
import { readValue } from '../rules/read-value.ts'
import { makeProblem, type RecordCode } from '../rules/record-words.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import { brings } from './bring-values.ts'
import { aboutWhom, type AboutWhom, type KnownFacts } from './fill-known.ts'
import type { Ledger, Within } from './open-ledger.ts'
import { isInScope, placeRecord, type RecordPlace } from './place-record.ts'
import type { LinkedPlace } from './resolve-links.ts'
import { derive, isSealed, sealValues, unsealValue } from './seal-values.ts'
import { allKeyColumns, type DerivedColumns, type RecordRow, type StoredBody, type StoredValue } from './tables.ts'
import type { LedgerDeps } from './work-out.ts'
import type { StagedRow } from './import-store.ts'
import { withNear, type FoundLink, type WrittenLink } from './written-link.ts'
import { readLines, type ReadRow } from './import-lines.ts'
import { gramsOfTitle } from './title-grams.ts'

export type ImportProblem = RecordProblem & { readonly label?: string; readonly cell?: string }

/** A row whose cells were read; links wait to be looked up. */
export interface EnteredRow extends ReadRow {
  readonly values: Record<string, FieldValue>
  links: Map<string, WrittenLink>
  readonly problems: ImportProblem[]
  readonly no: string
  state: string
  said: string | undefined
}

/** What all rows of an import share. */
export interface Importing {
  readonly ctx: Within
  readonly deps: LedgerDeps
  readonly ledger: Ledger
  readonly importId: string
  readonly calendar: DayCalendar
  /** What may stand only once → the row of this file that has it. */
  readonly seen: Map<string, number>
}

const shownCell = (text: string): string => text.replace(/\d{15,}[\dXx]?/g, (number) => maskIdNumber(number)).slice(0, 60)

/** Reads the cells of a row by the fields that their columns stand for. */
export function enterRow({ ledger }: Importing, read: ReadRow): EnteredRow {
  const { open } = ledger
  const first = open.template.states[0]?.key ?? ''
  const entered: EnteredRow = {
    ...read,
    values: {},
    links: new Map(),
    problems: [],
    no: read.cells.get('$no')?.text ?? '',
    state: first,
    said: undefined,
  }
  const township = read.cells.get('$township')?.text ?? ''
  for (const [key, cell] of read.cells) {
    if (cell.text === '' || isOwnColumn(key)) continue
    const field = open.fields.get(key)
    if (field === undefined) continue
    const value = cell.lostTail && field.kind === 'text' ? ({ refused: 'not-id-number' } as const) : readValue(field, cell.text)
    if ('value' in value) entered.values[key] = value.value
    else if ('lookUp' in value) entered.links.set(key, { field, text: value.lookUp, township })
    else
      entered.problems.push(
        atCell(makeProblem(value.refused, { name: field.name, field: key, values: 'values' in value ? value.values : undefined }), cell),
      )
  }
  const lines = readLines(ledger, read)
  Object.assign(entered.values, lines.values)
  entered.problems.push(...lines.problems)
  if (entered.links.size > 0) entered.links = withNear(entered.links, read.cells.get('$village')?.text ?? '')
  readState(ledger, entered)
  return entered
}

const atCell = (problem: RecordProblem, cell: { text: string; label: string }): ImportProblem => ({
  ...problem,
  label: cell.label,
  cell: shownCell(cell.text),
})

/** A state by its name. One that another person must confirm is not reached by a file. */
function readState({ open }: Ledger, entered: EnteredRow): void {
  const cell = entered.cells.get('$state')
  if (cell === undefined || cell.text === '') return
  const state = open.template.states.find((one) => one.name.zh === cell.text || one.name.en === cell.text || one.key === cell.text)
  const isGuarded = (open.template.moves ?? []).some((move) => move.into === state?.key && move.byAnother === true)
  if (state === undefined || isGuarded) {
    const names = open.template.states.map((one) => one.name.zh).join('、')
    const code: RecordCode = state === undefined ? 'not-choice' : 'by-another'
    entered.problems.push(
      atCell(
        makeProblem(code, {
          name: ownColumns.$state,
          values: { value: cell.text.slice(0, 40), choices: names, move: state?.name.zh ?? '' },
        }),
        cell,
      ),
    )
  } else entered.state = state.key
}

/** A row worked out: what would be written, and what stands against it. */
export interface JudgedRow {
  readonly entered: EnteredRow
  readonly recordId: string
  readonly body: Record<string, StoredValue>
  readonly derived: DerivedColumns
  readonly place: RecordPlace
  readonly problems: readonly ImportProblem[]
}

/** Works a row out over what there is of it (`before`), with its links. */
export function judgeRow(
  importing: Importing,
  entered: EnteredRow,
  given: { find: (link: WrittenLink) => FoundLink; before: RecordRow | undefined; known?: KnownFacts },
): JudgedRow {
  const { ctx, deps, ledger } = importing
  const { open } = ledger
  const { before } = given
  const values: Record<string, FieldValue> = {}
  const recordId = before?.recordId ?? makeId(Date.parse(ctx.now))
  // Safe: sealed values stay as they are and count as filled.
  for (const [key, value] of Object.entries(before?.body ?? {})) values[key] = value as FieldValue
  for (const [key, value] of Object.entries(entered.values))
    values[key] = keepSealed(importing, { recordId, key, value, before: before?.body })
  const { places, refusals } = linkedPlaces(ctx, entered, given)
  const problems = [...entered.problems, ...refusals]
  for (const [key, { linked }] of places) values[key] = linked
  const who = before === undefined ? aboutWhom(open, places) : undefined
  if (who !== undefined) Object.assign(values, given.known?.of(who, values))
  const madeOn = before === undefined ? ctx.today : dayOf(Date.parse(before.madeAt))
  const judged = judgeRecord(open, { values, state: before?.state ?? entered.state, today: ctx.today, madeOn, isNew: before === undefined })
  const refused = new Set(problems.map((problem) => problem.field))
  // What is gathered and decided is known row by row only: then everything is judged (gather-imports.ts), with what is hidden until then.
  const isLater = brings(open)
  for (const problem of judged.problems) {
    if (isLater && !isMissingAnyhow(open, problem)) continue
    const cell = problem.field === undefined ? undefined : entered.cells.get(problem.field)
    if (problem.code === 'missing' && refused.has(problem.field)) continue
    problems.push(cell === undefined ? { ...problem, ...labelOf(ledger, problem) } : atCell(problem, cell))
  }
  const place = placeRecord(ctx, open, {
    places,
    said: entered.said,
    before: before === undefined ? undefined : { areaPath: before.areaPath, householdId: before.householdId },
  })
  if (place === undefined) problems.push(makeProblem('no-area'))
  const body = sealValues(deps.vault, open, { recordId, values: isLater ? { ...values, ...judged.values } : judged.values })
  return {
    entered,
    recordId,
    body,
    derived: derive(deps.vault, open, { recordId, values: body }),
    place: place ?? { areaPath: '', householdId: null },
    problems,
  }
}

/** A required cell that nothing else could fill or hide. */
function isMissingAnyhow(open: OpenTemplate, { code, field: key = '', row }: RecordProblem): boolean {
  const field = open.fields.get(key)
  return code === 'missing' && row === undefined && field?.visibleWhen === undefined && field?.default === undefined
}

/** Whom a row is about, as far as its links are found. */
export function whomOf({ ctx, ledger }: Importing, entered: EnteredRow, find: (link: WrittenLink) => FoundLink): AboutWhom | undefined {
  return aboutWhom(ledger.open, linkedPlaces(ctx, entered, { find, before: undefined }).places)
}

/** Where the links of a row lead; what is not found or lies outside of the caller's area is a problem of its cell. */
function linkedPlaces(
  ctx: Importing['ctx'],
  entered: EnteredRow,
  given: { find: (link: WrittenLink) => FoundLink; before: RecordRow | undefined },
) {
  const places = new Map<string, LinkedPlace>()
  const refusals: ImportProblem[] = []
  for (const [key, link] of entered.links) {
    const { name } = link.field
    const looked = given.find(link)
    // A list that went out by name comes back by name: it means whom the record names.
    const found = 'refused' in looked ? (keptLink(given.before, key, link.text) ?? looked) : looked
    const cell = entered.cells.get(key) ?? { text: link.text, label: '' }
    if ('refused' in found)
      refusals.push(
        atCell(makeProblem(found.refused, { name, field: key, values: { value: shownCell(link.text), ...found.values } }), cell),
      )
    else if (link.field.kind !== 'record' && !isInScope(ctx.scope, found))
      refusals.push(atCell(makeProblem('other-area', { name, field: key }), cell))
    else places.set(key, found)
  }
  return { places, refusals }
}

function keptLink(before: RecordRow | undefined, key: string, text: string): LinkedPlace | undefined {
  const value = before?.body[key]
  const isSame = typeof value === 'object' && value !== null && 'id' in value && 'name' in value && value.name === text.trim()
  return before === undefined || !isSame ? undefined : { linked: value, areaPath: before.areaPath, householdId: before.householdId }
}

function labelOf({ open }: Ledger, problem: RecordProblem): { label?: string } {
  const name = problem.field === undefined ? undefined : open.fields.get(problem.field)?.name.zh
  return name === undefined ? {} : { label: name }
}

/** A sensitive value that says what is kept already stays as it is kept. */
function keepSealed(
  { deps }: Importing,
  given: { recordId: string; key: string; value: FieldValue; before: StoredBody | undefined },
): FieldValue {
  const kept = given.before?.[given.key]
  const isSame = isSealed(kept) && unsealValue(deps.vault, { recordId: given.recordId, fieldKey: given.key, value: kept }) === given.value
  // Safe: a sealed value is kept as it is.
  return isSame ? (kept as unknown as FieldValue) : given.value
}

/** What of a record a row would change, as text before and after. */
export function changesOf(ledger: Ledger, before: StoredBody, after: StoredBody): Record<string, [string, string]> {
  const changes: Record<string, [string, string]> = {}
  for (const field of ledger.open.template.fields) {
    const [old, now] = [before[field.key], after[field.key]]
    if (JSON.stringify(old ?? null) === JSON.stringify(now ?? null)) continue
    changes[field.key] = [shownText(field, old), shownText(field, now)]
  }
  return changes
}

function shownText(field: Parameters<typeof textOf>[0], value: StoredValue | undefined): string {
  return isSealed(value) ? value.masked : textOf(field, value).slice(0, 200)
}

/** A judged row as it waits to be applied. */
export function stagedRow(
  importing: Importing,
  judged: JudgedRow,
  given: {
    outcome: 'bad' | 'new' | 'changed' | 'same'
    before: RecordRow | undefined
    problems: readonly ImportProblem[]
    changes: Record<string, [string, string]>
  },
): StagedRow {
  const { ctx, ledger, importId, calendar } = importing
  const { entered, derived, body, place, recordId } = judged
  const { before, outcome } = given
  const state = before?.state ?? entered.state
  const isWritten = outcome === 'new' || outcome === 'changed'
  const madeOn = before === undefined ? ctx.today : dayOf(Date.parse(before.madeAt))
  // Safe: deadlines read days, which are never sealed.
  const values = body as Readonly<Record<string, FieldValue>>
  const running = isWritten ? deadlinesOf(ledger.open, { values, state, madeOn, reachedOn: { [state]: madeOn } }, calendar) : []
  const marks = running.flatMap((one) => one.remindOn.map(({ percent, on }) => ({ key: one.key, due: one.on, percent, on })))
  const [earliest] = running
  return [
    ctx.scope.countyCode,
    importId,
    entered.row,
    outcome,
    recordId,
    before?.revision ?? null,
    place.areaPath === '' ? null : place.areaPath,
    place.householdId,
    derived.title,
    state,
    ledger.open.states.get(state)?.settled === true,
    earliest === undefined ? null : overdueFrom(earliest.on),
    ...allKeyColumns.map((column) => derived.keys[column] ?? null),
    derived.unique1,
    derived.unique2,
    derived.links.length === 0 || !isWritten ? '[]' : JSON.stringify(derived.links),
    marks.length === 0 ? '[]' : JSON.stringify(marks),
    given.problems.length === 0 ? '[]' : JSON.stringify(given.problems),
    before === undefined ? '{}' : JSON.stringify(given.changes),
    before === undefined || outcome !== 'changed' ? null : JSON.stringify(before.body),
    isWritten ? JSON.stringify(body) : '{}',
    outcome === 'new' ? `{${[...gramsOfTitle(ledger.templateKey, derived.title)].join(',')}}` : '{}',
  ]
}

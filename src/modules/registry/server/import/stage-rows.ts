import { tidyIdNumber } from '#kernel/pure/text/index.ts'
import type { SheetRow } from '#kernel/server/sheets/index.ts'
import { makeNameSearch } from './name-search.ts'
import { makeNumberBook, type NumberBook } from './number-book.ts'
import { columnsOf, readRow, type ReadColumn, type RowValues, type StageSheet } from './read-row.ts'
import { makeStatementSayer } from './say-statement.ts'
import { isHead, stageHousehold, stagePerson, stageVillage, textOf, type RowFacts, type StagingTools } from './stage-values.ts'
import type { Problem, RowRefusal, StagedHousehold, StagedPerson, StagedRow } from './staged-rows.ts'

/** Turns rows into waiting rows; a household or person is handed over when the next one begins. */
export interface RowStager {
  stage(sheet: StageSheet, row: SheetRow): StagedRow
  /** What is wrong with the cells of a row, which is not staged. */
  check(sheet: StageSheet, row: SheetRow): Problem[]
  /** What is complete; after the last row call with `true`. */
  take(isEnd: boolean): { households: StagedHousehold[]; persons: StagedPerson[] }
  /** The layouts of the statements so far: id to field keys. */
  readonly layouts: ReadonlyMap<string, readonly string[]>
}

interface State {
  personRows: NumberBook
  householdRows: NumberBook
  household: { staged: StagedHousehold; values: RowValues } | undefined
  person: RowFacts | undefined
  households: StagedHousehold[]
  persons: StagedPerson[]
}

/** Makes the stager of one file of some `expectedRows`. It remembers which numbers the file already named. */
export function makeRowStager(given: Omit<StagingTools, 'sayer'>, expectedRows?: number): RowStager {
  const tools: StagingTools = { ...given, sayer: makeStatementSayer() }
  const state = beginState(expectedRows)
  const searchOf = makeNameSearch()
  const columnsBySheet = new WeakMap<StageSheet, ReadColumn[]>()
  const columnsFor = (sheet: StageSheet): ReadColumn[] => {
    const known = columnsBySheet.get(sheet) ?? columnsOf(sheet)
    columnsBySheet.set(sheet, known)
    return known
  }
  const endPerson = (): void => {
    if (state.person === undefined) return
    state.persons.push(stagePerson(tools, state.person, searchOf(textOf(state.person.read, 'name'))))
    state.person = undefined
  }
  return {
    layouts: tools.sayer.layouts,
    stage(sheet, row) {
      const columns = columnsFor(sheet)
      const read = readRow(sheet, columns, row)
      const { problems } = read
      const given: RowFacts = { sheet, row, columns, read, problems }
      const refusal = refuse(given, state, tools)
      if (refusal !== undefined) problems.push(refusal)
      if (problems.some((problem) => problem.severity === 'refused')) return { problems, isRefused: true }
      if (sheet.kind === 'village') return { problems, isRefused: false, village: stageVillage(tools, given) }
      beginHousehold(tools, state, given)
      if (isSamePerson(state, given)) state.person = foldPeriods(tools, state.person ?? given, given)
      else {
        endPerson()
        state.person = given
      }
      return { problems, isRefused: false }
    },
    check: (sheet, row) => readRow(sheet, columnsFor(sheet), row).problems.filter((problem) => problem.severity !== 'corrected'),
    take(isEnd) {
      if (isEnd) {
        endPerson()
        if (state.household !== undefined) state.households.push(state.household.staged)
        state.household = undefined
      }
      const taken = { households: state.households, persons: state.persons }
      state.households = []
      state.persons = []
      return taken
    },
  }
}

function beginState(expectedRows: number | undefined): State {
  return {
    personRows: makeNumberBook(expectedRows),
    householdRows: makeNumberBook(expectedRows),
    household: undefined,
    person: undefined,
    households: [],
    persons: [],
  }
}

function beginHousehold(tools: StagingTools, state: State, given: RowFacts): void {
  const householdNo = textOf(given.read, 'householdNo')
  if (state.household?.staged.household_no === householdNo) {
    noteHousehold(state.household, given)
    return
  }
  if (state.householdRows.findOrNote(householdNo, given.row.row) !== undefined) return
  if (state.household !== undefined) state.households.push(state.household.staged)
  state.household = { staged: stageHousehold(tools, given, householdNo), values: given.read }
}

/** Whether a row is another period of the person of the row before it, in a kind of file where that may be. */
function isSamePerson(state: State, given: RowFacts): boolean {
  return (
    given.sheet.policy.repeats && state.person !== undefined && textOf(state.person.read, 'personNo') === textOf(given.read, 'personNo')
  )
}

/** Joins two periods of one person: the one that began later counts, the other is kept as a line of text beside it. */
function foldPeriods(tools: StagingTools, one: RowFacts, other: RowFacts): RowFacts {
  const isLater = textOf(other.read, 'startMonth') >= textOf(one.read, 'startMonth')
  const [now, before] = isLater ? [other, one] : [one, other]
  const words = before.columns.flatMap(({ field, label }) => {
    const value = field.kinds === undefined || field.type === 'area' ? undefined : before.read.values[field.key]
    return value === undefined ? [] : [`${label} ${value === true ? '是' : value === false ? '否' : String(value)}`]
  })
  const earlier = [textOf(one.read, 'earlierWork'), textOf(other.read, 'earlierWork'), words.join('，')].filter((text) => text !== '')
  const values = { ...now.read.values, earlierWork: earlier.join('；') }
  const alsoSaid = [...(one.alsoSaid ?? []), tools.sayer.say(before, 'person', {})]
  return { ...now, read: { ...now.read, values }, alsoSaid }
}

const numberForm = /^[0-9A-Za-z]{4,40}$/

/** Why the row as a whole is refused: keys, place, county, a number that stood before. Tidies the keys. */
function refuse(given: RowFacts, state: State, tools: StagingTools): Problem | undefined {
  const { sheet, row, read, columns } = given
  const problem = (reason: RowRefusal, key: string, details: Record<string, unknown> = {}): Problem => {
    const found = columns.find((column) => column.field.key === key)
    return { severity: 'refused', sheet: sheet.sheet, row: row.row, column: found?.column, label: found?.label, reason, details }
  }
  const county = textOf(read, 'county')
  if (county !== '' && !tools.places.isOwnCounty(county)) return problem('other-county', 'county', { county })
  const isVillage = sheet.kind === 'village'
  if (!isVillage) {
    for (const key of ['householdNo', 'personNo']) if (read.values[key] !== undefined) read.values[key] = tidyIdNumber(textOf(read, key))
    const [householdNo, personNo] = [textOf(read, 'householdNo'), textOf(read, 'personNo')]
    if (given.problems.some((one) => one.severity === 'refused')) return undefined
    if (householdNo === '') return problem('no-household-number', 'householdNo')
    if (personNo === '') return problem('no-person-number', 'personNo')
    if (!numberForm.test(householdNo) || householdNo.length > 32) return problem('household-number-form', 'householdNo')
    if (!numberForm.test(personNo)) return problem('person-number-form', 'personNo')
    if (textOf(read, 'name') === '') return problem('no-name', 'name')
  }
  const [township, village] = [textOf(read, 'township'), textOf(read, 'village')]
  if (township === '' || village === '') return problem('no-place', township === '' ? 'township' : 'village')
  const key = isVillage ? `${township}/${village}` : textOf(read, 'personNo')
  const first = state.personRows.findOrNote(key, row.row)
  if (first !== undefined && !isSamePerson(state, given))
    return problem(isVillage ? 'village-twice' : 'person-twice', isVillage ? 'village' : 'personNo', { first })
  return undefined
}

/** Compares the household's values of a row with those of its first row, and finds the head. */
function noteHousehold(pending: NonNullable<State['household']>, given: RowFacts): void {
  for (const { field, label, column } of given.columns) {
    if (field.entity !== 'household' || field.type === 'area') continue
    const [first, here] = [pending.values.values[field.key], given.read.values[field.key]]
    if (first === here) continue
    given.problems.push({
      severity: 'suspicious',
      sheet: given.sheet.sheet,
      row: given.row.row,
      column,
      label,
      reason: 'household-differs',
    })
  }
  if (pending.staged.head_name === null && isHead(given.read)) pending.staged.head_name = textOf(given.read, 'name')
}

import {
  fullYears,
  householdFields,
  personFields,
  planFields,
  workFields,
  type CellKind,
  type Household,
  type Person,
  type PlanRow,
  type WorkRow,
} from '../rules/facts.ts'
import { emptyCell, makeCellReader, readCellText, type CellReader, type CellValue } from './fact-cells.ts'

/** Separators of the lines (registry/rules/statement.ts) and of COPY text. */
const cellEnd = 0x1f
const rowEnd = 0x1e
const personEnd = 0x1d
const partEnd = 0x1c
const tab = 9
const layoutLength = 8

type Cells = Record<string, CellValue>
type FieldTable = Readonly<Record<string, CellKind>>

/** The columns of a statement that the rules read, by their place. */
interface CellPlan {
  layoutId: string
  columns: readonly ({ key: string; kind: CellKind } | undefined)[]
  /** Fields of the table that the statement has no column for. */
  absent: readonly { key: string; empty: CellValue }[]
}

/** A person as the line has it: facts where the monitoring export names the person, and where id and number stand. */
export interface LinePerson {
  facts: Person
  /** Layout of the monitoring export's row; undefined: only other exports name the person. */
  layoutId: string | undefined
  personId: () => string
  personNo: () => string
  /** The encrypted ID number, base64. */
  sealed: () => string
}

/** A household as one line has it. The objects are used again for the next line. */
export interface LineHousehold {
  facts: Household
  /** Layout of the monitoring export's row; undefined: the monitoring export does not name the household. */
  layoutId: string | undefined
  householdId: string
  householdNo: () => string
  areaPath: () => string
  /** Everybody, also those whom only other exports name. */
  persons: readonly LinePerson[]
}

/** Reads lines of `copyStatements` into facts. */
export interface LineReader {
  read(bytes: Buffer, from: number, to: number): LineHousehold
}

/** Makes the reader of one check. `checkDay` is the day for ages (20231231). */
export function makeLineReader(given: {
  layouts: ReadonlyMap<string, readonly string[]>
  corrected: ReadonlyMap<string, ReadonlyMap<string, string>>
  checkDay: number
}): LineReader {
  return new Lines(given)
}

const noWorks: readonly WorkRow[] = []
const emptyOf = (fields: FieldTable): Cells => Object.fromEntries(Object.entries(fields).map(([key, kind]) => [key, emptyCell(kind)]))

class PooledPerson implements LinePerson {
  // Safe: `emptyOf` makes every cell of the table, the rest follows.
  readonly facts = { ...emptyOf(personFields), age: null, works: noWorks, plan: null, sharesIdNumber: false } as unknown as Person
  layoutId: string | undefined
  bytes: Buffer = Buffer.alloc(0)
  parts = [0, 0, 0, 0]
  sealedEnd = 0
  personId = (): string => this.bytes.toString('latin1', this.parts[0], (this.parts[1] ?? 0) - 1)
  personNo = (): string => this.bytes.toString('latin1', this.parts[1], (this.parts[2] ?? 0) - 1)
  sealed = (): string => this.bytes.toString('latin1', this.parts[3], this.sealedEnd)
}

class Lines implements LineReader {
  readonly #given: Parameters<typeof makeLineReader>[0]
  readonly #cells: CellReader = makeCellReader()
  readonly #plans = new Map<FieldTable, Map<string, CellPlan>>()
  readonly #lastPlans = new Map<FieldTable, CellPlan>()
  readonly #pool: PooledPerson[] = []
  readonly #members: Person[] = []
  readonly #persons: PooledPerson[] = []
  // Safe: as for persons.
  readonly #facts = { ...emptyOf(householdFields), members: this.#members, head: null, sharesPhone: false } as unknown as Household
  /** Where the last statement ended. */
  #at = 0

  constructor(given: Parameters<typeof makeLineReader>[0]) {
    this.#given = given
  }

  read(bytes: Buffer, from: number, to: number): LineHousehold {
    const noFrom = bytes.indexOf(tab, from) + 1
    const areaFrom = bytes.indexOf(tab, noFrom) + 1
    const saidFrom = bytes.indexOf(tab, areaFrom) + 1
    const layoutId = this.#readCells(bytes, { from: saidFrom, to, fields: householdFields, into: this.#facts as unknown as Cells })
    this.#readPersons(bytes, this.#at + 1, to)
    const householdId = bytes.toString('latin1', from, noFrom - 1)
    this.#correct(householdId, householdFields, this.#facts as unknown as Cells)
    this.#facts.head = this.#members.find((member) => member.relationToHead === '户主') ?? null
    return {
      facts: this.#facts,
      layoutId,
      householdId,
      householdNo: () => bytes.toString('latin1', noFrom, areaFrom - 1),
      areaPath: () => bytes.toString('latin1', areaFrom, saidFrom - 1),
      persons: this.#persons,
    }
  }

  #readPersons(bytes: Buffer, from: number, to: number): void {
    this.#persons.length = 0
    this.#members.length = 0
    if (bytes[from] === 92) return // \N: nobody
    for (let at = from; at < to; at = this.#at + 1) {
      const person = (this.#pool[this.#persons.length] ??= new PooledPerson())
      this.#persons.push(person)
      this.#readPerson(person, bytes, at, to)
      if (person.layoutId !== undefined) this.#members.push(person.facts)
      if (bytes[this.#at] !== personEnd) return
    }
  }

  /** `id, number, monitoring statement, sealed ID number, work statements, planned-work statement`. */
  #readPerson(person: PooledPerson, bytes: Buffer, from: number, to: number): void {
    const noFrom = bytes.indexOf(partEnd, from) + 1
    const saidFrom = bytes.indexOf(partEnd, noFrom) + 1
    const { facts } = person
    person.bytes = bytes
    person.layoutId = this.#readCells(bytes, { from: saidFrom, to, fields: personFields, into: facts as unknown as Cells })
    const sealedFrom = this.#at + 1
    person.sealedEnd = bytes.indexOf(partEnd, sealedFrom)
    person.parts[0] = from
    person.parts[1] = noFrom
    person.parts[2] = saidFrom
    person.parts[3] = sealedFrom
    facts.works = this.#readWorks(bytes, person.sealedEnd + 1, to)
    facts.plan = this.#readPlan(bytes, this.#at + 1, to)
    if (this.#given.corrected.size > 0) this.#correct(person.personId(), personFields, facts as unknown as Cells)
    const { birthDate } = facts
    facts.age = birthDate === null || Number.isNaN(birthDate) ? null : fullYears(birthDate, this.#given.checkDay)
  }

  #readWorks(bytes: Buffer, from: number, to: number): readonly WorkRow[] {
    this.#at = from
    if ((bytes[from] ?? 0) < 0x20) return noWorks
    const works: WorkRow[] = []
    for (;;) {
      const row = emptyOf(workFields)
      this.#readCells(bytes, { from: this.#at, to, fields: workFields, into: row })
      works.push(row as unknown as WorkRow) // safe: emptyOf makes every cell
      if (bytes[this.#at] !== rowEnd) return works
      this.#at += 1
    }
  }

  #readPlan(bytes: Buffer, from: number, to: number): PlanRow | null {
    this.#at = from
    if (from >= to || (bytes[from] ?? 0) < 0x20) return null
    const row = emptyOf(planFields)
    this.#readCells(bytes, { from, to, fields: planFields, into: row })
    return row as unknown as PlanRow // safe: emptyOf makes every cell
  }

  /** Reads one statement into a record; `#at` is where it ended. Returns its layout, undefined where nothing is stated. */
  #readCells(bytes: Buffer, given: { from: number; to: number; fields: FieldTable; into: Cells }): string | undefined {
    const { from, to, fields, into } = given
    this.#at = from
    if (from >= to || (bytes[from] ?? 0) < 0x20) return undefined
    const plan = this.#planOf(fields, bytes.toString('latin1', from, from + layoutLength))
    for (const { key, empty } of plan.absent) into[key] = empty
    const { columns } = plan
    let at = from + layoutLength
    for (let place = 0; at < to && bytes[at] === cellEnd; place += 1) {
      at += 1
      const start = at
      let hash = 0
      for (let byte = bytes[at] ?? 0; at < to && byte >= 0x20; byte = bytes[at] ?? 0) {
        hash = (Math.imul(hash, 31) + byte) | 0
        at += 1
      }
      const column = columns[place]
      if (column !== undefined) into[column.key] = this.#cells.read(column.kind, { bytes, from: start, to: at, hash })
    }
    this.#at = at
    return plan.layoutId
  }

  #planOf(fields: FieldTable, layoutId: string): CellPlan {
    const last = this.#lastPlans.get(fields)
    if (last?.layoutId === layoutId) return last
    const plans = this.#plans.get(fields) ?? new Map<string, CellPlan>()
    this.#plans.set(fields, plans)
    const plan = plans.get(layoutId) ?? makePlan(fields, layoutId, this.#given.layouts.get(layoutId) ?? [])
    plans.set(layoutId, plan)
    this.#lastPlans.set(fields, plan)
    return plan
  }

  /** Puts what a correction of ours has settled in place of what the exports state. */
  #correct(id: string, fields: FieldTable, into: Cells): void {
    for (const [key, text] of this.#given.corrected.get(id) ?? []) {
      const kind = fields[key]
      if (kind !== undefined) into[key] = readCellText(this.#cells, kind, text)
    }
  }
}

function makePlan(fields: FieldTable, layoutId: string, keys: readonly string[]): CellPlan {
  const columns = keys.map((key) => {
    const kind = fields[key]
    return kind === undefined ? undefined : { key, kind }
  })
  const absent = Object.entries(fields).flatMap(([key, kind]) => (keys.includes(key) ? [] : [{ key, empty: emptyCell(kind) }]))
  return { layoutId, columns, absent }
}

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
import { makeCellReader, readCellText, type CellReader } from './fact-cells.ts'
import { makeRecordType, type FactRecord, type RecordType } from './fact-records.ts'

/** Separators of the lines (registry/server/read-statements.ts) and of COPY text. */
const cellEnd = 0x1f
const rowEnd = 0x1e
const personEnd = 0x1d
const partEnd = 0x1c
const tab = 9
const layoutLength = 8

/** The columns of a statement that the rules read. */
interface CellPlan {
  layoutId: string
  /** Place in the record of each cell, -1 for one that no rule reads. */
  places: readonly number[]
  /** Places for which the statement has no column. */
  absent: readonly number[]
}

/** A person as the line has it. */
export interface LinePerson {
  readonly facts: Person
  /** Layout of the monitoring export's row; undefined: only other exports name the person. */
  readonly layoutId: string | undefined
  personId(): string
  personNo(): string
  /** The encrypted ID number, base64. */
  sealed(): string
}

/** A household as one line has it. The objects are used again for the next line. */
export interface LineHousehold {
  readonly facts: Household
  /** Layout of the monitoring export's row; undefined: the monitoring export does not name the household. */
  readonly layoutId: string | undefined
  readonly householdId: string
  householdNo(): string
  areaPath(): string
  /** Everybody, also those whom only other exports name. */
  readonly persons: readonly LinePerson[]
}

/** Reads lines of `RegisterStatements.households` into facts. */
export interface LineReader {
  read(bytes: Buffer, from: number, to: number): LineHousehold
}

/** What a reader is made with: `checkDay` is the day for ages (20231231). */
export interface LineReaderGiven {
  layouts: ReadonlyMap<string, readonly string[]>
  corrected: ReadonlyMap<string, ReadonlyMap<string, string>>
  checkDay: number
}

/** Makes the reader of one check. */
export function makeLineReader(given: LineReaderGiven): LineReader {
  return new Lines(given)
}

const personType = makeRecordType(personFields)
const householdType = makeRecordType(householdFields)
const workType = makeRecordType(workFields)
const planType = makeRecordType(planFields)
const noWorks: readonly WorkRow[] = []

/** A record with what is not a cell; all of one shape. */
function makePerson(): Person & FactRecord {
  // Safe: the record's type has the cells of `personFields`, the rest is given here.
  return Object.assign(personType.make(), { age: null, works: noWorks, plan: null, sharesIdNumber: false }) as unknown as Person &
    FactRecord
}

class PooledPerson implements LinePerson {
  readonly facts = makePerson()
  layoutId: string | undefined
  bytes: Buffer = Buffer.alloc(0)
  from = 0
  noFrom = 0
  saidFrom = 0
  sealedFrom = 0
  sealedEnd = 0
  personId(): string {
    return this.bytes.toString('latin1', this.from, this.noFrom - 1)
  }
  personNo(): string {
    return this.bytes.toString('latin1', this.noFrom, this.saidFrom - 1)
  }
  sealed(): string {
    return this.bytes.toString('latin1', this.sealedFrom, this.sealedEnd)
  }
}

class Lines implements LineReader, LineHousehold {
  readonly facts: Household & FactRecord
  readonly persons: PooledPerson[] = []
  layoutId: string | undefined
  householdId = ''
  readonly #given: LineReaderGiven
  readonly #reader: CellReader = makeCellReader()
  readonly #plans = new Map<RecordType, Map<string, CellPlan>>()
  readonly #lastPlans = new Map<RecordType, CellPlan>()
  readonly #pool: PooledPerson[] = []
  readonly #members: Person[] = []
  #bytes: Buffer = Buffer.alloc(0)
  #noFrom = 0
  #areaFrom = 0
  #saidFrom = 0
  /** Where the last statement ended. */
  #at = 0

  constructor(given: LineReaderGiven) {
    this.#given = given
    // Safe: the record's type has the cells of `householdFields`, the rest is given here.
    this.facts = Object.assign(householdType.make(), { members: this.#members, head: null, sharesPhone: false }) as unknown as Household &
      FactRecord
  }

  householdNo(): string {
    return this.#bytes.toString('latin1', this.#noFrom, this.#areaFrom - 1)
  }

  areaPath(): string {
    return this.#bytes.toString('latin1', this.#areaFrom, this.#saidFrom - 1)
  }

  read(bytes: Buffer, from: number, to: number): LineHousehold {
    this.#bytes = bytes
    this.#noFrom = bytes.indexOf(tab, from) + 1
    this.#areaFrom = bytes.indexOf(tab, this.#noFrom) + 1
    this.#saidFrom = bytes.indexOf(tab, this.#areaFrom) + 1
    this.householdId = bytes.toString('latin1', from, this.#noFrom - 1)
    this.layoutId = this.#readCells(this.#saidFrom, to, householdType, this.facts)
    this.#readPersons(this.#at + 1, to)
    this.#correct(this.householdId, { type: householdType, fields: householdFields, into: this.facts })
    this.facts.head = this.#members.find((member) => member.relationToHead === '户主') ?? null
    return this
  }

  #readPersons(from: number, to: number): void {
    this.persons.length = 0
    this.#members.length = 0
    if (this.#bytes[from] === 92) return // \N: nobody
    for (let at = from; at < to; at = this.#at + 1) {
      const person = (this.#pool[this.persons.length] ??= new PooledPerson())
      this.persons.push(person)
      this.#readPerson(person, at, to)
      if (this.#bytes[this.#at] !== personEnd) break
    }
    if (!this.#isSorted()) this.persons.sort((one, other) => (one.personNo() < other.personNo() ? -1 : 1))
    for (const person of this.persons) if (person.layoutId !== undefined) this.#members.push(person.facts)
  }

  /** Whether the persons stand in the order of their numbers, as they mostly do. */
  #isSorted(): boolean {
    for (let at = 1; at < this.persons.length; at += 1) {
      const [one, other] = [this.persons[at - 1], this.persons[at]]
      if (one !== undefined && other !== undefined && !isBefore(this.#bytes, one, other)) return false
    }
    return true
  }

  /** `id, number, monitoring statement, sealed ID number, work statements, planned-work statement`. */
  #readPerson(person: PooledPerson, from: number, to: number): void {
    const bytes = this.#bytes
    const { facts } = person
    person.bytes = bytes
    person.from = from
    person.noFrom = bytes.indexOf(partEnd, from) + 1
    person.saidFrom = bytes.indexOf(partEnd, person.noFrom) + 1
    person.layoutId = this.#readCells(person.saidFrom, to, personType, facts)
    person.sealedFrom = this.#at + 1
    person.sealedEnd = bytes.indexOf(partEnd, person.sealedFrom)
    facts.works = this.#readWorks(person.sealedEnd + 1, to)
    facts.plan = this.#readPlan(this.#at + 1, to)
    if (this.#given.corrected.size > 0) this.#correct(person.personId(), { type: personType, fields: personFields, into: facts })
    const { birthDate } = facts
    facts.age = birthDate === null || Number.isNaN(birthDate) ? null : fullYears(birthDate, this.#given.checkDay)
  }

  #readWorks(from: number, to: number): readonly WorkRow[] {
    this.#at = from
    if ((this.#bytes[from] ?? 0) < 0x20) return noWorks
    const works: WorkRow[] = []
    for (;;) {
      const row = workType.make()
      this.#readCells(this.#at, to, workType, row)
      works.push(row as unknown as WorkRow) // safe: the record's type has the cells of `workFields`
      if (this.#bytes[this.#at] !== rowEnd) return works
      this.#at += 1
    }
  }

  #readPlan(from: number, to: number): PlanRow | null {
    this.#at = from
    if (from >= to || (this.#bytes[from] ?? 0) < 0x20) return null
    const row = planType.make()
    this.#readCells(from, to, planType, row)
    return row as unknown as PlanRow // safe: as for work rows
  }

  /** Reads one statement into a record; `#at` is where it ended. Returns its layout, undefined where nothing is stated. */
  // oxlint-disable-next-line max-params -- the inner loop of a check
  #readCells(from: number, to: number, type: RecordType, into: FactRecord): string | undefined {
    const bytes = this.#bytes
    this.#at = from
    if (from >= to || (bytes[from] ?? 0) < 0x20) return undefined
    const plan = this.#planOf(type, bytes.toString('latin1', from, from + layoutLength))
    const { cells } = into
    for (const place of plan.absent) cells[place] = type.empty[place] ?? null
    const { places } = plan
    const { kinds } = type
    const reader = this.#reader
    let at = from + layoutLength
    for (let column = 0; at < to && bytes[at] === cellEnd; column += 1) {
      at += 1
      const start = at
      const place = places[column] ?? -1
      let hash = 0
      for (let byte = bytes[at] ?? 0; byte >= 0x20; byte = bytes[at] ?? 0) {
        hash = (Math.imul(hash, 31) + byte) | 0
        at += 1
      }
      if (place >= 0) cells[place] = reader.read(kinds[place] ?? 'text', bytes, start, at, hash)
    }
    this.#at = at
    return plan.layoutId
  }

  #planOf(type: RecordType, layoutId: string): CellPlan {
    const last = this.#lastPlans.get(type)
    if (last?.layoutId === layoutId) return last
    const plans = this.#plans.get(type) ?? new Map<string, CellPlan>()
    this.#plans.set(type, plans)
    const plan = plans.get(layoutId) ?? makePlan(type, layoutId, this.#given.layouts.get(layoutId) ?? [])
    plans.set(layoutId, plan)
    this.#lastPlans.set(type, plan)
    return plan
  }

  /** Puts what a correction of ours has settled in place of what the exports state. */
  #correct(id: string, given: { type: RecordType; fields: Readonly<Record<string, CellKind>>; into: FactRecord }): void {
    for (const [key, text] of this.#given.corrected.get(id) ?? []) {
      const [kind, place] = [given.fields[key], given.type.placeOf.get(key)]
      if (kind !== undefined && place !== undefined) given.into.cells[place] = readCellText(this.#reader, kind, text)
    }
  }
}

function isBefore(bytes: Buffer, one: PooledPerson, other: PooledPerson): boolean {
  const length = Math.min(one.saidFrom - one.noFrom, other.saidFrom - other.noFrom)
  for (let at = 0; at < length; at += 1) {
    const difference = (bytes[one.noFrom + at] ?? 0) - (bytes[other.noFrom + at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return one.saidFrom - one.noFrom <= other.saidFrom - other.noFrom
}

function makePlan(type: RecordType, layoutId: string, keys: readonly string[]): CellPlan {
  const places = keys.map((key) => type.placeOf.get(key) ?? -1)
  const absent = [...type.placeOf.values()].filter((place) => !places.includes(place))
  return { layoutId, places, absent }
}

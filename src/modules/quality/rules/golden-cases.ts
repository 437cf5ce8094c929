import { readIdNumber } from '#kernel/pure/text/index.ts'
import {
  fullYears,
  householdFields,
  monthOf,
  personFields,
  planFields,
  villageFields,
  workFields,
  type CellKind,
  type Household,
  type IdNumber,
  type Person,
  type Phone,
  type PlanRow,
  type Village,
  type WorkRow,
} from './facts.ts'

/** Cells as a golden table writes them: amounts in yuan, days YYYY-MM-DD, months YYYYMM, numbers and telephones plain. */
export type GoldenCells = Readonly<Record<string, unknown>>

/** One row of a golden table; `rows` is in how many rows of another export the person is wrong. */
export interface GoldenCase {
  person?: GoldenCells
  others?: readonly GoldenCells[]
  household?: GoldenCells
  members?: readonly GoldenCells[]
  village?: GoldenCells
  rows?: number
}

/** What a case means for a rule about a person, a household or a village. */
export interface GoldenFacts {
  person: Person
  household: Household
  village: Village
}

/** Makes facts of a golden case; `isMoney` tells the fields that are amounts. */
export function factsOfCase(given: GoldenCase, on: { checkDay: number; isMoney: (key: string) => boolean }): GoldenFacts {
  const make = (cells: GoldenCells): Person => {
    const birthDate = dayOf(cells['birthDate'])
    return {
      ...cellsOf(personFields, cells, on.isMoney),
      age: birthDate === null ? null : fullYears(birthDate, on.checkDay),
      works: rowsOf(cells['works']).map((row) => cellsOf(workFields, row, on.isMoney) as unknown as WorkRow),
      plan: isCells(cells['plan']) ? (cellsOf(planFields, cells['plan'], on.isMoney) as unknown as PlanRow) : null,
      sharesIdNumber: cells['sharesIdNumber'] === true,
    } as unknown as Person // safe: `cellsOf` makes every cell of the table
  }
  const members = (given.members ?? [given.person ?? {}, ...(given.others ?? [])]).map(make)
  const household = {
    ...cellsOf(householdFields, given.household ?? {}, on.isMoney),
    members,
    head: members.find((member) => member.relationToHead === '户主') ?? null,
    sharesPhone: given.household?.['sharesPhone'] === true,
  } as unknown as Household // safe: as above
  const village = {
    ...cellsOf(villageFields, given.village ?? {}, on.isMoney),
    cultivatedOfHouseholdsMu: Number(given.village?.['cultivatedOfHouseholdsMu'] ?? 0),
    forestOfHouseholdsMu: Number(given.village?.['forestOfHouseholdsMu'] ?? 0),
  } as unknown as Village // safe: as above
  return { person: members[0] ?? make({}), household, village }
}

function isCells(value: unknown): value is GoldenCells {
  return typeof value === 'object' && value !== null
}

function rowsOf(value: unknown): GoldenCells[] {
  return Array.isArray(value) ? value.filter(isCells) : []
}

function cellsOf(
  fields: Readonly<Record<string, CellKind>>,
  cells: GoldenCells,
  isMoney: (key: string) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, kind]) => [key, cellOf(kind, cells[key], isMoney(key))]))
}

function cellOf(kind: CellKind, value: unknown, isMoney: boolean): string | number | IdNumber | Phone | null {
  if (kind === 'text') return typeof value === 'string' ? value : ''
  if (value === undefined || value === null || value === '') return null
  if (kind === 'number') return isMoney ? Math.round(Number(value) * 100) : Number(value)
  if (kind === 'day') return dayOf(value)
  const text = typeof value === 'string' ? value : ''
  if (kind === 'month') return monthOf(Number(text.slice(0, 4)), Number(text.slice(4)))
  return kind === 'id' ? idOf(text) : phoneOf(text)
}

function dayOf(value: unknown): number | null {
  return typeof value === 'string' ? Number(value.replaceAll('-', '')) : null
}

/** What a statement would say of an ID number. */
function idOf(number: string): IdNumber {
  const parts = readIdNumber(number.slice(0, 18))
  return {
    length: number.length,
    what: number.startsWith('999999') ? 'placeholder' : parts === undefined ? 'wrong' : 'right',
    bornOn: parts === undefined ? Number.NaN : Number(parts.bornOn.replaceAll('-', '')),
    sex: parts === undefined ? '' : parts.sex === 'male' ? '男' : '女',
    tail: number.slice(18, 20),
    key: Number(number.slice(0, 12)),
    check: Number(number.slice(12, 17)),
  }
}

function phoneOf(number: string): Phone {
  return { isMobile: /^1[3-9]\d{9}$/.test(number), tail: number.slice(-4), key: Number(number), check: 0 }
}

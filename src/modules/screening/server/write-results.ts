import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Receipt } from '../contract.ts'
import { speaksForHousehold } from '../rules/codes.ts'
import type { ReasonRecord } from './outcome.ts'

/** The files of `compare --out DIR`: written beside their names and put in place together when the run is stored. */
export interface ResultFiles {
  add(name: 'matches' | 'delta', lines: readonly string[][]): void
  addReasons(reasons: readonly ReasonRecord[]): void
  close(receipts: readonly Receipt[]): void
  abandon(): void
}

const heads = {
  matches: 'month,file,sheet,row,household_no,person_id,class',
  leads: 'month,list,rule,household_no,person_id,value',
  leads_merged: 'month,household_no,rules,negative_flags,reasons',
  delta: 'list,key,key_kind,state',
} as const

type ResultName = keyof typeof heads

/** Opens the result files in a folder, readable by their owner only (design.md §10). */
export function openResults(folder: string, month: string): ResultFiles {
  mkdirSync(folder, { recursive: true })
  const names: ResultName[] = ['matches', 'leads', 'leads_merged', 'delta']
  const pathOf = (name: string) => join(folder, name)
  const open = new Map(names.map((name) => [name, openSync(pathOf(`${name}.csv.half`), 'w', 0o600)]))
  const write = (name: ResultName, lines: readonly (readonly string[])[]) => {
    const file = open.get(name)
    if (file !== undefined && lines.length > 0) writeSync(file, `${lines.map((line) => line.map(quote).join(',')).join('\n')}\n`)
  }
  for (const name of names) write(name, [heads[name].split(',')])
  const households = new Map<string, Set<string>>()
  return {
    add: write,
    addReasons(reasons) {
      const rows = reasons.map(({ list, rule, householdNo, idNumber, value }) => {
        return [month, list, rule, householdNo, speaksForHousehold(rule) ? '' : idNumber, value]
      })
      write('leads', rows.toSorted(byText))
      for (const one of reasons) households.set(one.householdNo, (households.get(one.householdNo) ?? new Set()).add(one.rule))
    },
    close(receipts) {
      write('leads_merged', mergedLines(month, households))
      for (const file of open.values()) closeSync(file)
      writeFileSync(pathOf('receipt.json.half'), `${JSON.stringify(receipts, null, 2)}\n`, { mode: 0o600 })
      for (const name of names) renameSync(pathOf(`${name}.csv.half`), pathOf(`${name}.csv`))
      renameSync(pathOf('receipt.json.half'), pathOf('receipt.json'))
    },
    abandon() {
      for (const file of open.values()) closeSync(file)
      for (const name of names) rmSync(pathOf(`${name}.csv.half`), { force: true })
    },
  }
}

/** One line per household with at least one rule L; flags alone make none. */
function mergedLines(month: string, households: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const lines: string[][] = []
  for (const [householdNo, all] of households) {
    const rules = [...all].filter((rule) => rule.startsWith('L')).sort()
    const flags = [...all].filter((rule) => rule.startsWith('N')).sort()
    if (rules.length > 0) lines.push([month, householdNo, rules.join(';'), flags.join(';'), String(rules.length)])
  }
  return lines.toSorted(byText)
}

function byText(one: readonly string[], other: readonly string[]): number {
  const [left, right] = [one.join('\u0001'), other.join('\u0001')]
  return left < right ? -1 : left > right ? 1 : 0
}

function quote(cell: string): string {
  // A text that a spreadsheet would take for a formula is made harmless (trust.md §3.4).
  const safe = /^[=+\-@\t\r\0＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

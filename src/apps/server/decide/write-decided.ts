import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeCsv } from '#kernel/server/sheets/index.ts'
import type { Json } from '#kernel/pure/expressions/index.ts'
import type { DecidedFacts, DecidedRecord } from './decide-facts.ts'
import type { GivenFacts } from './read-facts.ts'

/**
 * Writes what was decided: JSON for a name ending in `.json`, else CSV with the facts as they came and the results beside them. Beside its
 * name first, readable by its owner only: facts may be of persons.
 */
export async function writeDecided(path: string, facts: GivenFacts, decided: readonly DecidedFacts[]): Promise<void> {
  const half = `${path}.half`
  rmSync(half, { force: true })
  if (/\.json$/i.test(path)) writeFileSync(half, `${JSON.stringify(decided, null, 1)}\n`, { mode: 0o600, flag: 'wx' })
  else await writeCsv({ target: half, rows: rowsOf(facts, decided), bom: true })
  chmodSync(half, 0o600)
  renameSync(half, path)
}

/** Output names of a decision: one for each entry of a result with several, else the decision's own name. */
function outputsOf({ decision, records }: DecidedFacts): { label: string; of: (value: Json) => Json }[] {
  const names = new Set<string>()
  for (const { value } of records) if (isObject(value)) for (const name of Object.keys(value)) names.add(name)
  if (names.size === 0) return [{ label: decision, of: (value) => value }]
  return Array.from(names, (name) => ({ label: name, of: (value) => (isObject(value) ? (value[name] ?? null) : value) }))
}

function headings(facts: GivenFacts, decided: readonly DecidedFacts[]): string[] {
  const isMany = decided.length > 1
  const results = decided.flatMap((one) => [
    ...outputsOf(one).map(({ label }) => (isMany && label !== one.decision ? `${one.decision}.${label}` : label)),
    isMany ? `${one.decision}·行 rules` : '行 rules',
    isMany ? `${one.decision}·未定 undecided` : '未定 undecided',
  ])
  return [...facts.shown.headings, ...results]
}

function* rowsOf(facts: GivenFacts, decided: readonly DecidedFacts[]): Generator<string[]> {
  const outputs = decided.map(outputsOf)
  yield headings(facts, decided)
  for (const record of facts.rows.keys()) {
    const results = decided.flatMap(({ records }, place) => {
      const found = records[record]
      if (found === undefined) return []
      return [...(outputs[place] ?? []).map(({ of }) => sayValue(of(found.value))), found.rules.join(' '), sayUndecided(found)]
    })
    yield [...(facts.shown.cells[record] ?? []), ...results]
  }
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as it stands in a cell; not known is empty. */
export function sayValue(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.map(String).join('；')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Why a record is undecided, in one line; empty for one that is decided. */
export function sayUndecided({ undecided }: DecidedRecord): string {
  if (undecided === undefined) return ''
  const parts = [...(undecided.missing.length > 0 ? [`缺 missing: ${undecided.missing.join('、')}`] : []), ...undecided.reasons]
  return parts.length === 0 ? '没有一行符合 no row fits' : parts.join('；')
}

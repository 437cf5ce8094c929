import type { DecidedColumns, OutputColumn } from '#kernel/pure/decisions/index.ts'
import { isContext, type Value } from '#kernel/pure/expressions/index.ts'
import { sayValue } from './say-value.ts'
import type { Outcomes } from './simulate.ts'

const open = '未定'

/** The outputs of one result joined as people read them; '' where nothing is decided. Of money alone only whether there is any. */
export function outcomeText(outputs: readonly { readonly name: string; readonly value: Value }[], money: readonly string[]): string {
  if (outputs.every(({ value }) => value === null)) return ''
  const others = outputs.filter(({ name }) => !money.includes(name))
  if (others.length > 0) return others.map(({ value }) => (value === null ? open : sayValue(value))).join('；')
  return outputs.some(({ value }) => (fenOf(value) ?? 0n) !== 0n) ? '有金额' : '金额为0'
}

/** The outputs of a result that stands as one value. */
export function outputsOfValue(value: Value, names: readonly string[]): { name: string; value: Value }[] {
  if (isContext(value)) return names.map((name) => ({ name, value: value.get(name) ?? null }))
  return names.map((name, at) => ({ name, value: at === 0 ? value : null }))
}

/** The place of each record's outcome; what a code stands for is said once. */
export function outcomesOf(decided: DecidedColumns, outcomes: Outcomes, money: readonly string[]): Int32Array {
  const { outputs, count } = decided
  const placeOf = (record: number) =>
    outcomes.placeOf(
      outcomeText(
        outputs.map((output) => ({ name: output.name, value: wordAt(output, record) })),
        money,
      ),
    )
  const places = new Int32Array(count)
  const [only] = outputs
  if (outputs.length === 1 && only !== undefined) {
    const known = new Int32Array(only.words.length + 1).fill(-1)
    for (let record = 0; record < count; record += 1) {
      const code = (only.codes[record] ?? -1) + 1
      if ((known[code] ?? -1) < 0) known[code] = placeOf(record)
      places[record] = known[code] ?? 0
    }
    return places
  }
  const known = new Map<string, number>()
  const isOnlyMoney = outputs.every(({ name }) => money.includes(name))
  for (let record = 0; record < count; record += 1) {
    let key = ''
    // Computed amounts differ from record to record; beside other outputs only whether there is one counts.
    for (const { name, codes } of outputs)
      key += `${!isOnlyMoney && money.includes(name) ? Math.min(codes[record] ?? -1, 0) : (codes[record] ?? -1)} `
    const place = known.get(key) ?? placeOf(record)
    known.set(key, place)
    places[record] = place
  }
  return places
}

function wordAt(output: OutputColumn, record: number): Value {
  return output.words[output.codes[record] ?? -1] ?? null
}

/** An amount in yuan as whole fen, half away from zero; null for what is no number. */
export function fenOf(value: Value): bigint | null {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'number') return null
  const digits = BigInt(value.digits)
  if (value.scale <= 2) return digits * 10n ** BigInt(2 - value.scale)
  const unit = 10n ** BigInt(value.scale - 2)
  const half = digits < 0n ? -unit / 2n : unit / 2n
  return (digits + half) / unit
}

/** What an output gives each record, in whole fen. */
export function fenByRecord({ codes, words }: OutputColumn): (bigint | null)[] {
  const fen = words.map((word) => fenOf(word))
  return Array.from(codes, (code) => fen[code] ?? null)
}

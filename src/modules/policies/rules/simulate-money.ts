/** What an output that is money gives each record, in whole fen; null where nothing is decided. */
export interface Amounts {
  readonly output: string
  readonly before: (bigint | null)[]
  readonly after: (bigint | null)[]
}

/** Sums in fen, old and new. */
export interface MoneySum {
  readonly output: string
  readonly before: bigint
  readonly after: bigint
}

/** Room for the amounts of so many records. */
export function makeAmounts(output: string, count: number): Amounts {
  const none = () => Array.from({ length: count }, (): bigint | null => null)
  return { output, before: none(), after: none() }
}

/** Writes the amounts of some records into those of all. */
export function putAmounts(
  { before, after }: Amounts,
  records: Int32Array,
  part: { before: readonly (bigint | null)[] | undefined; after: readonly (bigint | null)[] | undefined },
): void {
  for (const [at, record] of records.entries()) {
    before[record] = part.before?.[at] ?? null
    after[record] = part.after?.[at] ?? null
  }
}

/** 1 for each record of which an amount becomes another one, is given where none was, or the reverse. */
export function changedAmounts(all: readonly Amounts[], count: number): Uint8Array {
  const changed = new Uint8Array(count)
  for (const { before, after } of all)
    for (let record = 0; record < count; record += 1) if (before[record] !== after[record]) changed[record] = 1
  return changed
}

/** The sums by township, exact; they add up to the sums of the whole. */
export function sumByTownship(all: readonly Amounts[], townshipOf: Int32Array, townships: number): MoneySum[][] {
  const sums = all.map(({ output, before, after }) => {
    const [old, now] = [sumInto(before, townshipOf, townships), sumInto(after, townshipOf, townships)]
    return Array.from({ length: townships }, (_, at): MoneySum => ({ output, before: old[at] ?? 0n, after: now[at] ?? 0n }))
  })
  return Array.from({ length: townships }, (_, at) => sums.flatMap((one) => one[at] ?? []))
}

function sumInto(amounts: readonly (bigint | null)[], townshipOf: Int32Array, townships: number): bigint[] {
  const sums = Array.from({ length: townships }, () => 0n)
  for (const [record, fen] of amounts.entries()) {
    const at = townshipOf[record] ?? 0
    if (fen !== null && fen !== 0n) sums[at] = (sums[at] ?? 0n) + fen
  }
  return sums
}

/** The sums of several places together, output by output. */
export function sumOfAll(outputs: readonly string[], places: readonly (readonly MoneySum[])[]): MoneySum[] {
  return outputs.map((output, at) => {
    const own = places.flatMap((sums) => sums[at] ?? [])
    const sum = (of: 'before' | 'after') => own.reduce((all, one) => all + one[of], 0n)
    return { output, before: sum('before'), after: sum('after') }
  })
}

// 模拟全县: what a draft would change, counted over records that were judged by the table in force and by the draft. It is fed part by part, so
// that nobody waits for it.

/** The outcomes that were met, in their order; the first is always '' (undecided). */
export interface Outcomes {
  readonly texts: readonly string[]
  /** Place of an outcome; beyond `mostOutcomes` different ones all others share one: nobody reads a matrix of thousands. */
  placeOf(text: string): number
}

export const mostOutcomes = 60
export const otherOutcomes = '其他结果'

export function makeOutcomes(): Outcomes {
  const texts = ['']
  const places = new Map([['', 0]])
  const add = (text: string): number => {
    places.set(text, texts.length)
    return texts.push(text) - 1
  }
  return {
    texts,
    placeOf: (text) => places.get(text) ?? (texts.length < mostOutcomes ? add(text) : (places.get(otherOutcomes) ?? add(otherOutcomes))),
  }
}

/** Records one after the other: places of their outcomes before and after, and of their townships. */
export interface TallyPart {
  readonly before: Int32Array
  readonly after: Int32Array
  readonly townships: Int32Array
}

/** How many went from one outcome to another: [before, after, how many], places of outcomes. */
export type Change = [before: number, after: number, count: number]

export interface TownshipTally {
  /** Place of the township. */
  readonly township: number
  readonly count: number
  readonly changed: number
  /** Changes only; who stays is not listed. */
  readonly changes: Change[]
}

export interface Tally {
  readonly count: number
  readonly changed: number
  /** Every pair that was met, who stays included: adds up to `count`. */
  readonly matrix: Change[]
  readonly townships: TownshipTally[]
}

/** Above any place of an outcome. */
const width = 4_096

/** Counts parts. The matrix adds up to the count, its rows to the old outcomes, its columns to the new ones, its townships to itself. */
export function makeTally(): { add(part: TallyPart): void; finish(): Tally } {
  const byTownship = new Map<number, Map<number, number>>()
  return {
    add({ before, after, townships }) {
      for (let record = 0; record < before.length; record += 1) {
        const township = townships[record] ?? 0
        let pairs = byTownship.get(township)
        if (pairs === undefined) byTownship.set(township, (pairs = new Map()))
        const pair = (before[record] ?? 0) * width + (after[record] ?? 0)
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
      }
    },
    finish() {
      const townships = [...byTownship].sort(([one], [other]) => one - other).map(([township, pairs]) => tallyOf(township, pairs))
      const whole = new Map<number, number>()
      for (const pairs of byTownship.values()) for (const [pair, count] of pairs) whole.set(pair, (whole.get(pair) ?? 0) + count)
      const matrix = changesOf(whole)
      return { count: sumOf(matrix), changed: sumOf(matrix.filter(isMove)), matrix, townships }
    },
  }
}

const isMove = ([before, after]: Change) => before !== after
const sumOf = (changes: readonly Change[]) => changes.reduce((sum, [, , count]) => sum + count, 0)

function changesOf(pairs: ReadonlyMap<number, number>): Change[] {
  return [...pairs].sort(([one], [other]) => one - other).map(([pair, count]): Change => [Math.floor(pair / width), pair % width, count])
}

function tallyOf(township: number, pairs: ReadonlyMap<number, number>): TownshipTally {
  const all = changesOf(pairs)
  const changes = all.filter(isMove)
  return { township, count: sumOf(all), changed: sumOf(changes), changes }
}

/** What the change costs: whoever changes is visited or decided again, at `personDays` each; to one decimal, half up. */
export function workloadOf(changed: number, personDays: number): { visits: number; personDays: number } {
  return { visits: changed, personDays: Math.round(changed * Math.round(personDays * 1_000) * 0.01) / 10 }
}

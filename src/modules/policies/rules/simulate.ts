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
  /** 1 where an amount of money becomes another one. */
  readonly amounts: Uint8Array
}

/** How many went from one outcome to another: [before, after, how many], places of outcomes. */
export type Change = [before: number, after: number, count: number]

/** How many keep an outcome and get another amount: [outcome, how many]. */
export type AmountChange = [outcome: number, count: number]

export interface TownshipTally {
  /** Place of the township. */
  readonly township: number
  readonly count: number
  /** Who gets another outcome, and who keeps it with another amount. */
  readonly changed: number
  /** Changes only; who stays is not listed. */
  readonly changes: Change[]
  readonly amountChanges: AmountChange[]
}

export interface Tally {
  readonly count: number
  /** Who gets another outcome, and who keeps it with another amount. */
  readonly changed: number
  readonly amountChanges: AmountChange[]
  /** Every pair that was met, who stays included: adds up to `count`. */
  readonly matrix: Change[]
  readonly townships: TownshipTally[]
}

/** Above any place of an outcome. */
const width = 4_096

/** How often each pair of outcomes was met, and each outcome that stays with another amount. */
interface Counts {
  readonly pairs: Map<number, number>
  readonly amounts: Map<number, number>
}

const noCounts = (): Counts => ({ pairs: new Map(), amounts: new Map() })

function addTo(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

/** Counts parts. The matrix adds up to the count, its rows to the old outcomes, its columns to the new ones, its townships to itself. */
export function makeTally(): { add(part: TallyPart): void; finish(): Tally } {
  const byTownship = new Map<number, Counts>()
  return {
    add({ before, after, townships, amounts }) {
      for (let record = 0; record < before.length; record += 1) {
        const township = townships[record] ?? 0
        let counts = byTownship.get(township)
        if (counts === undefined) byTownship.set(township, (counts = noCounts()))
        const [from, to] = [before[record] ?? 0, after[record] ?? 0]
        addTo(counts.pairs, from * width + to, 1)
        if (from === to && amounts[record] === 1) addTo(counts.amounts, to, 1)
      }
    },
    finish() {
      const townships = [...byTownship].sort(([one], [other]) => one - other).map(([township, counts]) => tallyOf(township, counts))
      const whole = noCounts()
      for (const { pairs, amounts } of byTownship.values()) {
        for (const [pair, count] of pairs) addTo(whole.pairs, pair, count)
        for (const [outcome, count] of amounts) addTo(whole.amounts, outcome, count)
      }
      const { count, changed, amountChanges } = tallyOf(0, whole)
      return { count, changed, matrix: changesOf(whole.pairs), amountChanges, townships }
    },
  }
}

const isMove = ([before, after]: Change) => before !== after
const sumOf = (changes: readonly Change[]) => changes.reduce((sum, [, , count]) => sum + count, 0)

function changesOf(pairs: ReadonlyMap<number, number>): Change[] {
  return [...pairs].sort(([one], [other]) => one - other).map(([pair, count]): Change => [Math.floor(pair / width), pair % width, count])
}

function tallyOf(township: number, { pairs, amounts }: Counts): TownshipTally {
  const all = changesOf(pairs)
  const changes = all.filter(isMove)
  const amountChanges = [...amounts].sort(([one], [other]) => one - other)
  const changed = sumOf(changes) + amountChanges.reduce((sum, [, count]) => sum + count, 0)
  return { township, count: sumOf(all), changed, changes, amountChanges }
}

/** What the change costs: whoever changes is visited or decided again, at `personDays` each; to one decimal, half up. */
export function workloadOf(changed: number, personDays: number): { visits: number; personDays: number } {
  return { visits: changed, personDays: Math.round(changed * Math.round(personDays * 1_000) * 0.01) / 10 }
}

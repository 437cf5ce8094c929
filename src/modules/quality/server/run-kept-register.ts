import type { LineHousehold } from './fact-lines.ts'
import { landOf, LandSums, type HouseholdLand } from './run-villages.ts'

/** What a household adds to what is looked at across households. Keys of ID numbers are positive, those of telephones negative. */
export interface HouseholdShare {
  readonly keys: readonly number[]
  readonly land: HouseholdLand | undefined
}

/** What a household adds of which no export states anything, or which is none any more. */
export const noShare: HouseholdShare = { keys: [], land: undefined }

/** What a household adds, read off its statement. The keys are those by which `SharedNumbers` suspects: equal for equal numbers, seldom for others. */
export function shareOf(household: LineHousehold): HouseholdShare {
  if (household.layoutId === undefined) return noShare
  const keys: number[] = []
  for (const { idNumber, personPhone } of household.facts.members) {
    if (idNumber !== null && idNumber.what !== 'placeholder') keys.push(idNumber.key + 1)
    if (personPhone !== null) keys.push(-personPhone.key - 1)
  }
  return { keys, land: landOf(household) }
}

/**
 * What all households of a register add, in flat memory (about 0.2 KB a household), so that a check of a few of them need not read all.
 * Holds no number and no name: keys are parts of blind indexes.
 */
export class RegisterBook {
  /** Pairs of layouts that rows of the register have; what `Judge.lookAt` takes. */
  readonly pairs = new Set<string>()
  readonly #ids: string[] = []
  /** Where the keys of each household end. */
  readonly #ends: number[] = []
  readonly #keys: number[] = []
  readonly #codes: string[] = []
  readonly #cultivated: number[] = []
  readonly #forest: number[] = []
  readonly #words = new Map<string, string>()
  /** What changed since: stands for what the flat memory has. */
  readonly #changed = new Map<string, HouseholdShare>()

  /** Adds a household that is not in the book. */
  add(householdId: string, { keys, land }: HouseholdShare): void {
    this.#ids.push(householdId)
    for (const key of keys) this.#keys.push(key)
    this.#ends.push(this.#keys.length)
    this.#codes.push(land === undefined ? '' : this.#once(land.code))
    this.#cultivated.push(land?.cultivated ?? 0)
    this.#forest.push(land?.forest ?? 0)
  }

  /** Sets what a household adds from now on. */
  change(householdId: string, share: HouseholdShare): void {
    this.#changed.set(householdId, share)
  }

  /** The keys of some households. */
  keysOf(householdIds: ReadonlySet<string>): Set<number> {
    const keys = new Set<number>()
    this.#each((id, from, to) => {
      if (householdIds.has(id)) for (let at = from; at < to; at += 1) keys.add(this.#keys[at] ?? 0)
    })
    for (const [id, share] of this.#changed) if (householdIds.has(id)) for (const key of share.keys) keys.add(key)
    return keys
  }

  /** The households that have one of the keys. */
  holdersOf(keys: ReadonlySet<number>): Set<string> {
    const holders = new Set<string>()
    this.#each((id, from, to) => {
      for (let at = from; at < to; at += 1) if (keys.has(this.#keys[at] ?? 0)) holders.add(id)
    })
    for (const [id, share] of this.#changed) if (share.keys.some((key) => keys.has(key))) holders.add(id)
    return holders
  }

  /** The land of all households by village. */
  sums(): LandSums {
    const sums = new LandSums()
    this.#each((_id, _from, _to, at) => {
      const code = this.#codes[at] ?? ''
      if (code !== '') sums.add({ code, cultivated: this.#cultivated[at] ?? 0, forest: this.#forest[at] ?? 0 })
    })
    for (const { land } of this.#changed.values()) if (land !== undefined) sums.add(land)
    return sums
  }

  /** Visits the households that have not changed. */
  #each(visit: (id: string, from: number, to: number, at: number) => void): void {
    let from = 0
    for (const [at, id] of this.#ids.entries()) {
      const to = this.#ends[at] ?? from
      if (!this.#changed.has(id)) visit(id, from, to, at)
      from = to
    }
  }

  /** The same text once: a village's code stands with each of its households. */
  #once(text: string): string {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    this.#words.set(text, text)
    return text
  }
}

/** The book of the county that was checked last; lost with the program, and then made by the next check that reads everything. */
export class KeptRegister {
  #kept: { countyCode: string; revision: number; book: RegisterBook } | undefined

  /**
   * Takes the book out if it holds every change of the register up to `revision` but the last `changes`, which the caller will enter. Whoever
   * takes it puts it back with `keep` when he has; otherwise it is gone.
   */
  take(wanted: { countyCode: string; revision: number; changes: number }): RegisterBook | undefined {
    const kept = this.#kept
    this.#kept = undefined
    if (kept === undefined || kept.countyCode !== wanted.countyCode || kept.revision + wanted.changes !== wanted.revision) return undefined
    return kept.book
  }

  /** Keeps a book that holds the register as it stood at a revision, or a little later. */
  keep(countyCode: string, revision: number, book: RegisterBook): void {
    this.#kept = { countyCode, revision, book }
  }
}

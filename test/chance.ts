/** The seed when nobody gives another: a run of CI is the same run every time. Fresh ones are drawn by `npm run test:soak`. */
const committedSeed = 20_231_218

/** What all chance of the tests begins with. Also fast-check's (test/one-seed.ts). `BANGFU_SEED=… vitest run …` repeats a run. */
export const seed = readSeed(process.env['BANGFU_SEED'])

function readSeed(given: string | undefined): number {
  if (given === undefined || given === '') return committedSeed
  const number = Number(given)
  if (!Number.isInteger(number) || number < 0 || number >= 2 ** 31) throw new RangeError(`BANGFU_SEED=${given}: a whole number below 2^31`)
  return number
}

/** A small generator of chance (mulberry32): one number below a limit; the same start gives the same run. */
export type Chance = (below: number) => number

/** Chance that can be repeated by its start. */
export function makeChance(start: number): Chance {
  let state = start | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** One of a list that is not empty. */
export function pick<Item>(chance: Chance, list: readonly Item[]): Item {
  const item = list[chance(list.length)]
  if (item === undefined) throw new RangeError('chance: nothing to pick from')
  return item
}

/** `npm run test:full`: nothing is drawn, everything runs. `npm test` takes a share that the run's seed draws. */
export const isFull = process.env['BANGFU_FULL'] === '1'

/** How many rounds something is tried: a few in `npm test`, all in `npm run test:full`. */
export function rounds(few: number, all: number): number {
  return isFull ? all : few
}

/** Some of a list in its order: `few` that the seed draws in `npm test` (others for each name), the whole list in `npm run test:full`. */
export function drawn<Item>(name: string, few: number, list: readonly Item[]): Item[] {
  if (isFull || few >= list.length) return [...list]
  const chance = makeChance(seed ^ Array.from(name).reduce((hash, sign) => Math.imul(hash, 31) + sign.charCodeAt(0), 7))
  const rest = list.map((_, at) => at)
  const taken = new Set(Array.from({ length: few }, () => rest.splice(chance(rest.length), 1)[0]))
  return list.filter((_, at) => taken.has(at))
}

import { spend } from '../run.ts'
import type { Run } from '../values.ts'
import { isIn } from './character-sets.ts'
import { programOf, type Instruction } from './program.ts'
import { NoPattern, readFlags, readPattern, type PatternFlags } from './read-pattern.ts'

/** A pattern made ready. Matching takes at most (signs of the text) × (instructions) steps: there is no backtracking. */
export interface Pattern {
  readonly program: readonly Instruction[]
  readonly flags: PatternFlags
  readonly groups: number
}

/** Where a match and its groups stand, in code points: [from, to, from of group 1, to of group 1, …], −1 where a group took no part. */
export type Found = readonly number[]

const known = new Map<string, Pattern | null>()

/** Null for a text that is no pattern, unknown flags, or a back-reference. */
export function patternOf(text: string, flagText: string): Pattern | null {
  const key = `${flagText}/${text}`
  const found = known.get(key)
  if (found !== undefined) return found
  const made = makePattern(text, flagText)
  if (known.size > 500) known.clear()
  known.set(key, made)
  return made
}

function makePattern(text: string, flagText: string): Pattern | null {
  const flags = readFlags(flagText)
  if (flags === null || text.length > 2000) return null
  try {
    const { node, groups } = readPattern(text, flags)
    return { program: programOf(node), flags, groups }
  } catch (error) {
    if (error instanceof NoPattern) return null
    throw error
  }
}

interface Thread {
  readonly at: number
  readonly slots: Found
}

/** The threads at one place of the text, in the order of preference. `marks` says at which place an instruction was added last. */
interface Threads {
  readonly marks: Int32Array
  readonly list: Thread[]
}

/** The first match at or after `from` (leftmost, then as the alternatives and quantifiers prefer). */
export function findIn(pattern: Pattern, points: readonly number[], from: number, run: Run): Found | null {
  const { program, flags } = pattern
  const marks = new Int32Array(program.length).fill(-1)
  const start = Array<number>(pattern.groups * 2).fill(-1)
  let threads: Threads = { marks, list: [] }
  let best: Found | null = null
  spend(run, program.length)
  for (let place = from; place <= points.length; place += 1) {
    if (best === null) follow(pattern, { at: 0, slots: [place, -1, ...start] }, { place, points, threads, run })
    if (threads.list.length === 0 && best !== null) break
    const point = points[place]
    const cases = point === undefined ? [] : casesOf(point, flags.ignoreCase)
    const next: Threads = { marks, list: [] }
    for (const thread of threads.list) {
      const instruction = program[thread.at]
      if (instruction?.kind === 'found') {
        best = [thread.slots[0] ?? 0, place, ...thread.slots.slice(2)]
        break
      }
      if (instruction?.kind !== 'set' || point === undefined || !isIn(instruction.set, cases)) continue
      follow(pattern, { at: thread.at + 1, slots: thread.slots }, { place: place + 1, points, threads: next, run })
    }
    threads = next
  }
  return best
}

interface Place {
  readonly place: number
  readonly points: readonly number[]
  readonly threads: Threads
  readonly run: Run
}

/** Adds a thread and everything it reaches without reading a sign. Each instruction is added once for each place: that keeps it linear. */
function follow(pattern: Pattern, first: Thread, { place, points, threads, run }: Place): void {
  const waiting: Thread[] = [first]
  for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
    const { at, slots } = thread
    if (threads.marks[at] === place) continue
    threads.marks[at] = place
    const instruction = pattern.program[at]
    if (instruction === undefined) continue
    spend(run, 1)
    switch (instruction.kind) {
      case 'jump':
        waiting.push({ at: instruction.next, slots })
        break
      case 'split':
        waiting.push({ at: instruction.other, slots }, { at: instruction.next, slots })
        break
      case 'save':
        spend(run, slots.length)
        waiting.push({ at: at + 1, slots: slots.map((slot, index) => (index === instruction.slot ? place : slot)) })
        break
      case 'start':
        if (place === 0 || (pattern.flags.lines && points[place - 1] === 10)) waiting.push({ at: at + 1, slots })
        break
      case 'end':
        if (place === points.length || (pattern.flags.lines && points[place] === 10)) waiting.push({ at: at + 1, slots })
        break
      case 'set':
      case 'found':
        threads.list.push(thread)
    }
  }
}

/** A sign, and its other case where case does not count. */
function casesOf(point: number, ignoreCase: boolean): readonly number[] {
  if (!ignoreCase) return [point]
  const sign = String.fromCodePoint(point)
  return [point, sign.toLowerCase().codePointAt(0) ?? point, sign.toUpperCase().codePointAt(0) ?? point]
}

/** Whether the pattern is found anywhere in the text. */
export function isFound(pattern: Pattern, text: string, run: Run): boolean {
  return findIn(pattern, pointsOf(text, run), 0, run) !== null
}

/** Every match from left to right, none overlapping. Null when the pattern also matches nothing at all (XPath refuses to replace or split by it). */
export function findAll(pattern: Pattern, points: readonly number[], run: Run): readonly Found[] | null {
  const empty = findIn(pattern, [], 0, run)
  if (empty !== null) return null
  const all: Found[] = []
  for (let from = 0; from <= points.length; ) {
    const found = findIn(pattern, points, from, run)
    if (found === null) break
    all.push(found)
    from = Math.max(found[1] ?? 0, from + 1)
  }
  return all
}

/** A text as code points. */
export function pointsOf(text: string, run: Run): readonly number[] {
  spend(run, text.length)
  return Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
}

/** The part of a text of code points as a text. */
export function textOfPoints(points: readonly number[], from: number, to: number): string {
  let text = ''
  for (let place = from; place < to; place += 1) text += String.fromCodePoint(points[place] ?? 0)
  return text
}

import type { CharacterSet } from './character-sets.ts'
import { NoPattern, type PatternNode } from './read-pattern.ts'

/** One instruction of the matcher; `next` and `other` are places of instructions. */
export type Instruction =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'jump'; next: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'start' | 'end' | 'found' }

const maxInstructions = 10_000

/** A pattern as a list of instructions (Thompson's construction); a repeated part is written out, so the list is limited. */
export function programOf(node: PatternNode): readonly Instruction[] {
  const program: Instruction[] = []
  emit(node, program)
  program.push({ kind: 'found' })
  return program
}

function add(program: Instruction[], instruction: Instruction): void {
  if (program.length >= maxInstructions) throw new NoPattern()
  program.push(instruction)
}

/** Recursion as deep as the pattern is nested, which its reader limits. */
function emit(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'set':
    case 'start':
    case 'end':
      add(program, node)
      return
    case 'sequence':
      for (const part of node.parts) emit(part, program)
      return
    case 'group':
      add(program, { kind: 'save', slot: node.number * 2 })
      emit(node.inside, program)
      add(program, { kind: 'save', slot: node.number * 2 + 1 })
      return
    case 'choice':
      emitChoice(node.ways, program)
      return
    case 'repeat':
      emitRepeat(node, program)
  }
}

function emitChoice(ways: readonly PatternNode[], program: Instruction[]): void {
  const jumps: { next: number }[] = []
  for (const [place, way] of ways.entries()) {
    if (place === ways.length - 1) {
      emit(way, program)
      break
    }
    const split = { kind: 'split' as const, next: program.length + 1, other: 0 }
    add(program, split)
    emit(way, program)
    const jump = { kind: 'jump' as const, next: 0 }
    add(program, jump)
    jumps.push(jump)
    split.other = program.length
  }
  for (const jump of jumps) jump.next = program.length
}

function emitRepeat(node: Extract<PatternNode, { kind: 'repeat' }>, program: Instruction[]): void {
  for (let count = 0; count < node.min; count += 1) emit(node.inside, program)
  if (node.max === Number.POSITIVE_INFINITY) {
    const split = { kind: 'split' as const, next: 0, other: 0 }
    const place = program.length
    add(program, split)
    emit(node.inside, program)
    add(program, { kind: 'jump', next: place })
    leave(split, place + 1, program.length, node.greedy)
    return
  }
  const splits: { place: number; split: { next: number; other: number } }[] = []
  for (let count = node.min; count < node.max; count += 1) {
    const split = { kind: 'split' as const, next: 0, other: 0 }
    splits.push({ place: program.length, split })
    add(program, split)
    emit(node.inside, program)
  }
  for (const { place, split } of splits) leave(split, place + 1, program.length, node.greedy)
}

/** Greedy: again first. Reluctant: on first. */
function leave(split: { next: number; other: number }, again: number, on: number, greedy: boolean): void {
  split.next = greedy ? again : on
  split.other = greedy ? on : again
}

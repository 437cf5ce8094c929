import { parser as feelParser, trackVariables } from 'lezer-feel'
import { namesWithBlanks } from './builtin-names.ts'
import type { FeelType } from './values.ts'

/**
 * The names that an expression may use: a list, or names with their types (then also entries with blanks are read: `applicant.monthly income`).
 * What is made of them is kept by the object: pass the same one for all cells of a table, and never change it.
 */
export type Names = readonly string[] | Readonly<Record<string, FeelType>>

/** One spelling for a name however its blanks and signs are written: `a+b` and `a + b` are the same name in FEEL. */
export function plainName(name: string): string {
  return /[\s./\-'+*]/.test(name)
    ? name
        .slice(0, 1000)
        .split(/([./\-'+]|\*\*?|\s)/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join(' ')
    : name
}

export interface Readers {
  readonly expression: typeof feelParser
  readonly unaryTests: typeof feelParser
  /** The declared spelling by the plain one. */
  readonly declared: ReadonlyMap<string, string>
  readonly types: Readonly<Record<string, FeelType>>
}

const made = new WeakMap<object, Readers>()
const noNames: Names = []

/** The parsers that know these names, made once for each object of names (a table of 1,000 cells shares one). */
export function readersFor(names: Names = noNames): Readers {
  const known = made.get(names)
  if (known !== undefined) return known
  const types: Record<string, FeelType> = isNameList(names) ? Object.fromEntries(names.map((name) => [name, 'Any'])) : names
  const shapes: Record<string, unknown> = Object.fromEntries(namesWithBlanks.map((name) => [name, 1]))
  for (const [name, type] of Object.entries(types)) shapes[name] = shapeOf(type, 0)
  const contextTracker = trackVariables(shapes)
  const readers = {
    expression: feelParser.configure({ top: 'Expression', contextTracker }),
    unaryTests: feelParser.configure({ top: 'UnaryTests', contextTracker }),
    declared: new Map(Object.keys(types).map((name) => [plainName(name), name])),
    types,
  }
  made.set(names, readers)
  return readers
}

function isNameList(names: Names): names is readonly string[] {
  return Array.isArray(names)
}

/** What the tokenizer must know of a type: the names of entries, through lists and functions. */
function shapeOf(type: FeelType, depth: number): unknown {
  if (typeof type === 'string' || depth > 12) return 1
  if ('list' in type) return shapeOf(type.list, depth + 1)
  if ('range' in type) return 1
  if ('result' in type) return shapeOf(type.result, depth + 1)
  return Object.fromEntries(Object.entries(type.context).map(([name, entry]) => [name, shapeOf(entry, depth + 1)]))
}

import type { FeelType } from '#kernel/pure/expressions/index.ts'
import { factsAbout } from '../policy/facts.ts'

const types = { number: 'number', text: 'string', boolean: 'boolean', date: 'date' } as const

/** The names of the catalogue that formulas of other modules may use about a household or a person, with their kinds. */
export function factTypes(of: 'household' | 'person'): Record<string, FeelType> {
  return Object.fromEntries(factsAbout(of).map(({ name, type, isList }) => [name, isList === true ? { list: types[type] } : types[type]]))
}

import { fill, type Language, type Words } from '#kernel/pure/words/index.ts'
import type { ImportProblem } from '../contract.ts'
import { importWords } from './import-words.ts'

const sentences: ReadonlyMap<string, Words> = new Map(Object.entries(importWords))

/** The sentence for one problem of an import. */
export function sayImportProblem(problem: Pick<ImportProblem, 'reason' | 'label' | 'details'>, language: Language): string {
  const words = sentences.get(problem.reason)
  if (words === undefined) return problem.reason
  const values: Record<string, string | number> = { label: problem.label ?? '' }
  for (const [name, value] of Object.entries(problem.details))
    if (typeof value === 'string' || typeof value === 'number') values[name] = value
  return fill(words, language, values)
}

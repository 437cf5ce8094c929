import type { RecordCode } from '../rules/record-words.ts'
import type { Field } from '../rules/template.ts'
import type { LinkedPlace } from './resolve-links.ts'

/** A link as a file writes it, with what else stands in the row. */
export interface WrittenLink {
  readonly field: Field
  readonly text: string
  readonly township: string
  /** The village and the household that other cells of the row name: they tell namesakes apart. */
  readonly near?: { readonly village: string; readonly household: string }
}
/** Where it leads, or why nowhere, with what a sentence says of it. */
export type FoundLink = LinkedPlace | { readonly refused: RecordCode; readonly values?: Readonly<Record<string, string>> }

/** The links of a row, those of people told what other cells of the row say of village and household. */
export function withNear(links: ReadonlyMap<string, WrittenLink>, village: string): Map<string, WrittenLink> {
  const written = [...links.values()]
  const of = (kind: Field['kind']) => written.find((link) => link.field.kind === kind)?.text ?? ''
  const place = of('area') === '' ? village : of('area')
  return new Map(
    [...links].map(([key, link]) => {
      const { kind } = link.field
      if (kind !== 'person' && kind !== 'household') return [key, link]
      return [key, { ...link, near: { village: place, household: kind === 'person' ? of('household') : '' } }]
    }),
  )
}

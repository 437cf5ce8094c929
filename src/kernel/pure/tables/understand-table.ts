import { readMemory } from './column-memory.ts'
import type { MapInput, WantedField } from './column-types.ts'
import { findFirstHeader, findHeader, guessHeader, labelKey, type Header } from './header.ts'
import { mapColumns } from './map-columns.ts'
import type { KnownTable } from './open-table.ts'
import type { RowBlock } from './row-types.ts'
import { sampleRows } from './starts-table.ts'

const mostSamples = 300

/** All labels under which the fields may stand, those of the sender's memory included. */
export function labelsOf(fields: readonly WantedField[], remembered?: MapInput['remembered']): string[] {
  const known = fields.flatMap((field) => [...field.labels, ...(field.aliases ?? []), ...(field.hints ?? [])])
  return [...known, ...[...readMemory(remembered).values()].flatMap((memory) => (memory === null ? [] : [memory.label]))]
}

/**
 * Header and columns of the table that begins in a block: by labels and memory; where too few labels are known, by the look of the rows, and
 * then everything is a proposal. `undefined` when there is no table. Throws as `mapColumns` does.
 */
export function understandTable(block: RowBlock, input: Omit<MapInput, 'header' | 'samples'>): KnownTable | undefined {
  const labels = labelsOf(input.fields, input.remembered)
  const first = findFirstHeader(block, labels) ?? guessHeader(block)
  if (first === undefined) return undefined
  try {
    return mapTable(block, first, input)
  } catch (error) {
    // A little table of contacts above the list: the list is meant.
    const best = findHeader(block, labels)
    if (best === undefined || best.top === first.top) throw error
    return mapTable(block, best, input)
  }
}

function mapTable(block: RowBlock, header: Header, input: Omit<MapInput, 'header' | 'samples'>): KnownTable {
  const labels = new Set(labelsOf(input.fields, input.remembered).map(labelKey))
  const samples = sampleRows(block.rows, header, { labels, most: mostSamples })
  return { header, map: mapColumns({ ...input, header, samples }), fields: input.fields }
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask, read, upload, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { ImportBatch } from '../contract.ts'
import type {
  BadRow,
  ChangedUnit,
  DifferenceField,
  FixedRows,
  ProblemGroup,
  Replacement,
  ReplacementPreview,
} from '../rules/import-records.ts'
import type { ChooseWinners, FixCells, MapColumns, ReplaceValues, UndoImport } from '../rules/import-requests.ts'
import { importPageRows, importsKey, importsRoot } from './import-calls.ts'

const of = (batchId: string) => `${importsRoot}/${batchId}`

/** Says by hand what columns mean; the file is then read again. */
export function mapColumns(batchId: string, given: MapColumns): Promise<ImportBatch> {
  return write<ImportBatch>('PUT', `${of(batchId)}/columns`, given)
}

/** Rows of a page of the sheet of bad rows. */
export const badPageRows = 200

export interface BadRowFilter {
  severity?: 'refused' | 'suspicious' | undefined
  column?: number | undefined
  reason?: string | undefined
}

/** A page of the rows that have problems, in the order of the file. */
export function readBadRows(batchId: string, given: BadRowFilter & { after: string }): Promise<Page<BadRow>> {
  return read<Page<BadRow>>(`${of(batchId)}/bad-rows`, { ...given, limit: badPageRows })
}

/** Writes cells as they should be; the answer is their rows, checked. */
export function fixCells(batchId: string, cells: FixCells['cells']): Promise<FixedRows> {
  return write<FixedRows>('PATCH', `${of(batchId)}/rows`, { cells })
}

/** What is wrong in the file, how often; asked anew when it was checked again. The former answer stays meanwhile. */
export function useProblemGroups({ batchId, stagedAt, fixes }: Pick<ImportBatch, 'batchId' | 'stagedAt' | 'fixes'>) {
  return useQuery({
    queryKey: [...importsKey, batchId, 'problem-groups', stagedAt, fixes],
    queryFn: () => read<ProblemGroup[]>(`${of(batchId)}/problem-groups`),
    placeholderData: keepPreviousData,
  })
}

/** What a replacement would do, nothing of it done. */
export function lookAtReplacement(batchId: string, given: ReplaceValues): Promise<ReplacementPreview> {
  return ask<ReplacementPreview>(`${of(batchId)}/replacements/preview`, given)
}

/** Reads a value of a column as another, wherever it stands. */
export function replaceValues(batchId: string, given: ReplaceValues): Promise<unknown> {
  return write('POST', `${of(batchId)}/replacements`, given)
}

/** Takes a replacement back. */
export function removeReplacement(batchId: string, replacementId: string): Promise<unknown> {
  return write('POST', `${of(batchId)}/replacements/${replacementId}/remove`, {})
}

/** The replacements of a batch. */
export function useReplacements({ batchId, fixes }: Pick<ImportBatch, 'batchId' | 'fixes'>) {
  return useQuery({
    queryKey: [...importsKey, batchId, 'replacements', fixes.replacements],
    queryFn: () => read<Replacement[]>(`${of(batchId)}/replacements`),
    enabled: fixes.replacements > 0,
  })
}

/** Hands in the file again that the sender has corrected; its rows are recognised by their numbers. */
export function sendCorrected(batchId: string, file: File, onProgress: (share: number) => void): Promise<ImportBatch> {
  return upload<ImportBatch>(`${of(batchId)}/returned`, file, { onProgress })
}

/** How many rows differ in which field. */
export function useDifferenceFields({ batchId, stagedAt }: Pick<ImportBatch, 'batchId' | 'stagedAt'>) {
  return useQuery({
    queryKey: [...importsKey, batchId, 'difference-fields', stagedAt],
    queryFn: () => read<DifferenceField[]>(`${of(batchId)}/difference-fields`),
  })
}

/** Chooses whose value wins; the differences are computed anew. */
export function chooseWinners(batchId: string, given: ChooseWinners): Promise<ImportBatch> {
  return write<ImportBatch>('PUT', `${of(batchId)}/choices`, given)
}

/** A page of what an applied batch made and changed. */
export function readChanges(batchId: string, given: { entity: 'household' | 'village'; after: string }): Promise<Page<ChangedUnit>> {
  return read<Page<ChangedUnit>>(`${of(batchId)}/changes`, { ...given, limit: importPageRows })
}

/** Takes back the named households or villages of a batch, or all that nobody has changed since. */
export function undoPart(batchId: string, given: { reason: string; part: NonNullable<UndoImport['part']> }): Promise<ImportBatch> {
  return write<ImportBatch>('POST', `${of(batchId)}/undo`, given)
}

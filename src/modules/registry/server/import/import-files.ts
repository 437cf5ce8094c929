import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ImportKind, ImportProblem, Progress } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { applyImport } from './apply-import.ts'
import { noteBatch, type StoredBatch } from './batch-store.ts'
import { inspectFile, type Inspected } from './inspect-file.ts'
import { listProblems } from './result-store.ts'
import { stageImport } from './stage-import.ts'

export interface ImportDeps {
  vault: Vault
  /** Folder of the quarantine. */
  filesDirectory: string
}

export interface ImportFilesInput {
  /** Files as the sender has them; they are copied into quarantine first. */
  paths: readonly string[]
  kind?: ImportKind
  sender?: string
  /** The day of which files speak that do not say so themselves. */
  asOf?: string
  /** Shows the differences and changes nothing. */
  isDryRun?: boolean
  onProgress?: (progress: Progress & { fileName: string }) => void
}

/** What became of one file: its batch, or why it was refused; the first problems of its rows. */
export interface ImportedFile {
  fileName: string
  batch?: StoredBatch
  error?: { code: string; details: Readonly<Record<string, unknown>> }
  problems: ImportProblem[]
  /** Seconds and rows for each part of the work. */
  seconds: { stage: number; apply: number }
}

export interface ImportFilesResult {
  files: ImportedFile[]
  isRefused: boolean
}

const largestFile = 1024 ** 3
const shownProblems = 200
/** Villages first, since their export names official codes; then the register; the order decides no value (policy/sources.json does). */
const order: readonly ImportKind[] = ['village', 'register', 'monitoring', 'building', 'work', 'planned-work']

/**
 * Imports files one after the other, each in one transaction of its own, for the command line. Needs a system scope. Files of different
 * counties, or of another than the register's, are refused before anything is read in. A refused file leaves the others as they are.
 */
export async function importFiles(ctx: Context, deps: ImportDeps, input: ImportFilesInput): Promise<ImportFilesResult> {
  const inspected: { path: string; fileName: string; found?: Inspected; error?: ImportedFile['error'] }[] = []
  for (const path of input.paths) {
    const fileName = basename(path)
    try {
      inspected.push({ path, fileName, found: await inspectFile({ path, fileName, kind: input.kind }) })
    } catch (fault) {
      if (!isNamedError(fault)) throw fault
      inspected.push({ path, fileName, error: { code: fault.code, details: fault.details } })
    }
  }
  refuseSeveralCounties(inspected.flatMap((file) => file.found ?? []))
  const rank = (kind: ImportKind | undefined): number => (kind === undefined ? -1 : order.indexOf(kind))
  const files: ImportedFile[] = []
  for (const file of inspected.toSorted((one, other) => rank(one.found?.kind) - rank(other.found?.kind))) {
    if (file.error !== undefined) files.push({ fileName: file.fileName, error: file.error, problems: [], seconds: { stage: 0, apply: 0 } })
    else files.push(await importOne(ctx, deps, { ...input, path: file.path, fileName: file.fileName }))
  }
  return { files, isRefused: files.some((file) => file.error !== undefined) }
}

function refuseSeveralCounties(found: readonly Inspected[]): void {
  for (const part of ['counties', 'prefixes'] as const) {
    const all = new Set(found.flatMap((file) => (file[part].size === 1 ? [...file[part]] : [])))
    if (all.size > 1) throw registryErrors.severalCounties({ counties: [...all].slice(0, 10).join('、') })
  }
}

async function importOne(
  ctx: Context,
  deps: ImportDeps,
  input: ImportFilesInput & { path: string; fileName: string },
): Promise<ImportedFile> {
  const { fileName, kind, sender, asOf } = input
  const kept = await keepFile(deps.filesDirectory, createReadStream(input.path), largestFile)
  const result: ImportedFile = { fileName, problems: [], seconds: { stage: 0, apply: 0 } }
  const began = performance.now()
  try {
    const staged = await stageImport(ctx, deps, {
      path: kept.path,
      fileId: kept.fileId,
      fileName,
      fileHash: kept.hash,
      fileBytes: kept.bytes,
      ...(kind === undefined ? {} : { kind }),
      ...(sender === undefined ? {} : { sender }),
      ...(asOf === undefined ? {} : { asOf }),
      onProgress: (progress) => input.onProgress?.({ ...progress, fileName }),
    })
    result.batch = staged
    result.seconds.stage = (performance.now() - began) / 1000
    if (input.isDryRun === true) await noteBatch(ctx, staged.batchId, { state: 'staged' })
    else result.batch = await applyImport(ctx, staged.batchId, (progress) => input.onProgress?.({ ...progress, fileName }))
    result.seconds.apply = (performance.now() - began) / 1000 - result.seconds.stage
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    result.error = { code: fault.code, details: fault.details }
  }
  const batchId = result.batch?.batchId
  if (batchId !== undefined)
    result.problems = await inTransaction(ctx, (db) => listProblems(db, ctx, { batchId, after: 0, limit: shownProblems }))
  return result
}

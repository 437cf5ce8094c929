import type { Month } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { ListTerms } from '../contract.ts'
import type { Thresholds } from '../policy/policy.ts'
import type { IndexDeps, RegisterIndexFile } from './load-register-index.ts'
import type { ProbeJob, ProbeMessage } from './outcome.ts'
import type { KnownLayout } from './recognise-list.ts'
import type { ResultFiles } from './write-results.ts'

/** What a run needs besides the context. */
export interface RunDeps extends IndexDeps {
  /** Does the comparison; a child process unless a test says otherwise. */
  probe?: (job: ProbeJob, take: (message: ProbeMessage) => void) => Promise<void>
  /** Gives the index of the register; built from the registry's tables unless a test brings its own. */
  loadIndex?: (ctx: Context) => Promise<RegisterIndexFile>
}

export interface RunFile {
  path: string
  name: string
  receiptId: string
  layouts?: Record<string, KnownLayout>
}

export interface RunInput {
  runId: string
  month: Month
  terms: ListTerms
  thresholds: Thresholds
  files: readonly RunFile[]
  baseFiles: readonly { path: string; name: string }[]
  results: ResultFiles | undefined
  onProgress?: ((rows: number) => void) | undefined
}

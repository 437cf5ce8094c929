import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Database } from '#kernel/server/database/index.ts'
import { makeLog, type Log } from '#kernel/server/log/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { compareErrorWords } from '../rules/compare-words.ts'
import { compareRoutes } from './compare-routes.ts'
import { leadRoutes } from './lead-routes.ts'
import { recoverRuns } from './jobs/recover-runs.ts'

// What the command line does with lists.
export { compareFiles, readThresholds, type CompareInput } from './compare-files.ts'
export type { RunResult } from './do-run.ts'
// What the demo county does with leads.
export { answerLead } from './lead-answer.ts'
export { readInbox } from './lead-read.ts'
export { sendLeads } from './lead-send.ts'

/** Comparison and leads for the server. `filesDirectory` is where uploads wait and the encrypted index lies. */
export function makeScreeningPlug(parts: {
  database: Database
  vault: Vault
  filesDirectory: string
  log?: Log
  clock?: () => number
}): ServerPlug {
  const { database, vault, filesDirectory, log = makeLog('warn'), clock = Date.now } = parts
  return {
    name: 'screening',
    errorWords: compareErrorWords,
    start: async () => {
      // A start must not fail for it; the next one tries again.
      const recovering = recoverRuns({ database, filesDirectory, nowMs: clock() }).catch(() => 0)
      return async () => void (await recovering)
    },
    routes: [...compareRoutes({ vault, filesDirectory, log, clock }), ...leadRoutes({ vault })],
  }
}

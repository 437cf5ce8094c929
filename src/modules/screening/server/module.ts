import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Log } from '#kernel/server/log/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { compareErrorWords } from '../rules/compare-words.ts'
import { compareRoutes } from './compare-routes.ts'
import { leadRoutes } from './lead-routes.ts'

// What the command line does with lists.
export { compareFiles, readThresholds, type CompareInput } from './compare-files.ts'
export type { RunResult } from './do-run.ts'

/** Comparison and leads for the server. `filesFolder` is where uploads wait and the encrypted index lies. */
export function makeScreeningPlug(parts: { vault: Vault; filesFolder: string; log: Log; clock?: () => number }): ServerPlug {
  const { vault, filesFolder, log, clock = Date.now } = parts
  return {
    name: 'screening',
    errorWords: compareErrorWords,
    routes: [...compareRoutes({ vault, filesFolder, log, clock }), ...leadRoutes({ vault })],
  }
}

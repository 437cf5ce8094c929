import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { loadHouseholds, loadPersons } from './fact-households.ts'
import type { AskSubjects, LoadedSubjects } from './fact-subjects.ts'
import { loadVillages } from './fact-villages.ts'

/**
 * Loads facts of all subjects under the caller's scope into columns: read in bounded parts, one row at a time, only the cells that the asked facts
 * need; membership is that of the day. Throws `policies.unknown-fact`.
 */
export async function loadSubjects(ctx: Context, db: Db, ask: AskSubjects): Promise<LoadedSubjects> {
  if (ask.of === 'village') return loadVillages(ctx, db, ask)
  return ask.of === 'person' ? loadPersons(ctx, db, ask) : loadHouseholds(ctx, db, ask)
}

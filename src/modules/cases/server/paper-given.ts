import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import { paperKey } from '../rules/paper-kinds.ts'
import { termsOf } from './case-terms.ts'
import { notePaper } from './paper-store.ts'

/** The papers that policy asks for at the step of a case, signed and photographed today; without their files. */
export async function givenSignedPapers(ctx: Context, file: CaseFile): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const { steps } = await termsOf({ ...ctx, db }, { areaPath: file.areaPath, asOf: ctx.today })
    for (const name of steps[file.step].papers) {
      const paperId = await notePaper(db, ctx, { file, step: file.step, kind: paperKey(name), signedOn: ctx.today })
      await sql`
        INSERT INTO cases.attachment (county_code, attachment_id, area_path, household_id, case_id, paper_id, kind, media_type, bytes, hash, file_id,
          by_id, by_name, at)
        VALUES (${ctx.scope.countyCode}, ${makeId()}, ${file.areaPath}, ${file.householdId}, ${file.caseId}, ${paperId}, 'paper', 'image/jpeg', 1000,
          ${'0'.repeat(64)}, ${makeId()}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
    }
  })
}

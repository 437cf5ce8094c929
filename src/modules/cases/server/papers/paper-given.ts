import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { paperKey } from '../../rules/papers/paper-kinds.ts'
import { insertAttachment } from './attachment-store.ts'
import { termsOf } from '../case-terms.ts'
import { notePaper } from './paper-store.ts'

/** The papers that policy asks for at the step of a case, signed and photographed today; without their files. */
export async function givenSignedPapers(ctx: Context, file: CaseFile): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const { steps } = await termsOf({ ...ctx, db }, { areaPath: file.areaPath, asOf: ctx.today })
    const { areaPath, householdId, caseId } = file
    for (const name of steps[file.step].papers) {
      const paperId = await notePaper(db, ctx, { file, step: file.step, kind: paperKey(name), signedOn: ctx.today })
      const kept = { mediaType: 'image/jpeg', bytes: 1000, hash: '0'.repeat(64), width: 60, height: 40, fileId: makeId() } as const
      await insertAttachment(db, ctx, { areaPath, householdId, caseId, paperId, meetingId: null, kind: 'paper', ...kept })
    }
  })
}

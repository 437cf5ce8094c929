import { Readable } from 'node:stream'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Template } from '../contract.ts'
import { moveRecord } from './move-record.ts'
import { attachFile } from './record-files.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { saveDraft } from './templates.ts'
import type { LedgerDeps } from './work-out.ts'
import { makeRecord } from './write-record.ts'

/** The ledger that `givenRecord` writes in: every role that has ledgers at all reads it. */
export const givenLedger = 'generic.honour'

/** A record about a household, with its mark in every text, a photograph, and moved once. */
export async function givenRecord(
  ctx: Context,
  deps: LedgerDeps,
  given: { householdId: string; mark: string; picture: Buffer },
): Promise<{ recordId: string; recordFileId: string }> {
  const { householdId, mark, picture } = given
  const values = {
    honour: `${mark}荣誉`,
    household: { id: householdId },
    level: 'village',
    'given-on': '2023-11-01',
    reward: '10',
    goods: `${mark}奖品`,
    deeds: `${mark}事迹`,
    account: '6217000000001234',
  }
  const { recordId } = await makeRecord(ctx, deps, { templateKey: givenLedger, values })
  const of = { templateKey: givenLedger, recordId }
  const { recordFileId } = await attachFile(ctx, deps, { ...of, fieldKey: 'certificate', stream: Readable.from([picture]) })
  await moveRecord(ctx, deps, { ...of, revision: 2, move: 'show', values: {}, reason: `${mark}公示` })
  return { recordId, recordFileId }
}

/** A draft of the next version of `givenLedger`. */
export async function givenDraft(ctx: Context): Promise<Template> {
  const shipped = shippedTemplates().get(givenLedger)?.[0]
  if (shipped === undefined) throw new Error('the shipped ledger is there')
  const { version: _, ...template } = shipped.template
  await saveDraft(ctx, { templateKey: givenLedger, template })
  return template
}

import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { explainFacts, findEntry } from '#modules/policies/server/index.ts'
import type { OfField } from '../contract.ts'
import type { FieldWhy } from '../rules/brought-records.ts'
import { conditionsOf } from '../rules/gather-say.ts'
import { planGather } from '../rules/gather-plan.ts'
import type { GatheredField } from '../rules/open-template.ts'
import { findDecided } from './decide-store.ts'
import { listGathered } from './gather-store.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { currentVersion, mayRead, openLedger, type Within } from './open-ledger.ts'
import { showRows } from './read-records.ts'
import { findRecord } from './record-store.ts'
import { findRecords } from './sample-store.ts'
import type { RecordRow } from './tables.ts'
import { versionOf } from './write-record.ts'

/** Records behind a gathered number that are shown. */
const mostShown = 20

/** Why a gathered or decided field of a record says what it says. Throws `http.not-found` for a record or field that the caller does not see. */
export async function readWhy(ctx: Context, given: OfField): Promise<FieldWhy> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const row = await findRecord(db, ctx, given)
    if (row === undefined || !ledger.maySee(given.fieldKey)) throw httpErrors.notFound()
    const open = await versionOf(within, row)
    const gathered = open.gathered.find(({ field }) => field.key === given.fieldKey)
    if (gathered !== undefined) return whyGathered(within, { row, gathered, fields: open.fields })
    const decided = await findDecided(db, ctx, given)
    if (decided === undefined) return { kind: 'unknown' }
    const entry = findEntry(decided.policyKey)
    const { policyKey, asOf, hash, facts, knownAt } = decided
    const known = { policyKey, policy: { zh: entry?.zh ?? policyKey, en: entry?.en ?? policyKey }, asOf, decidedAt: knownAt, hash }
    try {
      const explained = await explainFacts(within, { key: policyKey, facts, asked: { asOf, areaPath: row.areaPath, knownAt } })
      const isThen = explained.hash === hash
      return { kind: 'decided', ...known, isThen, ...(isThen ? { why: explained.why } : {}) }
    } catch (fault) {
      if (isNamedError(fault)) return { kind: 'decided', ...known, isThen: false }
      throw fault
    }
  })
}

async function whyGathered(
  ctx: Within,
  given: { row: RecordRow; gathered: GatheredField; fields: Parameters<typeof planGather>[0]['fields'] },
): Promise<FieldWhy> {
  const { row, gathered, fields } = given
  const { open: from } = await currentVersion(ctx, gathered.gathers.from)
  const { template } = from
  const known = {
    kind: 'gathered' as const,
    templateKey: template.key,
    ledger: template.name,
    conditions: conditionsOf(gathered.gathers, { mine: [...fields.values()], from: template }),
  }
  const plan = planGather({ fields }, gathered, { side: { recordId: row.recordId, values: row.body }, from: template })
  // Of a closed ledger the number is told to who sees the field, the records to nobody but its office.
  if (plan === undefined || !mayRead(ctx, from)) return { ...known, count: 0, items: [] }
  const ledger = await openLedger(ctx, template.key)
  const found = await asSystemWithin(ctx, 'gather', (system) => listGathered(system.db, system, { plan, limit: mostShown * 5 }))
  const seen = (await findRecords(ctx.db, ctx, found.recordIds)).slice(0, mostShown)
  return { ...known, count: found.count, items: await showRows(ctx, ledger, seen) }
}

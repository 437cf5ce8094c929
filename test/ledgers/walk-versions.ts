import { sql } from 'kysely'
import { expect } from 'vitest'
import type { RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { OpenTemplate } from '../../src/modules/ledgers/rules/open-template.ts'
import type { Template } from '../../src/modules/ledgers/rules/template.ts'
import { asSystemWithin } from '../../src/modules/ledgers/server/jobs/as-system.ts'
import { previewMigration, runMigration, startMigration } from '../../src/modules/ledgers/server/migrate-records.ts'
import { readRecord } from '../../src/modules/ledgers/server/read-records.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import { publishTemplate, saveDraft } from '../../src/modules/ledgers/server/templates.ts'
import type { LedgerDeps } from '../../src/modules/ledgers/server/work-out.ts'
import { makeRecord } from '../../src/modules/ledgers/server/write-record.ts'
import { someRecord, type Values } from './some-values.ts'
import type { Inside, Walker } from './walker.ts'

/** Takes all records to the version in use, by way of the preview; returns them as they are then. */
async function migrate(ctx: Inside, deps: LedgerDeps, given: { templateKey: string; version: number; records: readonly RecordRecord[] }) {
  const { templateKey, version, records } = given
  const preview = await previewMigration(ctx, { templateKey, version })
  const { migrationId } = await startMigration(ctx, { templateKey, version })
  await asSystemWithin(ctx, 'migrate', (system) => runMigration(system, deps, { migrationId, check: () => undefined }))
  const after: RecordRecord[] = []
  for (const { recordId } of records) after.push(await readRecord(ctx, { templateKey, recordId }))
  return { preview, after }
}

/** A county adds a field and publishes: the preview says that nothing goes, and nothing does. */
export async function expectNextVersion(
  ctx: Inside,
  deps: LedgerDeps,
  given: { open: OpenTemplate; records: readonly RecordRecord[] },
): Promise<void> {
  const { open, records } = given
  const { version: _, ...rest } = open.template
  const templateKey = rest.key
  const next: Template = {
    ...rest,
    fields: [...rest.fields, { key: 'added-later', name: { zh: '后来加的栏', en: 'Added later' }, kind: 'text' }],
  }
  const { revision, problems } = await saveDraft(ctx, { templateKey, template: next })
  expect(problems, templateKey).toEqual([])
  const { version } = await publishTemplate(ctx, { templateKey, revision })
  const { preview, after } = await migrate(ctx, deps, { templateKey, version, records })
  expect({ records: preview.records, dropped: preview.dropped }, templateKey).toEqual({ records: records.length, dropped: [] })
  for (const [at, record] of after.entries()) {
    const before = records[at]
    expect([record.version, record.state, record.recordNo, record.dueOn], templateKey).toEqual([
      version,
      before?.state,
      before?.recordNo,
      before?.dueOn,
    ])
    expect(record.values, templateKey).toEqual(before?.values)
  }
}

/** Records written with an older shipped version are taken to the newest one: what a field of both said it still says, what has no place stands in the history. */
export async function expectShippedVersions(walker: Walker, like: Values): Promise<number> {
  const templateKey = walker.open.template.key
  // Safe: it is a Map; the program knows an older set of files for a while, as it did before it was brought up to date.
  const shipped = shippedTemplates() as Map<string, readonly OpenTemplate[]>
  const versions = shipped.get(templateKey) ?? []
  const newest = versions.at(-1)
  let walked = 0
  for (const old of versions.slice(0, -1)) {
    const records: RecordRecord[] = []
    // The sample, too, was entered before the newer version came.
    await sql`UPDATE ledgers.record SET version = ${old.version} WHERE template_key = ${templateKey}`.execute(walker.ctx.db)
    try {
      shipped.set(
        templateKey,
        versions.filter((one) => one.version <= old.version),
      )
      for (let count = 0; count < 12 && records.length < 3; count += 1) records.push(...(await makeOld(walker, { old, like })))
    } finally {
      shipped.set(templateKey, versions)
    }
    expect(records.length, `${templateKey}: no record of version ${old.version} could be made`).toBeGreaterThan(0)
    if (newest === undefined) continue
    const { after } = await migrate(walker.ctx, walker.deps, { templateKey, version: newest.version, records })
    for (const [at, record] of after.entries()) expectKept(newest, records[at], record)
    walked += 1
  }
  return walked
}

async function makeOld(
  { ctx, deps, chance, linksOf }: Walker,
  { old, like }: { old: OpenTemplate; like: Values },
): Promise<RecordRecord[]> {
  const { key: templateKey } = old.template
  const known = Object.fromEntries(Object.entries(like).filter(([key]) => old.fields.has(key)))
  const values = someRecord(old, known, { chance, linksOf })
  if (values === undefined) return []
  const made = await makeRecord(ctx, deps, { templateKey, values }).catch((fault: { code?: string }) => {
    if (fault.code !== 'ledgers.refused' && fault.code !== 'ledgers.not-unique') throw fault
  })
  return made === undefined ? [] : [await readRecord(ctx, { templateKey, recordId: made.recordId })]
}

function expectKept(newest: OpenTemplate, before: RecordRecord | undefined, after: RecordRecord): void {
  expect(after.version).toBe(newest.version)
  const kept = after.history.find((event) => event.act === 'migrate')?.before ?? {}
  for (const [key, value] of Object.entries(before?.values ?? {})) {
    const field = newest.fields.get(key)
    const isBrought = field?.computed !== undefined || field?.gathers !== undefined || field?.decides !== undefined
    if (isBrought) continue
    expect(
      [after.values[key], kept[key]].map((one) => JSON.stringify(one)),
      `${after.template.key} ${key}`,
    ).toContain(JSON.stringify(value))
  }
}

import * as z from 'zod'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { requestJob } from '#kernel/server/jobs/index.ts'
import type { MigrateRecords, OfBook } from '../contract.ts'
import { deadlinesOf, overdueFrom } from '../rules/deadlines.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import { migrateValues } from '../rules/migrate-values.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import type { MigrationPreview, MigrationRecord } from '../rules/template-records.ts'
import { bringValues } from './bring-values.ts'
import { writeDecided, type DecidedRow } from './decide-store.ts'
import { followQuietly, sideOf, type WrittenRecord } from './gather-follow.ts'
import { holdLedgers, takesPart } from './gather-hold.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { ledgersErrors } from './errors.ts'
import { insertEvent, listHandled, type HandledRow } from './event-store.ts'
import { countOlder, findMigrations, insertMigration, listOlder, noteMigration } from './migration-store.ts'
import { currentVersion, openVersion, unlockForSystem, type Within } from './open-ledger.ts'
import { updateRecord } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import { derive, sealValues, shownValues } from './seal-values.ts'
import type { RecordRow, StoredBody } from './tables.ts'
import type { LedgerDeps } from './work-out.ts'
import { changedValues } from './save-record.ts'

export const migrateJob = { name: 'ledgers.migrate', payload: z.strictObject({ migrationId: z.uuid() }) } as const

/** Records that a preview works out, and that it shows. */
const mostTried = 5000
const mostShown = 10

interface MigratedRow {
  readonly body: Record<string, FieldValue>
  readonly dropped: StoredBody
  readonly why: Readonly<Record<string, 'gone' | 'kind' | 'choice'>>
  readonly state: string
  readonly problems: readonly RecordProblem[]
  /** Undefined where the decided fields stay as they were. */
  readonly decided: readonly DecidedRow[] | undefined
}

/** A record as the newer version would have it. */
async function migrated(ctx: Within, to: OpenTemplate, row: RecordRow, brought = false): Promise<MigratedRow> {
  const from = await openVersion(ctx, row)
  // Safe: sealed values are moved whole or dropped whole.
  const values = row.body as Readonly<Record<string, FieldValue>>
  const moved = migrateValues(from, to, { values, state: row.state })
  const record = {
    values: moved.values,
    state: moved.state,
    today: ctx.today,
    madeOn: dayOf(Date.parse(row.madeAt)),
    isNew: false,
  }
  // What is settled or removed keeps what it said; a preview tells what is written, not what will be gathered.
  const isBrought = brought && !row.settled && row.removedAt === null
  const { recordId, areaPath } = row
  const found = isBrought ? await bringValues(ctx, { open: to, recordId, areaPath, record }) : undefined
  const judged = judgeRecord(to, found === undefined ? record : { ...record, brought: found.brought })
  // What the new version hides stays in the history like what it has no field for.
  const hidden = Object.fromEntries(Object.entries(moved.values).filter(([key]) => judged.hidden.has(key)))
  return {
    body: judged.values,
    dropped: { ...moved.dropped, ...hidden },
    why: moved.why,
    state: moved.state,
    problems: judged.problems.filter((one) => one.level === 'refuse'),
    decided: found?.decided(),
  }
}

async function target(ctx: Within, given: OfBook & MigrateRecords): Promise<OpenTemplate> {
  const { open } = await currentVersion(ctx, given.templateKey)
  if (open.version !== given.version) throw ledgersErrors.migrationBackwards()
  return open
}

/** What taking all older records to a version would do: how many, what has no place there, what would be incomplete, some of them whole. */
export async function previewMigration(ctx: Context, given: OfBook & MigrateRecords): Promise<MigrationPreview> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const to = await target(within, given)
    return asSystemWithin(within, 'migrate', async (system) => {
      await unlockForSystem(system, [given.templateKey])
      const records = await countOlder(system.db, system, given)
      const rows = await listOlder(system.db, system, { ...given, after: null, limit: mostTried, isHeld: false })
      const dropped = new Map<string, MigrationPreview['dropped'][number]>()
      const samples: MigrationPreview['samples'][number][] = []
      let incomplete = 0
      for (const row of rows) {
        const made = await migrated(system, to, row)
        const from = await openVersion(system, row)
        for (const [field, why] of Object.entries(made.why)) {
          const name = from.fields.get(field)?.name ?? { zh: field, en: field }
          dropped.set(field, { field, name, why, records: (dropped.get(field)?.records ?? 0) + 1 })
        }
        if (made.problems.length > 0) incomplete += 1
        if (samples.length < mostShown && (made.problems.length > 0 || samples.length < mostShown / 2)) {
          const all = () => true
          samples.push({
            recordId: row.recordId,
            title: row.title,
            before: shownValues(row.body, all),
            after: shownValues(made.body, all),
            problems: made.problems,
          })
        }
      }
      await unlockForSystem(system, [])
      return { version: given.version, records, dropped: [...dropped.values()], incomplete, samples }
    })
  })
}

/** Begins to take all older records to the version in use; a job goes on with it. Throws `ledgers.migration-running`. */
export async function startMigration(ctx: Context, given: OfBook & MigrateRecords): Promise<MigrationRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    await target(within, given)
    const migrationId = makeId(Date.parse(ctx.now))
    const { templateKey, version } = given
    const records = await asSystemWithin(within, 'migrate', async (system) => {
      await unlockForSystem(system, [templateKey])
      const count = await countOlder(system.db, system, given)
      await unlockForSystem(system, [])
      return count
    })
    if (!(await insertMigration(db, ctx, { migrationId, templateKey, version, records }))) throw ledgersErrors.migrationRunning()
    await requestJob(db, ctx, { job: migrateJob, payload: { migrationId } })
    await audit(db, ctx, {
      did: 'ledgers.migrate',
      objectKind: 'ledgers.template',
      objectId: templateKey,
      details: { version, records, migrationId },
    })
    return show((await findMigrations(db, ctx, { migrationId }))[0])
  })
}

/** The last migrations of a template. */
export async function listMigrations(ctx: Context, { templateKey }: OfBook): Promise<{ items: MigrationRecord[] }> {
  return inTransaction(ctx, async (db) => {
    await currentVersion({ ...ctx, db }, templateKey)
    return { items: (await findMigrations(db, ctx, { templateKey })).map(show) }
  })
}

function show(row: Awaited<ReturnType<typeof findMigrations>>[number] | undefined): MigrationRecord {
  if (row === undefined) throw ledgersErrors.templateUnknown()
  const { templateKey: _, lastRecord: __, endedAt, ...rest } = row
  return endedAt === null ? rest : { ...rest, endedAt }
}

const rowsAtATime = 200

/** Goes on with a migration, batch by batch, each in a transaction of its own; a stop or a crash loses nothing and does nothing twice. */
export async function runMigration(ctx: Context, deps: LedgerDeps, given: { migrationId: string; check: () => void }): Promise<void> {
  for (;;) {
    given.check()
    const isDone = await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      const [migration] = await findMigrations(db, ctx, given)
      if (migration === undefined || migration.state === 'done' || migration.state === 'failed') return true
      const { templateKey, version, lastRecord } = migration
      await unlockForSystem(within, [templateKey])
      const to = await openVersion(within, { templateKey, version })
      if (await takesPart(within, templateKey)) await holdLedgers(within, to)
      const rows = await listOlder(db, ctx, { templateKey, version, after: lastRecord, limit: rowsAtATime, isHeld: true })
      const incomplete = await migrateRows(within, deps, { to, rows })
      const last = rows[rows.length - 1]?.recordId ?? lastRecord
      const state = rows.length < rowsAtATime ? 'done' : 'running'
      await noteMigration(db, ctx, {
        migrationId: given.migrationId,
        state,
        done: migration.done + rows.length,
        incomplete: migration.incomplete + incomplete,
        lastRecord: last,
      })
      return state === 'done'
    })
    if (isDone) return
  }
}

async function migrateRows(ctx: Within, deps: LedgerDeps, { to, rows }: { to: OpenTemplate; rows: readonly RecordRow[] }): Promise<number> {
  const calendar = await openCalendar(ctx)
  const handled = await listHandled(
    ctx.db,
    ctx,
    rows.map((row) => row.recordId),
  )
  let incomplete = 0
  const written: WrittenRecord[] = []
  for (const row of rows) {
    const made = await migrated(ctx, to, row, true)
    if (made.problems.length > 0) incomplete += 1
    const body = sealValues(deps.vault, to, { recordId: row.recordId, values: made.body })
    const running =
      row.removedAt === null
        ? deadlinesOf(to, factsOf(to, row, { values: made.body, state: made.state, handled: handled.get(row.recordId) }), calendar)
        : []
    const [earliest] = running
    const settled = to.states.get(made.state)?.settled === true
    const record = {
      ...row,
      version: to.version,
      state: made.state,
      settled,
      body,
      derived: derive(deps.vault, to, { recordId: row.recordId, values: body }),
      dueAt: earliest === undefined ? null : overdueFrom(earliest.on),
    }
    const move = made.state === row.state ? {} : { from: row.state, into: made.state }
    await insertEvent(ctx.db, ctx, { ...record, act: 'migrate', ...move, before: { ...changedValues(row.body, body), ...made.dropped } })
    await updateRecord(ctx.db, ctx, { ...record, isRemoved: row.removedAt !== null })
    await syncReminders(ctx.db, ctx, { ...record, running })
    if (made.decided !== undefined) await writeDecided(ctx.db, ctx, { record, decided: made.decided, isNew: false })
    const after = row.removedAt === null ? { state: made.state, values: body } : undefined
    written.push({ templateKey: row.templateKey, recordId: row.recordId, before: sideOf(row), after })
  }
  await followQuietly(ctx, deps, written)
  return incomplete
}

/** What the deadlines of a kept record are counted from. */
export function factsOf(
  open: OpenTemplate,
  row: RecordRow,
  given: { values: Readonly<Record<string, FieldValue>>; state: string; handled: HandledRow | undefined },
) {
  const madeOn = dayOf(Date.parse(row.madeAt))
  return {
    values: given.values,
    state: given.state,
    madeOn,
    reachedOn: { [open.template.states[0]?.key ?? '']: madeOn, ...given.handled?.reachedOn },
  }
}

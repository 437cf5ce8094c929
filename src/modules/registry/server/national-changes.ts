import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findUserNames, mayDo } from '#modules/identity/server/index.ts'
import type { NationalChange, NationalOverview, NationalSource } from '../rules/national-records.ts'
import { nationalValue } from '../rules/national-text.ts'
import { registryErrors } from './errors.ts'
import { maskOf } from './fact-records.ts'
import type { ReadingDeps } from './get-household.ts'
import {
  countChanges,
  countStates,
  cursorOf,
  findChangeRow,
  listChangeRows,
  markChange,
  type ChangeRow,
  type NationalFilter,
} from './national-list-store.ts'
import { findLatestRun, type NationalRunRow } from './national-run-store.ts'
import { findRevision } from './register-store.ts'
import { placeOfPersonCell } from './tables.ts'

/** The latest comparison, what waits by township and field, and how many changes are in which state, within the scope. */
export async function getNationalOverview(ctx: Context): Promise<NationalOverview> {
  return inTransaction(ctx, async (db) => {
    const { scope } = ctx
    const run = await findLatestRun(db, scope.countyCode)
    const revision = await findRevision(db, scope.countyCode)
    const may = (action: string) => mayDo(ctx, 'registry.national', action)
    return {
      run: run === undefined ? undefined : toRun(run, revision),
      counts: await countChanges(db, scope, 'open'),
      states: await countStates(db, scope),
      can: { compare: may('compare'), enter: may('enter'), export: may('export') },
    }
  })
}

function toRun(row: NationalRunRow, revision: number): NationalOverview['run'] {
  return {
    runId: row.run_id,
    state: row.state,
    households: row.households,
    found: row.found,
    exports: row.exports,
    isOutdated: row.revision !== null && Number(row.revision) !== revision,
    startedName: row.started_name,
    startedAt: row.started_at,
  }
}

/** Changes to be entered within the scope, by area and household. */
export async function listNationalChanges(
  ctx: Context,
  query: NationalFilter & { after?: string | undefined; limit: number },
  deps: ReadingDeps,
): Promise<Page<NationalChange>> {
  return inTransaction(ctx, async (db) => {
    const { after, limit, ...filter } = query
    const rows = await listChangeRows(db, { scope: ctx.scope, filter, after: readCursor(after, ['text', 'id', 'id']), limit })
    const page = toPage(rows, limit, cursorOf)
    return { ...page, items: await showChanges({ ...ctx, db }, page.items, deps) }
  })
}

/** Marks one change as entered in the system, or open again. Throws `registry.not-found`, `registry.revision-changed`, `registry.wrong-state`. */
export async function markNationalChange(
  ctx: Context,
  changeId: string,
  given: { revision: number; to: 'entered' | 'open'; deps: ReadingDeps },
): Promise<NationalChange> {
  return inTransaction(ctx, async (db) => {
    const row = await getChange(ctx, db, changeId)
    if (!(await markChange(db, ctx, { changeId, revision: given.revision, to: given.to }))) {
      if (row.revision !== given.revision) throw registryErrors.revisionChanged({ revision: row.revision })
      throw registryErrors.wrongState({ state: row.state })
    }
    await audit(db, ctx, {
      did: given.to === 'entered' ? 'registry.enter-national' : 'registry.reopen-national',
      objectKind: 'registry.national-change',
      objectId: changeId,
      details: { field: row.field, action: row.action, kind: row.kind },
    })
    const [shown] = await showChanges({ ...ctx, db }, [await getChange(ctx, db, changeId)], given.deps)
    if (shown === undefined) throw registryErrors.notFound()
    return shown
  })
}

async function getChange(ctx: Context, db: Db, changeId: string): Promise<ChangeRow> {
  const row = await findChangeRow(db, ctx.scope, changeId)
  if (row === undefined) throw registryErrors.notFound()
  return row
}

/** Changes as screens and the workbook show them, numbers masked. */
export async function showChanges(ctx: Context, rows: readonly ChangeRow[], { vault }: ReadingDeps): Promise<NationalChange[]> {
  const users = rows.flatMap(({ correction_by: by }) => (by !== null && isUserId.test(by) ? [by] : []))
  const names = new Map((await findUserNames(ctx, [...new Set(users)])).map(({ userId, name }) => [String(userId), name]))
  const mayEnter = mayDo(ctx, 'registry.national', 'enter')
  return rows.map((row) => ({
    changeId: row.change_id,
    revision: row.revision,
    entity: row.entity,
    householdId: row.household_id ?? undefined,
    householdNo: row.household_no ?? undefined,
    name: row.name ?? '',
    personNo: row.person_no ?? undefined,
    idMasked: row.id_cell === null ? undefined : maskOf('id', vault.decrypt(row.id_cell, placeOfPersonCell('id', row.person_no ?? ''))),
    place: [row.township, row.village, row.group_name].filter((part) => part !== null).join(' '),
    action: row.action,
    field: row.field,
    kind: row.kind,
    exportOn: row.export_on,
    system: nationalValue(row.field, row.system_value),
    ours: nationalValue(row.field, row.our_value),
    why: row.why,
    source: sourceOf(row, names),
    severity: row.severity,
    state: row.state,
    reopenedOn: row.reopened_on ?? undefined,
    enteredName: row.entered_name ?? undefined,
    enteredOn: row.entered_on ?? undefined,
    settledOn: row.settled_on ?? undefined,
    can: { enter: mayEnter && row.state === 'open', reopen: mayEnter && row.state === 'entered' },
  }))
}

// Jobs and the command line act under names of their own, which are no accounts.
const isUserId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

function sourceOf(row: ChangeRow, names: ReadonlyMap<string, string>): NationalSource | undefined {
  const { source } = row
  if (source === null || source.from === 'file') return source ?? undefined
  return {
    ...source,
    on: row.correction_on ?? undefined,
    by: row.event_name ?? names.get(row.correction_by ?? ''),
    said: row.correction_source ?? undefined,
    ...(row.event_name === null ? {} : { isEvent: true }),
  }
}

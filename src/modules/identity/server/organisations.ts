import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type {
  AddOrganisation,
  ChangeOrganisation,
  Organisation,
  OrganisationItem,
  OrganisationRecord,
  SearchOrganisations,
} from '../contract.ts'
import { countyPathOf } from '../rules/area-codes.ts'
import { findArea, listAreas } from './area-store.ts'
import { identityErrors } from './errors.ts'
import { mayDo } from './may-do.ts'
import {
  findOrganisationRow,
  insertOrganisation,
  listFormerNames,
  listRelatedRows,
  searchOrganisationRows,
  type OrganisationRow,
} from './organisation-store.ts'
import { insertOrganisationEvent, keepFormerName, listOrganisationEvents, updateOrganisation } from './organisation-write-store.ts'
import { translating } from './system-store.ts'

/** Names of places by path, read once. */
async function placeNames(ctx: Context): Promise<(path: string) => string> {
  const names = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area]))
  return (path) => {
    const area = names.get(path)
    const above = area?.level === 'village' ? (names.get(area.parentPath)?.name ?? '') : ''
    return `${above}${area?.name ?? ''}`
  }
}

function toItem(row: OrganisationRow & { formerly?: string | null }, nameOf: (path: string) => string): OrganisationItem {
  const { organisationId, kind, name, areaPath, creditCode, business, closedOn, formerly = null } = row
  return {
    organisationId,
    kind,
    name,
    areaPath,
    areaName: nameOf(areaPath),
    ...(creditCode === null ? {} : { creditCode }),
    ...(business === null ? {} : { business }),
    ...(closedOn === null ? {} : { closedOn }),
    ...(formerly === null ? {} : { formerly }),
  }
}

/** The register of organisations, by name; every role that reads it sees the county's whole. */
export async function searchOrganisations(
  ctx: Context,
  asked: SearchOrganisations,
): Promise<Page<OrganisationItem> & { can: Record<string, boolean> }> {
  return inTransaction(ctx, async (db) => {
    const rows = await searchOrganisationRows(db, ctx, { ...asked, after: readCursor(asked.after, ['text', 'id']) })
    const page = toPage(rows, asked.limit, (row) => [row.name, row.organisationId])
    const nameOf = await placeNames({ ...ctx, db })
    return { ...page, items: page.items.map((row) => toItem(row, nameOf)), can: { add: mayDo(ctx, 'identity.organisation', 'enter') } }
  })
}

/** Whether a place is one where the caller may enter organisations: his own area. */
function isOwn({ scope }: Context, path: string): boolean {
  return scope.kind === 'area' ? path >= scope.lo && path < scope.hi : scope.kind !== 'households'
}

/** One organisation whole. Throws `identity.organisation-not-found`. */
export async function readOrganisation(ctx: Context, organisationId: string): Promise<OrganisationRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await findOrganisationRow(db, ctx, organisationId)
    if (row === undefined) throw identityErrors.organisationNotFound()
    const into = row.mergedInto === null ? undefined : await findOrganisationRow(db, ctx, row.mergedInto)
    const related = await listRelatedRows(db, ctx, organisationId)
    const nameOf = await placeNames({ ...ctx, db })
    const events = await listOrganisationEvents(db, ctx, organisationId)
    const may = (action: string) => mayDo(ctx, 'identity.organisation', action)
    const isMerged = row.mergedInto !== null
    return {
      ...toItem(row, nameOf),
      ...(row.address === null ? {} : { address: row.address }),
      revision: row.revision,
      ...(into === undefined ? {} : { mergedInto: { organisationId: into.organisationId, name: into.name } }),
      formerNames: await listFormerNames(db, ctx, organisationId),
      alike: isMerged ? [] : related.filter((one) => one.mergedInto === null).map((one) => toItem(one, nameOf)),
      takenIn: related
        .filter((one) => one.mergedInto === organisationId)
        .map(({ organisationId: id, name }) => ({ organisationId: id, name })),
      history: events.map(({ at, act, byName, reason, otherName, changes }) => ({
        at,
        act,
        byName,
        changes,
        ...(reason === null ? {} : { reason }),
        ...(otherName === null ? {} : { other: otherName }),
      })),
      can: {
        change: !isMerged && may('enter') && isOwn(ctx, row.areaPath),
        merge: !isMerged && may('manage'),
        unmerge: isMerged && may('manage'),
      },
    }
  })
}

const nameErrors = {
  organisation_county_code_name_key: () => identityErrors.organisationExists(),
  organisation_credit_code: () => identityErrors.creditCodeTaken(),
}

/** Enters an organisation in the caller's own area. Throws `unknown-area`, `organisation-exists`, `credit-code-taken`. */
export async function addOrganisation(ctx: Context, input: AddOrganisation): Promise<Organisation> {
  return inTransaction(ctx, async (db) => {
    const own = ctx.scope.kind === 'area' ? ctx.scope.path : countyPathOf(ctx.scope.countyCode)
    const areaPath = await ownArea(ctx, db, input.areaPath ?? own)
    const organisation = await translating(db, ctx, {
      work: (inner) => insertOrganisation(inner, ctx, { ...input, areaPath }),
      errors: nameErrors,
    })
    const { organisationId } = organisation
    await insertOrganisationEvent(db, ctx, { organisationId, areaPath, act: 'add' })
    await audit(db, ctx, { did: 'identity.organisation-add', objectKind: 'identity.organisation', objectId: organisationId })
    return organisation
  })
}

async function ownArea(ctx: Context, db: Db, areaPath: string): Promise<string> {
  if (!isOwn(ctx, areaPath) || (await findArea({ ...ctx, db }, areaPath)) === undefined) throw identityErrors.unknownArea()
  return areaPath
}

const facts = ['name', 'kind', 'areaPath', 'creditCode', 'address', 'business', 'closedOn'] as const

/** Changes an organisation of the caller's own area; a former name stays known. Throws as adding does, `organisation-not-found`, `changed-meanwhile`. */
export async function changeOrganisation(
  ctx: Context,
  given: ChangeOrganisation & { organisationId: string },
): Promise<{ revision: number }> {
  return inTransaction(ctx, async (db) => {
    const before = await findOrganisationRow(db, ctx, given.organisationId)
    if (before === undefined || before.mergedInto !== null || !isOwn(ctx, before.areaPath)) throw identityErrors.organisationNotFound()
    if (given.areaPath !== undefined) await ownArea(ctx, db, given.areaPath)
    const after = changed(before, given)
    const changes = changesOf(before, after)
    if (Object.keys(changes).length === 0) return { revision: before.revision }
    const isWritten = await translating(db, ctx, {
      work: (inner) => updateOrganisation(inner, ctx, { ...after, revision: given.revision }),
      errors: nameErrors,
    })
    if (!isWritten) throw identityErrors.changedMeanwhile()
    if (after.name !== before.name) await keepFormerName(db, ctx, { ...before, areaPath: after.areaPath })
    const { organisationId } = before
    await insertOrganisationEvent(db, ctx, { organisationId, areaPath: after.areaPath, act: 'change', changes, reason: given.reason })
    await audit(db, ctx, {
      did: 'identity.organisation-change',
      objectKind: 'identity.organisation',
      objectId: organisationId,
      reason: given.reason,
      details: { fields: Object.keys(changes) },
    })
    return { revision: given.revision + 1 }
  })
}

/** The row as it would be; an empty text takes a fact away. */
function changed(before: OrganisationRow, given: ChangeOrganisation): OrganisationRow {
  const fact = (text: string | undefined, kept: string | null) => (text === undefined ? kept : text === '' ? null : text)
  return {
    ...before,
    name: given.name ?? before.name,
    kind: given.kind ?? before.kind,
    areaPath: given.areaPath ?? before.areaPath,
    creditCode: fact(given.creditCode, before.creditCode),
    address: fact(given.address, before.address),
    business: fact(given.business, before.business),
    closedOn: given.closedOn === undefined ? before.closedOn : given.closedOn,
  }
}

function changesOf(before: OrganisationRow, after: OrganisationRow): Record<string, [string | null, string | null]> {
  return Object.fromEntries(facts.filter((key) => before[key] !== after[key]).map((key) => [key, [before[key], after[key]]]))
}

import { findAreaInScope, findOrganisations } from '#modules/identity/server/index.ts'
import { findHouseholds, findPersonPlaces } from '#modules/registry/server/index.ts'
import { isLink } from '../rules/field-kinds.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { FieldValue, Linked, RecordProblem } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { currentVersion, mayRead, type Within } from './open-ledger.ts'
import { findTitles } from './record-store.ts'
import { findOfSuperiors } from './superior-store.ts'

/** Where something that is linked lies. */
export interface LinkedPlace {
  readonly linked: Linked
  readonly areaPath: string
  readonly householdId: string | null
}

/** Links of a record as they are today: with today's names, each within the caller's scope; what is not there is a problem of its field. */
export async function resolveLinks(
  ctx: Within,
  open: OpenTemplate,
  values: Readonly<Record<string, FieldValue | undefined>>,
): Promise<{ values: Record<string, FieldValue>; places: ReadonlyMap<string, LinkedPlace>; problems: RecordProblem[] }> {
  const found: Record<string, FieldValue> = {}
  const places = new Map<string, LinkedPlace>()
  const problems: RecordProblem[] = []
  for (const [key, value] of Object.entries(values)) {
    const field = open.fields.get(key)
    if (field === undefined || !isLink(field.kind) || typeof value !== 'object' || value === null || !('id' in value)) continue
    const place = await findPlace(ctx, field, value.id)
    if (place === undefined || 'refused' in place) {
      problems.push(
        makeProblem(place?.refused ?? 'not-found', {
          name: field.name,
          field: key,
          values: { value: value.name, level: levelName(field) },
        }),
      )
    } else {
      found[key] = place.linked
      places.set(key, place)
    }
  }
  return { values: found, places, problems }
}

const levelNames = { township: '乡镇', village: '村', group: '组' } as const
const levelName = (field: Field): string => (field.level === undefined ? '' : levelNames[field.level])

async function findPlace(ctx: Within, field: Field, id: string): Promise<LinkedPlace | { refused: 'wrong-level' } | undefined> {
  const { kind } = field
  if (!isLink(kind)) return undefined
  switch (kind) {
    case 'household': {
      const [card] = await findHouseholds(ctx, ctx.db, [id])
      return card === undefined
        ? undefined
        : { linked: { id, name: card.headName ?? card.householdNo }, areaPath: card.areaPath, householdId: id }
    }
    case 'person': {
      const place = (await findPersonPlaces(ctx, ctx.db, [id])).get(id)
      return place === undefined
        ? undefined
        : { linked: { id, name: place.name }, areaPath: place.areaPath, householdId: place.householdId }
    }
    case 'organisation': {
      const [one] = await findOrganisations(ctx, { ids: [id] })
      const fits = one !== undefined && (field.organisationKinds === undefined || field.organisationKinds.includes(one.kind))
      // One that was entered twice answers with the one that stays.
      return fits ? { linked: { id: one.organisationId, name: one.name }, areaPath: one.areaPath, householdId: null } : undefined
    }
    case 'area': {
      const area = await findAreaInScope(ctx, id)
      if (area === undefined) return undefined
      if (field.level !== undefined && area.level !== field.level) return { refused: 'wrong-level' }
      return { linked: { id, name: area.name }, areaPath: id, householdId: null }
    }
    case 'record': {
      const [title] = await findRecords(ctx, { templateKey: field.of ?? '', recordIds: [id] })
      return title === undefined
        ? undefined
        : { linked: { id, name: title.title }, areaPath: title.areaPath, householdId: title.householdId }
    }
  }
}

/** Records that a link may name: the caller's own, and those of the offices above him where his role reads their ledger. */
async function findRecords(ctx: Within, given: { templateKey: string; recordIds: readonly string[] }) {
  const own = await findTitles(ctx.db, ctx, given)
  if (own.length > 0 || !(await readsLedger(ctx, given.templateKey))) return own
  return findOfSuperiors(ctx, { ...given, limit: given.recordIds.length })
}

/** Whether the caller's role reads a ledger, from whose records above him he may name one. */
export async function readsLedger(ctx: Within, templateKey: string): Promise<boolean> {
  const { open } = await currentVersion(ctx, templateKey)
  return mayRead(ctx, open)
}

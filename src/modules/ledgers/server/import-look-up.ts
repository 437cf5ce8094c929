import { readIdNumber, tidyIdNumber } from '#kernel/pure/text/index.ts'
import { areasByName, findOrganisations } from '#modules/identity/server/index.ts'
import { findPersons, type FoundPersons } from '#modules/registry/server/index.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { RecordCode } from '../rules/record-words.ts'
import type { Field } from '../rules/template.ts'
import { findByTitles } from './import-store.ts'
import type { Within } from './open-ledger.ts'
import type { LinkedPlace } from './resolve-links.ts'
import type { LedgerDeps } from './work-out.ts'

/** A link as a file writes it, with what else stands in the row. */
export interface WrittenLink {
  readonly field: Field
  readonly text: string
  readonly township: string
}
export type FoundLink = LinkedPlace | { readonly refused: RecordCode }

/** Looks up the links of many rows in a few questions, within the caller's scope. */
export async function lookUpLinks(
  ctx: Within,
  deps: LedgerDeps,
  open: OpenTemplate,
  links: readonly WrittenLink[],
): Promise<(link: WrittenLink) => FoundLink> {
  const texts = (kinds: readonly string[]) => [...new Set(links.filter((link) => kinds.includes(link.field.kind)).map((link) => link.text))]
  const people = texts(['household', 'person'])
  const isId = (text: string) => readIdNumber(tidyIdNumber(text)) !== undefined
  const found: FoundPersons =
    people.length === 0
      ? { byIdNumber: new Map(), byHouseholdNo: new Map() }
      : await findPersons(ctx, ctx.db, {
          idNumbers: people.filter(isId).map(tidyIdNumber),
          householdNos: people.filter((text) => !isId(text)),
          vault: deps.vault,
        })
  const names = texts(['organisation'])
  const organisations = new Map((names.length === 0 ? [] : await findOrganisations(ctx, { names })).map((one) => [one.name, one]))
  const areas = texts(['area']).length === 0 ? undefined : await areasByName(ctx)
  const records = new Map<string, Awaited<ReturnType<typeof findByTitles>>>()
  for (const field of open.fields.values()) {
    const titles = [...new Set(links.filter((link) => link.field.key === field.key).map((link) => link.text))]
    if (field.kind === 'record' && titles.length > 0)
      records.set(field.key, await findByTitles(ctx.db, ctx, { templateKey: field.of ?? '', titles }))
  }
  return ({ field, text, township }) => {
    if (field.kind === 'household') return findHousehold(found, text)
    if (field.kind === 'person') return findPerson(found, text)
    if (field.kind === 'organisation') return foundOrganisation(organisations.get(text))
    if (field.kind === 'area') return areas === undefined ? { refused: 'not-found' } : findPlaceByName(areas, { text, township })
    return foundRecord(records.get(field.key)?.filter((one) => one.title === text || one.recordNo === text) ?? [])
  }
}

function foundOrganisation(one: Awaited<ReturnType<typeof findOrganisations>>[number] | undefined): FoundLink {
  return one === undefined
    ? { refused: 'not-found' }
    : { linked: { id: one.organisationId, name: one.name }, areaPath: one.areaPath, householdId: null }
}

function foundRecord(same: Awaited<ReturnType<typeof findByTitles>>): FoundLink {
  const [only] = same
  if (same.length > 1) return { refused: 'several-found' }
  return only === undefined
    ? { refused: 'not-found' }
    : { linked: { id: only.recordId, name: only.title }, areaPath: only.areaPath, householdId: only.householdId }
}

function findHousehold(found: FoundPersons, text: string): FoundLink {
  const member = found.byIdNumber.get(tidyIdNumber(text)) ?? found.byHouseholdNo.get(text)?.[0]
  return member === undefined
    ? { refused: 'not-found' }
    : { linked: { id: member.householdId, name: member.name }, areaPath: member.areaPath, householdId: member.householdId }
}

function findPerson(found: FoundPersons, text: string): FoundLink {
  const person = found.byIdNumber.get(tidyIdNumber(text))
  return person === undefined
    ? { refused: 'not-found' }
    : { linked: { id: person.personId, name: person.name }, areaPath: person.areaPath, householdId: person.householdId }
}

type AreaNames = Awaited<ReturnType<typeof areasByName>>

/** A village or township by its name, with or without the township before it (`菱塘镇柳湾村`, `菱塘镇/柳湾村`), or by its code. */
export function findPlaceByName(areas: AreaNames, { text, township }: { text: string; township: string }): FoundLink {
  const byCode = /^\d{6,14}$/.test(text) ? areas.findByCode(text) : undefined
  const bare = text.normalize('NFKC').replace(/[\s/\\>,，、-]/g, '')
  const before = areas.townships.find((one) => bare.startsWith(one.name) && bare.length > one.name.length)
  const inTownship = township !== '' ? township : before?.name
  const name = before === undefined ? bare : bare.slice(before.name.length)
  const villages = byCode === undefined ? areas.findVillages(name, inTownship) : [byCode]
  const found = villages.length > 0 ? villages : areas.findTownships(bare)
  const [only] = found
  if (found.length > 1) return { refused: 'several-found' }
  return only === undefined
    ? { refused: 'not-found' }
    : { linked: { id: only.path, name: only.name }, areaPath: only.path, householdId: null }
}

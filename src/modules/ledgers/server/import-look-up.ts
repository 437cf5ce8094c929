import { tidy } from '#kernel/pure/text/index.ts'
import { areasByName, findAlikeNames, findOrganisations, type FoundOrganisation } from '#modules/identity/server/index.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { findPlaceByName } from './find-place.ts'
import { findByTitles } from './import-store.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { Within } from './open-ledger.ts'
import { readsLedger } from './resolve-links.ts'
import { findOfSuperiors, type NamedRecord } from './superior-store.ts'
import type { LedgerDeps } from './work-out.ts'
import type { FoundLink, WrittenLink } from './written-link.ts'

/** Looks up the links of many rows in a few questions, within the caller's scope. */
export async function lookUpLinks(
  ctx: Within,
  deps: LedgerDeps,
  open: OpenTemplate,
  links: readonly WrittenLink[],
): Promise<(link: WrittenLink) => FoundLink> {
  const texts = (kinds: readonly string[]) => [...new Set(links.filter((link) => kinds.includes(link.field.kind)).map((link) => link.text))]
  let known: Promise<Awaited<ReturnType<typeof areasByName>>> | undefined
  const areaNames = () => (known ??= areasByName(ctx))
  const findPeople = await lookUpPeople(ctx, deps, {
    links: links.filter(({ field }) => field.kind === 'person' || field.kind === 'household'),
    areas: areaNames,
  })
  // A name is looked for as it is written, and without blanks and full width.
  const names = texts(['organisation']).flatMap((name) => [name, tidy(name)])
  const organisations = new Map<string, FoundOrganisation[]>()
  for (const one of names.length === 0 ? [] : await findOrganisations(ctx, { names }))
    organisations.set(one.asked, [...(organisations.get(one.asked) ?? []), one])
  const alike = await findAlikeNames(
    ctx,
    names.filter((name) => !organisations.has(name)),
  )
  const areas = texts(['area']).length === 0 ? undefined : await areaNames()
  const records = new Map<string, NamedRecord[]>()
  for (const field of open.fields.values()) {
    const titles = [...new Set(links.filter((link) => link.field.key === field.key).flatMap(({ text }) => [text, tidy(text)]))]
    if (field.kind === 'record' && titles.length > 0) records.set(field.key, await findNamed(ctx, field.of ?? '', titles))
  }
  return (link) => {
    const { field, text, township } = link
    if (field.kind === 'household' || field.kind === 'person') return findPeople(link)
    if (field.kind === 'organisation')
      return foundOrganisation(field, organisations.get(text) ?? organisations.get(tidy(text)), alike.get(text) ?? alike.get(tidy(text)))
    if (field.kind === 'area') return areas === undefined ? { refused: 'not-found' } : findPlaceByName(areas, { text, township })
    const named = (words: string) => records.get(field.key)?.filter((one) => one.title === words || one.recordNo === words) ?? []
    const written = named(text)
    return foundRecord(written.length > 0 ? written : named(tidy(text)))
  }
}

/** Records by name or number: the caller's own, and of the offices above him what is not among his own. */
async function findNamed(ctx: Within, templateKey: string, titles: readonly string[]): Promise<NamedRecord[]> {
  const own = await findByTitles(ctx.db, ctx, { templateKey, titles })
  const isFound = (words: string) => own.some((one) => one.title === words || one.recordNo === words)
  const names = titles.filter((words) => !isFound(words))
  if (names.length === 0 || !(await readsLedger(ctx, templateKey))) return own
  return [...own, ...(await findOfSuperiors(ctx, { templateKey, names, limit: names.length * 2 }))]
}

/** One organisation of the kinds that may be chosen; where none has the name, those that it may mean. */
function foundOrganisation(
  { organisationKinds }: WrittenLink['field'],
  found: readonly FoundOrganisation[] | undefined,
  alike: readonly string[] | undefined,
): FoundLink {
  const fitting = (found ?? []).filter((one) => organisationKinds === undefined || organisationKinds.includes(one.kind))
  const [only] = fitting
  const candidates = fitting.length > 1 ? fitting.map((one) => one.name) : alike
  if (fitting.length > 1) return { refused: 'several-candidates', values: { candidates: (candidates ?? []).join('、') } }
  if (only === undefined)
    return candidates === undefined
      ? { refused: 'not-found' }
      : { refused: 'perhaps-one-of', values: { candidates: candidates.join('、') } }
  return { linked: { id: only.organisationId, name: only.name }, areaPath: only.areaPath, householdId: null }
}

function foundRecord(same: readonly NamedRecord[]): FoundLink {
  const [only] = same
  if (same.length > 1) return { refused: 'several-found' }
  return only === undefined
    ? { refused: 'not-found' }
    : { linked: { id: only.recordId, name: only.title }, areaPath: only.areaPath, householdId: only.householdId }
}

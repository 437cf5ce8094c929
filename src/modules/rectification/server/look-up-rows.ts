import { createHash } from 'node:crypto'
import { tidyIdNumber, tidyName } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { makeAreaNames, tidyPlace, type AreaNames } from '#modules/identity/rules/index.ts'
import { findOrganisations, listAreas } from '#modules/identity/server/index.ts'
import { findPersons, type FoundPersons } from '#modules/registry/server/index.ts'
import { missingParts } from '../rules/closing-gate.ts'
import type { BadRow, StagedRow } from '../rules/import-records.ts'
import type { BadReason, ReadRow, RowNote } from '../rules/import-row.ts'
import type { Unit } from '../rules/problem-seat.ts'
import { unitOfOrganisation } from './find-unit.ts'
import { seatOf } from './seat-store.ts'

interface Known {
  readonly areas: AreaNames
  readonly organisations: ReadonlyMap<string, Unit>
  readonly persons: FoundPersons
  readonly own: { readonly path: string; readonly isCounty: boolean }
}

/** Finds places, households and units of all rows, a few queries for all; each row becomes one that may be written, or a bad one with its reasons. */
export async function lookUpRows(
  ctx: Context & { readonly db: Db },
  deps: { vault: Vault },
  given: { campaignId: string; rows: readonly ReadRow[]; taken?: ReadonlySet<string> },
): Promise<{ good: StagedRow[]; bad: BadRow[] }> {
  const known = await lookUp(ctx, deps, given.rows)
  const good: StagedRow[] = []
  const bad: BadRow[] = []
  const times = new Map<string, number>()
  for (const row of given.rows) {
    const placed = placeOf(row, known)
    const reasons = [...row.bad, ...placed.bad]
    if (reasons.length > 0) bad.push({ row: row.row, reasons, words: row.description.slice(0, 40), cells: row.cells })
    else good.push(stage(row, { ...placed, known, today: ctx.today, campaignId: given.campaignId, times, taken: given.taken ?? new Set() }))
  }
  return { good, bad }
}

async function lookUp(ctx: Context & { readonly db: Db }, { vault }: { vault: Vault }, rows: readonly ReadRow[]): Promise<Known> {
  const cells = (key: 'idNumber' | 'householdNo' | 'unit') => [...new Set(rows.flatMap((row) => (row.cells[key] ?? '') || []))]
  const names = cells('unit').map(tidyPlace)
  const organisations = await findOrganisations(ctx, { names })
  const { path, isCounty } = seatOf(ctx)
  const areas = (await listAreas(ctx, { level: 'village' })).filter((area) => isCounty || area.path.startsWith(path))
  const inReach = organisations.filter((one) => isCounty || one.areaPath.startsWith(path))
  return {
    areas: makeAreaNames(areas),
    organisations: new Map(inReach.map((one) => [tidyPlace(one.name), unitOfOrganisation(one)])),
    persons: await findPersons(ctx, ctx.db, { idNumbers: cells('idNumber').map(tidyIdNumber), householdNos: cells('householdNo'), vault }),
    own: { path, isCounty },
  }
}

interface Placed {
  readonly householdId: string | null
  readonly areaPath: string
  readonly unit: Unit | null
  readonly bad: readonly BadReason[]
  readonly notes: readonly RowNote[]
}

function placeOf({ cells }: ReadRow, known: Known): Placed {
  const notes: RowNote[] = []
  const { unit, isUnknown } = unitOf(cells.unit ?? '', cells.township ?? '', known)
  if (isUnknown) notes.push('unit-unknown')
  else if (unit === null) notes.push('no-unit')
  const household = householdOf(cells, known)
  if (household === 'none') return { householdId: null, areaPath: '', unit, bad: ['no-household'], notes }
  if (household !== undefined) {
    if (household.differs) notes.push('name-differs')
    return { householdId: household.householdId, areaPath: household.areaPath, unit, bad: [], notes }
  }
  const area = areaOf(cells.township ?? '', cells.village ?? '', known)
  if (area === 'two' || area === 'none')
    return { householdId: null, areaPath: '', unit, bad: [area === 'two' ? 'two-places' : 'no-place'], notes }
  const areaPath = area?.path ?? (unit?.kind === 'area' ? unit.id : known.own.path)
  return { householdId: null, areaPath, unit, bad: [], notes }
}

/** By the number of a person or of the household; a number that leads nowhere is a bad row, not another household. */
function householdOf(
  cells: ReadRow['cells'],
  { persons }: Known,
): { householdId: string; areaPath: string; differs: boolean } | 'none' | undefined {
  const [idNumber, householdNo] = [tidyIdNumber(cells.idNumber ?? ''), (cells.householdNo ?? '').trim()]
  if (idNumber === '' && householdNo === '') return undefined
  const members = householdNo === '' ? [] : (persons.byHouseholdNo.get(householdNo) ?? [])
  const found = (idNumber === '' ? undefined : persons.byIdNumber.get(idNumber)) ?? members[0]
  if (found === undefined) return 'none'
  const name = tidyName(cells.head ?? '')
  const names = [found, ...members].map((one) => tidyName(one.name))
  return { householdId: found.householdId, areaPath: found.areaPath, differs: name !== '' && !names.includes(name) }
}

function areaOf(township: string, village: string, { areas }: Known): { path: string } | 'none' | 'two' | undefined {
  if (township === '' && village === '') return undefined
  const found = village === '' ? areas.findTownships(township) : areas.findVillages(village, township === '' ? undefined : township)
  if (found.length > 1) return 'two'
  const [area] = found
  return area === undefined ? 'none' : { path: area.path }
}

/** A unit by the name of an organisation, or of a township or village with what offices hang behind it: 人民政府, 党委, 村委会. */
function unitOf(cell: string, township: string, { areas, organisations }: Known): { unit: Unit | null; isUnknown: boolean } {
  const written = tidyPlace(cell)
  if (written === '') return { unit: null, isUnknown: false }
  const organisation = organisations.get(written)
  if (organisation !== undefined) return { unit: organisation, isUnknown: false }
  const bare = written.replace(/(人民政府|党委政府|党委|党工委|政府|党支部|党总支|村两委|两委|支部)$/, '')
  const townships = areas.findTownships(bare)
  const [inside, after] = splitPlace(bare, areas)
  const villages = areas.findVillages(after, inside ?? (township === '' ? undefined : township))
  const found = townships.length === 1 ? townships[0] : villages.length === 1 ? villages[0] : undefined
  if (found === undefined || (found.level !== 'township' && found.level !== 'village')) return { unit: null, isUnknown: true }
  return { unit: { kind: 'area', id: found.path, name: found.name, level: found.level, areaPath: found.path }, isUnknown: false }
}

/** `菱塘镇柳湾村` is a village with its township before it. */
function splitPlace(written: string, areas: AreaNames): [string | undefined, string] {
  const township = areas.townships.find(({ name }) => written.length > name.length && written.startsWith(name))
  return township === undefined ? [undefined, written] : [township.name, written.slice(township.name.length)]
}

/** What a row is known by: what it says, and that it says so for the first, second … time. */
const originOf = (content: string, time: number): string =>
  createHash('sha256')
    .update(`${content}\n${String(time)}`)
    .digest('hex')
    .slice(0, 40)

function stage(
  row: ReadRow,
  given: Placed & { known: Known; today: string; campaignId: string; times: Map<string, number>; taken: ReadonlySet<string> },
): StagedRow {
  const { cells } = row
  const text = (key: keyof ReadRow['cells']) => (cells[key] ?? '').trim()
  const { householdId, areaPath, unit } = given
  const content = [given.campaignId, row.sourceKind, row.class, row.description, householdId ?? areaPath, text('head')].join('\n')
  let time = (given.times.get(content) ?? 0) + 1
  // A row that was mended is one more of what is there already.
  while (given.taken.has(originOf(content, time))) time += 1
  given.times.set(content, time)
  const headName = text('person') === '' ? null : text('person')
  const [cause, measures, effect, evidence] = [text('cause'), text('measures'), text('effect'), text('evidence')]
  const completedOn = row.completedOn ?? (row.isDone ? given.today : null)
  const parts = { description: row.description, cause, unitId: unit?.id ?? null, headName, measures, effect, completedOn }
  const isShort = row.isDone && missingParts({ ...parts, evidenceCount: evidence === '' ? 0 : 1 }).length > 0
  return {
    row: row.row,
    originId: originOf(content, time),
    sourceKind: row.sourceKind,
    class: row.class,
    description: row.description,
    requirement: text('requirement'),
    householdId,
    areaPath,
    subject: householdId === null ? text('head') : '',
    foundOn: row.foundOn ?? given.today,
    dueOn: row.dueOn,
    unit,
    unitWritten: text('unit'),
    headName,
    leaderName: text('leader') === '' ? null : text('leader'),
    cause,
    measures,
    effect,
    completedOn,
    evidence,
    isDone: row.isDone && !isShort,
    notes: [...row.notes, ...given.notes, ...(isShort ? (['not-complete'] as const) : [])],
  }
}

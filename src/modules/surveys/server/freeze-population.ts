import { createHash } from 'node:crypto'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { listPopulation, type PopulationRow } from '#modules/registry/server/index.ts'
import { drawSample } from '../rules/draw-sample.ts'
import type { CampaignRecord, PopulationPreview } from '../rules/survey-records.ts'
import type { FreezePopulation, PreviewPopulation } from '../rules/survey-requests.ts'
import { holdForChange, holdsCampaign, showCampaign } from './campaign-show.ts'
import { findCampaign, markFrozen, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { narrowedHouseholds } from './population-filters.ts'
import { listPopulationOf } from './population-store.ts'
import { insertTargets, type NewTarget } from './target-store.ts'
import { townshipOf } from './reach.ts'

const mostUnknownShown = 100
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

interface Chosen {
  readonly behind: readonly PopulationRow[]
  readonly asked: readonly PopulationRow[]
  readonly unknown: readonly string[]
  readonly twice: number
}

/** Who would be asked, by township, before anything is written. Throws `surveys.not-found`, `frozen`. */
export async function previewPopulation(ctx: Context, campaignId: string, { householdNos }: PreviewPopulation): Promise<PopulationPreview> {
  return inTransaction(ctx, async (db) => {
    const campaign = await findCampaign(db, ctx, campaignId)
    if (campaign === undefined) throw surveysErrors.notFound()
    if (!holdsCampaign(ctx, campaign)) throw surveysErrors.notHeld()
    if (campaign.state !== 'draft') throw surveysErrors.frozen()
    return toPreview(await choose(ctx, db, campaign, householdNos))
  })
}

/**
 * Freezes who is asked: one target per household (or village), with its members of today; the sample is drawn now. Throws `surveys.not-found`,
 * `changed`, `frozen`, `nobody`.
 */
export async function freezePopulation(
  ctx: Context,
  campaignId: string,
  input: FreezePopulation,
): Promise<{ campaign: CampaignRecord; population: PopulationPreview }> {
  return inTransaction(ctx, async (db) => {
    const campaign = await holdForChange(ctx, db, campaignId)
    if (campaign.state !== 'draft') throw surveysErrors.frozen()
    if (campaign.revision !== input.revision) throw surveysErrors.changed()
    const chosen = await choose(ctx, db, campaign, input.householdNos)
    if (chosen.asked.length === 0) throw surveysErrors.nobody()
    const isVillages = campaign.subject === 'village'
    const targets = chosen.asked.map(
      (one, at): NewTarget => ({ ...one, targetId: makeId(), seq: at + 1, householdId: isVillages ? undefined : one.householdId }),
    )
    await insertTargets(db, ctx, campaignId, targets)
    const nos = [...new Set(input.householdNos)].sort()
    const named = nos.length === 0 ? {} : { named: { count: nos.length, sha256: sha256(nos.join('\n')) } }
    const filter = { ...campaign.filter, ...named }
    if (!(await markFrozen(db, ctx, { campaignId, revision: input.revision, filter }))) throw surveysErrors.changed()
    const population = toPreview(chosen)
    await audit(db, ctx, {
      did: 'surveys.freeze',
      objectKind: 'surveys.campaign',
      objectId: campaignId,
      details: { households: population.households, persons: population.persons, behind: population.behind, seed: campaign.seed, ...named },
    })
    const after = await findCampaign(db, ctx, campaignId)
    if (after === undefined) throw surveysErrors.notFound()
    return { campaign: showCampaign(ctx, after), population }
  })
}

async function choose(ctx: Context, db: Db, campaign: Campaign, householdNos: readonly string[]): Promise<Chosen> {
  const nos = new Set(householdNos)
  const twice = householdNos.length - nos.size
  if (campaign.draw === 'again') {
    const again = await listPopulationOf(db, ctx, campaign.againOf ?? '')
    return { behind: again, asked: again, unknown: [], twice: 0 }
  }
  const behind = campaign.subject === 'village' ? await villagesOf(ctx, db, campaign) : await householdsOf(ctx, db, campaign, nos)
  const found = new Set(behind.map((one) => one.householdNo))
  const unknown = [...nos].filter((no) => !found.has(no))
  const asked =
    campaign.draw === 'sample'
      ? drawSample(
          behind.map((row) => ({ id: row.householdId, no: row.householdNo, stratum: townshipOf(row.areaPath), row })),
          { size: campaign.sampleSize ?? 0, seed: campaign.seed ?? '', hash: sha256 },
        ).map(({ row }) => row)
      : behind
  return { behind, asked, unknown, twice }
}

async function householdsOf(ctx: Context, db: Db, campaign: Campaign, nos: ReadonlySet<string>): Promise<PopulationRow[]> {
  const { areas, types, registered, monitored, tags, by } = campaign.filter
  const isSaid = areas.length + types.length + tags.length + by.length > 0 || registered !== undefined || monitored !== undefined
  const rows = await listPopulation(db, ctx.scope, {
    areas: areas.length > 0 ? areas : [campaign.areaPath],
    types,
    registered,
    monitored,
    tags,
    householdNos: [...nos],
    onlyNumbers: nos.size > 0 && !isSaid,
  })
  const passed = await narrowedHouseholds(ctx, db, campaign.filter)
  const isMeant = (row: PopulationRow) => passed === undefined || passed.has(row.householdId) || nos.has(row.householdNo)
  return rows.filter((row) => row.areaPath.startsWith(campaign.areaPath) && isMeant(row))
}

/** The villages of the areas, each as one row; `householdId` is only an id to draw by. */
async function villagesOf(ctx: Context, db: Db, campaign: Campaign): Promise<PopulationRow[]> {
  const areas = await listAreas({ ...ctx, db }, { under: campaign.areaPath, level: 'village' })
  const townships = new Map(areas.filter((area) => area.level === 'township').map((area) => [area.path, area.name]))
  const wanted = campaign.filter.areas
  return areas
    .filter((area) => area.level === 'village' && (wanted.length === 0 || wanted.some((path) => area.path.startsWith(path))))
    .map((area) => ({
      householdId: area.path,
      householdNo: area.officialCode ?? area.code,
      areaPath: area.path,
      township: townships.get(area.parentPath) ?? '',
      village: area.name,
      headName: '',
      persons: 0,
    }))
}

function toPreview({ behind, asked, unknown, twice }: Chosen): PopulationPreview {
  const townships = new Map<string, { name: string; behind: number; households: number; persons: number }>()
  const of = (row: PopulationRow) => {
    const key = townshipOf(row.areaPath)
    const known = townships.get(key) ?? { name: row.township, behind: 0, households: 0, persons: 0 }
    townships.set(key, known)
    return known
  }
  for (const row of behind) of(row).behind += 1
  for (const row of asked) {
    const township = of(row)
    township.households += 1
    township.persons += row.persons
  }
  return {
    behind: behind.length,
    households: asked.length,
    persons: asked.reduce((sum, row) => sum + row.persons, 0),
    townships: [...townships].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, township]) => township),
    unknown: unknown.slice(0, mostUnknownShown),
    unknownCount: unknown.length,
    twice,
  }
}

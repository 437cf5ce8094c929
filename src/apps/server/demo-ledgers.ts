import { grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { randomFrom } from '#modules/demo/server/module.ts'
import { RoleKey } from '#modules/identity/contract.ts'
import { insertOrganisation, listAreas } from '#modules/identity/server/module.ts'
import { makeDemoRecords } from '#modules/ledgers/server/module.ts'
import { listHouseholdMembers, listPopulation } from '#modules/registry/server/module.ts'
import type { Installation } from './installation.ts'

/** Invented records of each shipped ledger. */
const most = 6
/** Households of the first township that the ledgers speak of. */
const spokenOf = 24

const organisations = [
  { kind: 'firm', name: '青禾艾叶加工厂（示范）' },
  { kind: 'firm', name: '清水湾农产品公司（示范）' },
  { kind: 'firm', name: '惠民服饰帮扶车间（示范）' },
  { kind: 'cooperative', name: '柑橘种植专业合作社（示范）' },
  { kind: 'cooperative', name: '中药材种植专业合作社（示范）' },
] as const

/** Fills the ledgers of the demo county, so that every register that is opened shows how it is used. */
export async function fillDemoLedgers(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  const random = randomFrom('demo ledgers')
  const writer = (id: string, name: string): Context => ({
    ...ctx,
    scope: grantCounty(ctx.scope.countyCode),
    caller: { id: `system:demo-${id}`, name: `示范·${name}`, roles: [...RoleKey.options] },
  })
  const areas = await listAreas(ctx, { level: 'village', under: townshipPath })
  const ids = await inTransaction(ctx, async (db) => {
    const query = {
      areas: [townshipPath],
      types: [],
      registered: true,
      monitored: undefined,
      tags: [],
      householdNos: [],
      onlyNumbers: false,
    }
    const households = (await listPopulation(db, ctx.scope, query)).slice(0, spokenOf).map((one) => one.householdId)
    const members = await listHouseholdMembers(ctx, db, { householdIds: households, vault: installation.vault })
    const persons = [...members.values()].flat().map((one) => one.personId)
    const county = areas.find((area) => area.level === 'county')
    const made: { id: string; kind: string }[] = []
    for (const { kind, name } of organisations) {
      const one = await insertOrganisation(db, ctx, { kind, name, areaPath: county?.path ?? townshipPath })
      made.push({ id: one.organisationId, kind })
    }
    return { households, persons, made }
  })
  await makeDemoRecords(
    { vault: installation.vault, filesDirectory: installation.filesDirectory },
    {
      most,
      centre: { longitude: 110.6, latitude: 27.1 },
      chance: () => random.next(),
      writers: [writer('county', '县经办人'), writer('township', '乡镇干部')],
      link: linksTo({ ...ids, areas, townshipPath }, (all) => random.pick(all)),
    },
  )
}

interface LinkedTo {
  readonly households: readonly string[]
  readonly persons: readonly string[]
  readonly made: readonly { readonly id: string; readonly kind: string }[]
  readonly areas: Awaited<ReturnType<typeof listAreas>>
  readonly townshipPath: string
}

/** What the fields of an invented record are linked to, by their kind. */
function linksTo(to: LinkedTo, pickOne: (all: readonly string[]) => string): Parameters<typeof makeDemoRecords>[1]['link'] {
  const pick = (all: readonly string[]) => (all.length === 0 ? undefined : { id: pickOne(all) })
  return ({ kind, level, organisationKinds }) => {
    if (kind === 'household') return pick(to.households)
    if (kind === 'person') return pick(to.persons)
    if (kind === 'organisation')
      return pick(to.made.filter((one) => organisationKinds === undefined || organisationKinds.includes(one.kind)).map((one) => one.id))
    if (kind !== 'area') return undefined
    const fits = to.areas.filter((area) => area.level === (level ?? 'village') && area.path.startsWith(to.townshipPath))
    return pick(fits.map((area) => area.path))
  }
}

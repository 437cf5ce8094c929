import { beforeAll } from 'vitest'
import { sql } from 'kysely'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '../../src/modules/identity/server/given.ts'
import type { Linked } from '../../src/modules/ledgers/rules/records.ts'
import { shippedTemplates } from '../../src/modules/ledgers/server/shipped-templates.ts'
import type { LedgerDeps } from '../../src/modules/ledgers/server/work-out.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { openTestWorld, testNowMs, type TestWorld } from '../database.ts'
import { importSample, type Imported } from './sample-import.ts'
import type { LinksOf } from './some-values.ts'

/** Roles that reach every shipped ledger and every move between them. */
export const officeRoles = ['county-data-officer', 'department-clerk']

/** A county with households, persons and organisations to link to, and the samples of ledgers once they were imported. */
export interface WalkWorld {
  readonly world: TestWorld
  readonly county: GivenCounty
  /** Two in the first village, one in the third (another township). */
  readonly homes: readonly GivenHousehold[]
  readonly deps: LedgerDeps
  /** Somebody of the county with these roles. */
  readonly officer: (id?: string, roles?: readonly string[]) => Context
  /** Somebody of one area, the fourth village of the county unless told otherwise. */
  readonly elsewhere: (path?: string, roles?: readonly string[]) => Context
  /** The sample of a ledger, imported once with those that it links to. */
  readonly imported: (templateKey: string) => Promise<Imported>
  /** What a link of a kind may name; organisations by their kind. */
  readonly pool: Readonly<Record<'household' | 'person' | 'area' | 'organisation', readonly (Linked & { readonly kind: string })[]>>
  /** What links of a field may name; of other ledgers, the records of their samples. */
  readonly linksOf: (templateKey: string) => Promise<LinksOf>
}

const unitKinds = ['firm', 'office', 'department', 'cooperative', 'workshop', 'other'] as const
const unitOf = (kind: string): string => (kind === 'firm' ? '测试单位' : `测试单位${kind}`)

/** Opens the county before the tests of a file. */
export function openWalkWorld(): () => WalkWorld {
  const world = openTestWorld()
  let opened: WalkWorld | undefined
  beforeAll(async () => {
    const county = await givenCounty(world.database, { clock: () => testNowMs })
    const officer = (id = 'test:county', roles: readonly string[] = officeRoles) =>
      world.as(grantCounty(county.countyCode), { id, name: `经办人${id.slice(5)}`, roles: [...roles] })
    const elsewhere = (path = county.villages[3]?.path ?? '', roles: readonly string[] = officeRoles) =>
      world.as(grantArea(county.countyCode, path), { id: 'test:elsewhere', name: '外村经办人', roles: [...roles] })
    const homes: GivenHousehold[] = []
    for (const [at, village] of [0, 0, 2].entries()) {
      const { path = '', name = '' } = county.villages[village] ?? {}
      const place = { areaPath: `${path}01.`, village: name, township: county.townships[village < 2 ? 0 : 1]?.name ?? '' }
      const members = [{ name: at === 0 ? '测试户主' : `测试户主${at}` }, { name: `测试成员${at}` }]
      homes.push(await givenHousehold(officer(), world.vault, { ...place, members, type: '脱贫户' }))
    }
    const units = unitKinds.map((kind) => ({ id: makeId(), name: unitOf(kind), kind }))
    await inTransaction(officer(), async (db) => {
      for (const { id, name, kind } of units)
        await sql`INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
          VALUES (${county.countyCode}, ${id}, ${kind}, ${name}, ${county.countyPath})`.execute(db)
    })
    const deps = { vault: world.vault, filesDirectory: world.directory }
    const pool = {
      household: homes.map((one) => ({ id: one.householdId, name: one.persons[0]?.name ?? '', kind: '' })),
      person: homes.flatMap((one) => one.persons.map(({ personId, name }) => ({ id: personId, name, kind: '' }))),
      area: [...county.townships, ...county.villages].map(({ path, name, level }) => ({ id: path, name, kind: level })),
      organisation: units,
    }
    const importOnce = async (key: string): Promise<Imported> => {
      const titles = new Map<string, string>()
      for (const need of needsOf(key)) titles.set(need, (await imported(need)).records[0]?.title ?? '')
      const home = homes[0]
      const fill = (cell: string): string =>
        cell
          .replace('{村}', county.villages[0]?.name ?? '')
          .replace('{乡镇}', county.townships[0]?.name ?? '')
          .replace('{户编号}', home?.householdNo ?? '')
          .replace('{身份证号}', home?.persons[0]?.idNumber ?? '')
          .replace('{单位}', unitOf('firm'))
          .replace('{今天}', '2023-12-18')
          .replace(/\{台账:([\w.-]+)\}/, (_whole, name: string) => titles.get(name) ?? '')
      return importSample(officer(), deps, { templateKey: key, fill, directory: world.directory })
    }
    const known = new Map<string, Promise<Imported>>()
    const imported = (key: string): Promise<Imported> => {
      const begun = known.get(key) ?? importOnce(key)
      known.set(key, begun)
      return begun
    }
    const linksOf = async (templateKey: string): Promise<LinksOf> => {
      const records = new Map<string, { id: string; name: string; kind: string }[]>()
      for (const need of needsOf(templateKey))
        records.set(
          need,
          (await imported(need)).records.map((one) => ({ id: one.recordId, name: one.title, kind: '' })),
        )
      return (field) => {
        if (field.kind === 'record') return records.get(field.of ?? '') ?? []
        if (field.kind === 'organisation') return pool.organisation.filter((one) => field.organisationKinds?.includes(one.kind) ?? true)
        if (field.kind === 'area') return pool.area.filter((one) => field.level === undefined || one.kind === field.level)
        return field.kind === 'household' || field.kind === 'person' ? pool[field.kind] : []
      }
    }
    opened = { world, county, homes, deps, officer, elsewhere, imported, linksOf, pool }
  })
  return () => {
    if (opened === undefined) throw new Error('the county is open only inside tests')
    return opened
  }
}

/** Ledgers whose records a ledger names, in the order of its fields. */
export function needsOf(templateKey: string): string[] {
  const fields = shippedTemplates().get(templateKey)?.at(-1)?.template.fields ?? []
  return fields.flatMap((field) => (field.kind === 'record' && field.of !== undefined && field.of !== templateKey ? [field.of] : []))
}

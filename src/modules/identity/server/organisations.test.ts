import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { RoleKey } from '../contract.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from './given.ts'
import { mergeOrganisation, unmergeOrganisation } from './organisation-merge.ts'
import { findOrganisations } from './organisation-store.ts'
import { addOrganisation, changeOrganisation, readOrganisation, searchOrganisations } from './organisations.ts'
import { whenOrganisationsMerge, type OrganisationMergeAsker } from './when-organisations-merge.ts'

const world = openTestWorld()
let county: GivenCounty
let officer: GivenUser
let township: GivenUser

beforeAll(async () => {
  county = await givenCounty(world.database)
  const user = (role: RoleKey, areaPath: string) => givenUser(world.database, { role, areaPath })
  officer = await user('county-data-officer', county.countyPath)
  township = await user('township-officer', county.townships[0]?.path ?? '')
})

const rolled = (work: (ctx: Context, other: Context) => Promise<void>) =>
  rolledBack(world.as(officer.scope), (ctx) => work(actingAs(officer, ctx), actingAs(township, { ...ctx })))
const add = (ctx: Context, name: string, more: object = {}) => addOrganisation(ctx, { kind: 'cooperative', name, ...more })
const names = async (ctx: Context, asked: object) => (await searchOrganisations(ctx, { limit: 50, ...asked })).items.map((one) => one.name)

describe('an organisation', () => {
  it('is found by part of its name, by a former name and by its credit code, and is renamed with its history', () =>
    rolled(async (ctx) => {
      const { organisationId } = await add(ctx, '青禾县柳湾果业专业合作社', { creditCode: '91350100M000100Y43' })
      await changeOrganisation(ctx, { organisationId, revision: 1, name: '青禾县荷坪果业专业合作社', reason: '更名' })
      expect(await names(ctx, { q: '荷坪果业' })).toEqual(['青禾县荷坪果业专业合作社'])
      expect((await searchOrganisations(ctx, { q: '柳湾果', limit: 5 })).items).toMatchObject([{ formerly: '青禾县柳湾果业专业合作社' }])
      expect(await names(ctx, { q: '91350100m' })).toHaveLength(1)
      const asked = ['青禾县柳湾果业专业合作社', '91350100M000100Y43', '没有的合作社']
      expect((await findOrganisations(ctx, { names: asked })).map((one) => one.asked).sort()).toEqual([asked[1], asked[0]])
      expect(await readOrganisation(ctx, organisationId)).toMatchObject({
        revision: 2,
        formerNames: [{ name: '青禾县柳湾果业专业合作社' }],
        history: [{ act: 'change', reason: '更名' }, { act: 'add' }],
      })
    }))

  it('stands once: a name or a credit code that is there is refused, and one that looks like it is shown', () =>
    rolled(async (ctx) => {
      const first = await add(ctx, '柳湾果业专业合作社', { creditCode: '91350100M000100Y43' })
      await expect(add(ctx, '柳湾果业专业合作社')).rejects.toMatchObject({ code: 'identity.organisation-exists' })
      const again = add(ctx, '柳湾新果业', { creditCode: '91350100M000100Y43' })
      await expect(again).rejects.toMatchObject({ code: 'identity.credit-code-taken' })
      await add(ctx, '柳湾果业 合作社')
      expect((await readOrganisation(ctx, first.organisationId)).alike.map((one) => one.name)).toEqual(['柳湾果业 合作社'])
    }))

  it('of a township is entered and changed by that township only, and read by all', () =>
    rolled(async (_ctx, own) => {
      const mine = await add(own, '柳湾帮扶车间', { areaPath: county.villages[0]?.path })
      const elsewhere = add(own, '稻香帮扶车间', { areaPath: county.villages[2]?.path })
      await expect(elsewhere).rejects.toMatchObject({ code: 'identity.unknown-area' })
      expect(await readOrganisation(own, mine.organisationId)).toMatchObject({
        areaName: '菱塘镇柳湾村',
        can: { change: true, merge: false },
      })
    }))

  it('that was entered twice is merged: others follow, its name leads to the other one, and all of it comes back', () =>
    rolled(async (ctx) => {
      const follower: OrganisationMergeAsker = {
        name: 'test',
        repoint: (_ctx, _db, { name }) => Promise.resolve([`one of ${name}`]),
        putBack: (_ctx, _db, { moved }) => Promise.resolve(void seen.push(...moved)),
      }
      const seen: string[] = []
      whenOrganisationsMerge.push(follower)
      const [twin, kept] = [await add(ctx, '柳湾果业合作社'), await add(ctx, '柳湾果业专业合作社')]
      try {
        const merge = { organisationId: twin.organisationId, revision: 1, intoId: kept.organisationId, reason: '同一家' }
        expect(await mergeOrganisation(ctx, merge)).toMatchObject({ moved: { accounts: 0, test: 1 } })
        expect(await names(ctx, { q: '柳湾' })).toEqual(['柳湾果业专业合作社'])
        expect(await findOrganisations(ctx, { ids: [twin.organisationId], names: [twin.name] })).toMatchObject([
          { organisationId: kept.organisationId },
          { organisationId: kept.organisationId },
        ])
        await expect(mergeOrganisation(ctx, { ...merge, revision: 2 })).rejects.toMatchObject({ code: 'identity.not-into-itself' })
        await unmergeOrganisation(ctx, { organisationId: twin.organisationId, reason: '不是同一家' })
      } finally {
        whenOrganisationsMerge.splice(whenOrganisationsMerge.indexOf(follower), 1)
      }
      expect(seen).toEqual(['one of 柳湾果业专业合作社'])
      expect(await names(ctx, { q: '柳湾' })).toHaveLength(2)
    }))
})

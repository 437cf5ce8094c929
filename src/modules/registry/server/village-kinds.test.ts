import { expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { endVillageKind, listVillages, setVillageKind } from './village-kinds.ts'

const world = openTestWorld()

it('the history of a village says by what each of its kinds ended', async () => {
  const county = await givenCounty(world.database)
  const ctx = world.as(grantCounty(county.countyCode))
  const areaPath = county.villages[0]?.path ?? ''
  const set = (kind: 'poor' | 'exited' | 'demonstration', source: string) =>
    setVillageKind(ctx, { areaPath, kind, validFrom: '2020-01-01', source })
  await set('poor', '县公告一')
  await set('exited', '县公告二')
  const made = await set('demonstration', '县公告三')
  await endVillageKind(ctx, made.villageKindId, { validTo: '2022-01-01', source: '县公告四' })
  const { items } = await listVillages(ctx, { under: areaPath, limit: 50 })
  expect(items[0]?.kinds.map(({ kind, source, endSource }) => [kind, source, endSource]).sort()).toEqual([
    ['demonstration', '县公告三', '县公告四'],
    ['exited', '县公告二', undefined],
    ['poor', '县公告一', '县公告二'],
  ])
})

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const { database, vault } = world
  const identity = makeIdentityPlug({ database, vault })
  const plugs = [identity, makeRegistryPlug({ database, vault, filesDirectory: world.directory })]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper, jobs: plugs.flatMap((plug) => plug.jobs ?? []) }
})

// Region 990391 was never assigned.
const numberOf = (order: number) => {
  const first = `99039119680203${String(order).padStart(3, '0')}`
  return first + (checkCharacterOf(first) ?? '')
}
let officer: GivenUser

beforeAll(async () => {
  const { world } = browser
  const county = await givenCounty(world.database)
  const [first, second] = county.villages
  const ctx = world.as(grantCounty(county.countyCode))
  const right = numberOf(457)
  const slip = `${right.slice(0, 9)}${(Number(right[9]) + 1) % 10}${right.slice(10)}`
  const household = (at: number, members: Parameters<typeof givenHousehold>[2]['members']) => {
    const village = at === 0 ? first : second
    return givenHousehold(ctx, world.vault, {
      areaPath: `${village?.path ?? ''}01.`,
      village: village?.name ?? '',
      group: '1组',
      members: members ?? [],
    })
  }
  const facts = { workPlace: '县城', employer: '县纺织厂' }
  await household(0, [{ name: '欧阳国强', idNumber: right, bornOn: '1968-02-03', phone: '15400000001', facts }, { name: '欧阳小妹' }])
  await household(1, [
    { name: '歐陽國強', idNumber: slip, bornOn: '1968-02-03', phone: '15400000001', facts: { workPlace: '外省', schoolName: '县一中' } },
  ])
  await household(0, [{ name: '司徒明远', idNumber: numberOf(33), bornOn: '1968-02-03', phone: '15400000009' }])
  await household(1, [{ name: '司徒远明', idNumber: numberOf(33), bornOn: '1968-02-03' }, { name: '司徒小小' }])
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林一' })
})

async function enter(address: string, options = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: officer })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}

describe('people who stand in the register twice', () => {
  it('are searched, explained, merged with a choice for each field, and the merge is undone', async () => {
    const page = await enter('/registry/duplicates')
    await page.getByText('还没有查过').waitFor()
    await expectSound(page)
    await keepPicture(page, 'duplicates-empty')
    await page.getByRole('button', { name: '查找重复' }).click()
    await page.getByRole('link', { name: /欧阳国强/ }).waitFor()
    await page.getByRole('button', { name: '待核 2' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'duplicates')
    await page.getByRole('link', { name: /欧阳国强/ }).click()
    await page.getByRole('table', { name: '为什么放在一起' }).waitFor()
    await page.getByRole('button', { name: '是同一个人，合并…' }).click()
    await page.getByRole('table', { name: '合并成一条' }).waitFor()
    await page
      .getByRole('radio', { name: /^务工所在地.*并入另一条/ })
      .or(page.getByRole('radio', { name: /并入另一条/ }))
      .first()
      .check()
    await expectSound(page)
    await keepPicture(page, 'duplicates-merge')
    await page.getByLabel('理由（至少 4 个字）').fill('一人录了两次')
    await page.getByRole('button', { name: '合并', exact: true }).click()
    await page.getByRole('heading', { name: /司徒/ }).waitFor()
    await page.getByRole('button', { name: '不是同一个人' }).click()
    await page.getByText('没有待核的重复人员').waitFor()
    await page.getByRole('button', { name: '已合并 1' }).click()
    await page.getByRole('button', { name: /^撤销合并/ }).click()
    await page.getByLabel('理由（至少 4 个字）').fill('看错了人')
    await page.getByRole('dialog').getByRole('button', { name: '撤销合并' }).click()
    await page.getByText('林一 已撤销：看错了人').waitFor()
    await expectSound(page)
    await keepPicture(page, 'duplicates-undone')
    await page.getByRole('button', { name: '待核 1' }).click()
    await page.getByRole('link', { name: /欧阳国强/ }).waitFor()
    expect(await page.getByText('司徒明远').count()).toBe(0)
  })

  it('fit on a phone', async () => {
    const page = await enter('/registry/duplicates', { width: 360, height: 740 })
    await page.getByRole('link', { name: /欧阳国强/ }).click()
    await page.getByRole('table', { name: '为什么放在一起' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'duplicates-phone')
  })
})

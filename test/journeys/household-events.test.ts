import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
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

let householdId = ''
let officer: GivenUser
let cadre: GivenUser

beforeAll(async () => {
  const { world } = browser
  const county = await givenCounty(world.database)
  const [village] = county.villages
  const home = await givenHousehold(world.as(grantCounty(county.countyCode)), world.vault, {
    areaPath: `${village?.path ?? ''}01.`,
    village: village?.name ?? '',
    group: '1组',
    members: [
      { name: '欧阳国强' },
      { name: '欧阳阿花', relation: '配偶', sex: 'female' },
      { name: '欧阳小山', relation: '之子' },
      { name: '欧阳小禾', relation: '之儿媳', sex: 'female' },
    ],
  })
  householdId = home.householdId
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: village?.parentPath ?? '', name: '林一' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '村会计' })
}, 120_000)

async function enter(user: GivenUser, options = {}): Promise<Page> {
  const page = await browser.openPage(options)
  const [name = '', value = ''] = user.cookie.split('=')
  await page.context().addCookies([{ name, value, url: browser.address }])
  await page.goto(`/registry/households/${householdId}`)
  await page.getByRole('button', { name: '家庭变更' }).click()
  return page
}

describe('what happens to a household', () => {
  it('is shown before it is done: a split by the township, then taken back', async () => {
    const page = await enter(officer)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('发生日期').fill('2023-11-01')
    await dialog.getByRole('checkbox', { name: '欧阳小山' }).check()
    await dialog.getByRole('checkbox', { name: '欧阳小禾' }).check()
    await dialog.getByLabel('新户的户主').selectOption({ label: '欧阳小山' })
    await dialog.getByLabel('欧阳小禾 与户主关系').selectOption({ label: '配偶' })
    await dialog.getByLabel('原因').fill('户口簿已分开')
    await dialog.getByText('临时编号').waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-event-split')
    await dialog.getByRole('button', { name: /^办.?理$/ }).click()
    await dialog.getByText('已办理').waitFor()
    await dialog
      .getByRole('button', { name: /关.?闭/ })
      .last()
      .click()
    await page.getByRole('list', { name: '家庭变更记录' }).getByText('已办理').waitFor()
    await expectSound(page)
    await page.getByRole('list', { name: '家庭变更记录' }).scrollIntoViewIfNeeded()
    await keepPicture(page, 'household-event-history')
    await page.getByRole('button', { name: /^撤销：分户/ }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('分错了户')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /撤.?销/ })
      .click()
    await page.getByRole('list', { name: '家庭变更记录' }).getByText('已撤销').waitFor()
  }, 120_000)

  it('is reported by the village, with the new head chosen, and left to the township', async () => {
    const page = await enter(cadre, { width: 360, height: 740 })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('发生了什么').selectOption({ label: '死亡' })
    await dialog.getByLabel('发生日期').fill('2023-11-02')
    await dialog.getByLabel('谁去世了').selectOption({ label: '欧阳国强' })
    await dialog.getByLabel('谁当户主').selectOption({ label: '欧阳阿花' })
    await dialog.getByLabel('欧阳小山 与户主关系').selectOption({ label: '之子' })
    await dialog.getByLabel('欧阳小禾 与户主关系').selectOption({ label: '之儿媳' })
    await dialog.getByLabel('原因').fill('村里开具证明')
    await dialog.getByText('不再是家庭成员：欧阳国强').waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-event-phone')
    await dialog.getByRole('button', { name: '上报乡镇' }).click()
    await dialog.getByText('已上报').waitFor()
  }, 120_000)
})

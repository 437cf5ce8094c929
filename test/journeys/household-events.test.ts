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
let otherNo = ''
let officer: GivenUser
let cadre: GivenUser

beforeAll(async () => {
  const { world } = browser
  const county = await givenCounty(world.database)
  const [village] = county.villages
  const next = county.villages.find((one) => one.parentPath === village?.parentPath && one !== village)
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
  const other = await givenHousehold(browser.world.as(grantCounty(county.countyCode)), world.vault, {
    areaPath: `${next?.path ?? ''}01.`,
    village: next?.name ?? '',
    group: '1组',
    members: [{ name: '司马远' }],
  })
  otherNo = other.householdNo
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: village?.parentPath ?? '', name: '林一' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '村会计' })
})

async function come(user: GivenUser, path: string, options = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  return page
}

async function enter(user: GivenUser, options = {}): Promise<Page> {
  const page = await come(user, `/registry/households/${householdId}`, options)
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
  })

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
  })

  it('moves one who marries into a household that the village does not see, by its number', async () => {
    const page = await enter(cadre)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('发生了什么').selectOption({ label: '结婚' })
    await dialog.getByLabel('发生日期').fill('2023-11-03')
    await dialog.getByRole('checkbox', { name: '欧阳小禾' }).check()
    await dialog.getByLabel('到哪一户').fill(otherNo)
    await dialog.getByRole('checkbox', { name: '查不到这一户' }).check()
    await dialog.getByLabel('欧阳小禾 与户主关系').selectOption({ label: '配偶' })
    await dialog.getByLabel('原因').fill('领了结婚证')
    await expectSound(page)
    await keepPicture(page, 'household-event-marriage')
    await dialog.getByRole('button', { name: '上报乡镇' }).click()
    await dialog.getByText('已上报').waitFor()
  })

  it('stands on the first page of who decides, is turned with J, sent back with a reason, or done', async () => {
    const page = await come(officer, '/')
    await page.getByRole('link', { name: /待办理的家庭变更/ }).waitFor()
    await page.getByText('欧阳国强').first().waitFor()
    await keepPicture(page, 'household-event-today')
    await page.getByRole('link', { name: /待办理的家庭变更/ }).click()
    const list = page.getByRole('table', { name: '家庭变更列表' })
    await list.getByRole('link', { name: /死亡：欧阳国强/ }).click()
    await page.getByText('不再是家庭成员：欧阳国强').waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-event-inbox')
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: '结婚：欧阳小禾' }).waitFor()
    await page.getByLabel('办理以后').getByText('司马远').waitFor()
    await keepPicture(page, 'household-event-inbox-marriage')
    await page.keyboard.press('k')
    await page.getByRole('button', { name: /^退回：死亡/ }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('没有死亡证明')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /退.?回/ })
      .click()
    await page.getByRole('button', { name: /^确认并办理：结婚/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认并办理' }).click()
    await page.getByText('没有等您办理的家庭变更').or(page.getByText('已办理').first()).first().waitFor()
    await page
      .getByRole('radio', { name: /已办结/ })
      .or(page.getByRole('button', { name: /已办结/ }))
      .first()
      .click()
    await list.getByText('没有死亡证明').waitFor()
    await expectSound(page)
  })

  it('comes back to the cadre with the reason, on the phone, in English and in large type', async () => {
    const page = await come(cadre, '/', { width: 360, height: 740 })
    await page.getByText('被退回：没有死亡证明').waitFor()
    await page.goto('/registry/household-events?view=mine')
    await page.getByRole('link', { name: /死亡：欧阳国强/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-events-phone')
    await page.getByRole('link', { name: /死亡：欧阳国强/ }).click()
    await page.getByText('请改好后到这一户重新上报').waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-event-phone-pane')
    const large = await come(officer, '/registry/household-events?view=done', { language: 'en', density: 'large' })
    await large.getByRole('link', { name: /Marriage: 欧阳小禾/ }).click()
    await large.getByRole('heading', { name: 'Marriage: 欧阳小禾' }).waitFor()
    await expectSound(large)
    await keepPicture(large, 'household-events-large')
  })
})

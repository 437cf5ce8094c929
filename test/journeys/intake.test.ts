import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { jobsOf } from '../../src/kernel/server/jobs/index.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makePoliciesPlug(), makeCasesPlug(parts)]
  const jobs = jobsOf(plugs).filter((job) => job.name === 'cases.match-intake')
  return {
    routes: plugs.flatMap((plug) => plug.routes),
    pages: plugs.flatMap((plug) => plug.pages ?? []),
    gatekeeper: identity.gatekeeper,
    jobs,
  }
})

let county: GivenCounty
let officer: GivenUser
let cadre: GivenUser
let poster = ''

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const [village] = county.villages
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: county.townships[0]?.path ?? '', name: '林乡办' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '林村办' })
  const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组', type: '一般农户' }
  const members = [
    { name: '贺春生', phone: '15400000021', bornOn: '1961-04-02' },
    { name: '贺小满', relation: '之子', bornOn: '1990-05-06' },
  ]
  await givenHousehold(world.as(officer.scope, officer.caller), world.vault, { ...place, members })
})

describe('self-declaration', () => {
  it('begins with a poster of the village, which the township prints', async () => {
    const page = await browser.openPage({ as: officer })
    await page.goto('/cases/village-codes')
    await page.getByRole('button', { name: '给没有码的村都做一个' }).click()
    await page.getByRole('button', { name: '改电话 柳湾村' }).click()
    await page.getByLabel('村里电话').fill('0739-7000001')
    await page.getByRole('dialog').getByRole('button', { name: '改电话' }).click()
    await page.getByText('0739-7000001').waitFor()
    await expectSound(page)
    await keepPicture(page, 'village-codes')
    await page.getByRole('link', { name: '海报', exact: true }).first().click()
    await page.getByRole('heading', { name: '遇到困难，扫码告诉我们' }).waitFor()
    poster = (await page.locator('.intake-address').textContent()) ?? ''
    await expectSound(page)
    await keepPicture(page, 'village-poster')
  })

  it('is a plain page for an old phone: filled by the person, or mended with all that was written', async () => {
    const page = await browser.openPage({ width: 360, height: 640 })
    await page.goto(new URL(poster).pathname)
    await expectSound(page)
    await keepPicture(page, 'declare-page')
    await page.getByLabel('姓名（有困难的人）').fill('贺春生')
    await page.getByLabel('生病').check()
    await page.getByLabel('说明').fill('住院三个月，花了不少钱')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('还差一点').waitFor()
    expect(await page.getByLabel('姓名（有困难的人）').inputValue()).toBe('贺春生')
    await expectSound(page)
    await keepPicture(page, 'declare-mend')
    await page.setViewportSize({ width: 320, height: 560 })
    await expectSound(page)
    await page.getByLabel('电话').fill('15400000021')
    await page.getByLabel('我知道并同意').check()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('heading', { name: '已经收到' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'declare-receipt')
    expect(await page.getByText('贺春生').count()).toBe(0)
  })
})

describe('the inbox', () => {
  it('takes what the hotline and a list from Excel bring', async () => {
    const page = await browser.openPage({ as: cadre })
    await page.goto('/cases/intakes/enter')
    await page.getByLabel('姓名').first().fill('尤桂香')
    await page.getByLabel('来件单位').fill('12345')
    await page.getByLabel('住房').check()
    await expectSound(page)
    await keepPicture(page, 'intake-enter')
    await page.getByRole('button', { name: '录入', exact: true }).click()
    await page.getByText('已录入，编号').waitFor()
    await page.getByRole('button', { name: '粘贴多件' }).click()
    await page.getByLabel('从 Excel 粘贴').fill('姓名\t电话\t村\t困难\t来源\n贺小满\t15400000023\t柳湾村\t就业\t排查\n\t\t柳湾村\t\t\n')
    await page.getByText('读到 2 行，1 行有问题').waitFor()
    await page.getByRole('button', { name: '录入 1 行' }).click()
    await page.getByText('录入 1 件').waitFor()
    await expectSound(page)
    await keepPicture(page, 'intake-paste')
  })

  it('is worked through by keyboard: the household beside what was said, a case opened, the next one opens', async () => {
    const page = await browser.openPage({ as: cadre })
    await page.goto('/')
    await page.getByRole('link', { name: /等我办的来件/ }).waitFor()
    await page.goto('/cases/intakes')
    await page.getByRole('link', { name: '贺春生' }).first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'intake-inbox')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /贺春生 ·/ }).waitFor()
    await page.getByText('按电话和姓名找到，可靠').first().waitFor()
    await page.getByRole('cell', { name: '贺小满', exact: true }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'intake-pane')
    await page.getByRole('button', { name: '开案' }).click()
    await page.getByRole('heading', { name: /尤桂香 ·/ }).waitFor()
    await page.getByRole('button', { name: '办结', exact: true }).click()
    await page.getByLabel('原因（会留下来）').fill('已转住建部门办理')
    await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await page.getByRole('heading', { name: /贺小满 ·/ }).waitFor()
    await page.getByRole('button', { name: '并入在办个案' }).waitFor()
  })

  it('fits a phone', async () => {
    const page = await browser.openPage({ as: cadre, width: 360, height: 740 })
    await page.goto('/cases/intakes?view=open')
    await page.getByRole('link', { name: '贺小满' }).first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'intake-inbox-phone')
    await page.getByLabel('姓名、证件号码或电话').fill('154 0000 0023')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByText('查找“154 0000 0023”').waitFor()
    await page.getByRole('link', { name: '尤桂香' }).waitFor({ state: 'detached' })
    await expectSound(page)
    await keepPicture(page, 'intake-search-phone')
    await page.getByRole('link', { name: '贺小满' }).first().click()
    await page.getByRole('heading', { name: /贺小满 ·/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'intake-pane-phone')
  })
})

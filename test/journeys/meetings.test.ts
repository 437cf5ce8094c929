import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { givenCaseAt } from '../../src/modules/cases/server/given.ts'
import { stateKin } from '../../src/modules/cases/server/meetings/kin-ties.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { testNowMs } from '../database.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A village holds its appraisal: the list of people is typed once, kin are kept away by themselves, the votes are typed with the keyboard.
const clock = () => testNowMs
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files'), clock }
  const identity = makeIdentityPlug(parts)
  const plugs = [
    identity,
    makeRegistryPlug(parts),
    makeScreeningPlug(parts),
    makeQualityPlug(parts),
    makePoliciesPlug(),
    makeCasesPlug(parts),
  ]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
}, testNowMs)

let cadre: GivenUser
let officer: GivenUser
let caseId = ''
let later = () => Promise.resolve()

beforeAll(async () => {
  const { world } = browser
  const { villages, townships } = await givenCounty(world.database, { clock })
  const [village] = villages
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '评议村干', clock })
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: townships[0]?.path ?? '', name: '评议乡办', clock })
  const ctx = world.as(grantSystem('990301', 'test'))
  const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组' }
  const home = async (name: string) => (await givenHousehold(ctx, world.vault, { ...place, members: [{ name }] })).householdId
  const household = await home('单待评')
  const waiting = await givenCaseAt(ctx, { householdId: household, step: 'appraisal' })
  caseId = waiting.caseId
  await givenCaseAt(ctx, { householdId: await home('复待评'), step: 'appraisal' })
  later = async () => void (await givenCaseAt(ctx, { householdId: await home('丙待评'), step: 'appraisal' }))
  const otherHouseholdId = await home('单支书')
  await stateKin(ctx, { householdId: household, otherHouseholdId, relation: 'sibling', reason: '户主说的' })
}, 120_000)

async function enter(path: string, { as = cadre, ...options }: PageOptions & { as?: GivenUser } = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as })
  await page.clock.setFixedTime(testNowMs)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

describe('an appraisal meeting', () => {
  it('is called, entered with the keyboard and closed; who is kin is kept away with the reason', async () => {
    const page = await enter('/cases/meetings')
    await expectSound(page)
    await page.getByRole('button', { name: '召开评议会' }).first().click()
    await page.getByLabel('地点').fill('村部会议室')
    const person = page.getByLabel('添加人员')
    const capacity = page.getByLabel('身份', { exact: true })
    await capacity.selectOption('committee')
    for (const name of ['单支书', '村主任']) {
      await person.fill(name)
      await person.press('Enter')
    }
    await capacity.selectOption('representative')
    for (const name of ['代表一', '代表二', '代表三', '代表四']) {
      await person.fill(name)
      await person.press('Enter')
    }
    // The secretary belongs to a household of the village.
    await page.getByRole('button', { name: '找户：单支书' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /单支书/ })
      .click()
    await expectSound(page)
    await keepPicture(page, 'meeting-call')
    await page.getByRole('button', { name: '发起会议' }).click()
    await page.getByRole('heading', { name: /纳入评议/ }).waitFor()
    await page.getByRole('button', { name: '全部到会' }).click()
    await page.getByLabel('代表四').uncheck()
    await page.getByLabel('主持人').selectOption({ label: '单支书' })
    // The brother is kept away by himself, and may not preside over his brother's household.
    await page.getByText('单支书（户主的兄弟姐妹）').waitFor()
    await page.getByLabel('单待评 户由谁主持').selectOption({ label: '村主任' })
    await page.getByLabel('单待评 同意票').fill('3')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1')
    await page.getByRole('button', { name: '复待评 全票同意' }).click()
    await page.getByLabel('记录人').fill('记录员')
    await page.getByRole('textbox', { name: /会议记录/ }).fill('逐户介绍，代表发言，举手表决。')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('都齐了').waitFor()
    await expectSound(page)
    await keepPicture(page, 'meeting-entered')
    await page.getByRole('button', { name: '办结' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await page.getByText('评议村干 2023-12-18').waitFor()
    await expectSound(page)
    const file = await enter(`/cases/files/${caseId}`)
    await file.getByText('同意 3、反对 1、弃权 0').waitFor()
    await file.getByText('缺 2023-12-18 评议会签字表的照片').first().waitFor()
    const photo = await page.screenshot({ clip: { x: 0, y: 0, width: 400, height: 300 } })
    const sheet = { name: '签字表.png', mimeType: 'image/png', buffer: photo }
    await page.locator('input[type="file"][aria-label="上传签字表照片"]').setInputFiles(sheet)
    await page.getByRole('button', { name: '查看签字表' }).waitFor()
    await keepPicture(page, 'meeting-closed')
    await file.reload()
    await file.getByText('同意 3、反对 1、弃权 0').waitFor()
    expect(await file.getByText('评议会签字表的照片').count()).toBe(0)
  }, 120_000)

  it('is held on a village phone: who came and how they voted is typed there', async () => {
    await later()
    const phone = { width: 360, height: 740 }
    const today = await enter('/', phone)
    await expectSound(today)
    await keepPicture(today, 'meeting-today-phone')
    const page = await enter('/cases/meetings', phone)
    await page.getByRole('button', { name: '召开评议会' }).first().click()
    await page.getByRole('button', { name: '发起会议' }).click()
    const work = await enter('/', phone)
    await work.getByRole('link', { name: /待办结的评议会/ }).click()
    await work.getByText('柳湾村').first().waitFor()
    await expectSound(work)
    await keepPicture(work, 'meetings-to-close-phone')
    await page.getByRole('button', { name: '全部到会' }).click()
    await page.getByLabel('主持人').selectOption({ label: '村主任' })
    await page.getByLabel('丙待评 同意票').fill('5')
    await page.getByLabel('丙待评 反对票').fill('1')
    await page.getByLabel('丙待评 弃权票').fill('0')
    await page.getByLabel('丙待评 同意票').scrollIntoViewIfNeeded()
    await expectSound(page)
    await keepPicture(page, 'meeting-votes-phone')
    await page.getByLabel('记录人').fill('代表一')
    await page.getByRole('textbox', { name: /会议记录/ }).fill('代表发言，举手表决。')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('都齐了').waitFor()
    await page.getByRole('button', { name: '办结' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await page.getByText('评议村干 2023-12-18').waitFor()
    await expectSound(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  }, 120_000)

  it('is not written down by kin: the township names a household for a cadre, who is refused with the way', async () => {
    await later()
    const office = await enter('/cases/kin', { as: officer })
    await office.getByLabel('哪位干部（姓名）').fill('评议村')
    await office.getByRole('button', { name: /评议村干/ }).click()
    const form = office.locator('section').filter({ has: office.getByRole('heading', { name: '代干部登记' }) })
    await form.getByLabel('哪一户').fill('丙待评')
    await form
      .getByRole('button', { name: /丙待评/ })
      .first()
      .click()
    await form.getByLabel('这户是这位干部的').selectOption('parent')
    await form.getByLabel('怎么知道的').fill('群众反映，已核实')
    await form.getByRole('button', { name: '登记', exact: true }).click()
    await form.getByText('单位代登记').waitFor()
    await expectSound(office)
    await keepPicture(office, 'kin-for-user')
    const own = await enter('/cases/kin', { width: 360, height: 740 })
    await own.getByText('单位代登记').waitFor()
    expect(await own.getByRole('button', { name: '撤销 丙待评' }).count()).toBe(0)
    await keepPicture(own, 'kin-by-office-phone')
  }, 120_000)

  it('fits a village phone, and kin are named there', async () => {
    const page = await enter('/cases/kin', { width: 360, height: 740 })
    await page.getByLabel('哪一户').fill('单待评')
    await page.getByRole('button', { name: /单待评/ }).click()
    await page.getByLabel('这户是我的').selectOption('sibling')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: '兄弟姐妹的户' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'kin-phone')
    await page.goto('/cases/meetings')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page
      .getByRole('link', { name: /柳湾村/ })
      .first()
      .click()
    await page.getByRole('heading', { name: '逐户表决' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'meeting-phone')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(360)
    const english = await enter('/cases/meetings', { language: 'en' })
    await english.getByText('2 agreed, 0 refused').waitFor()
    await expectSound(english)
    await keepPicture(english, 'meetings-en')
  }, 120_000)
})

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
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
})

let county: GivenCounty
let people: { township: GivenUser; village: GivenUser }
const homes: GivenHousehold[] = []
const heads = ['龚满堂', '傅桂香', '雷正兴']

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const [village] = county.villages
  const user = (role: 'township-officer' | 'village-cadre', areaPath: string, name: string) =>
    givenUser(world.database, { role, areaPath, name })
  people = {
    township: await user('township-officer', county.townships[0]?.path ?? '', '林乡办'),
    village: await user('village-cadre', village?.path ?? '', '林村办'),
  }
  const ctx = world.as(people.township.scope, people.township.caller)
  for (const name of heads) {
    const members = [{ name }, { name: `${name.slice(0, 1)}小禾`, relation: '之女' }]
    const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组' }
    homes.push(await givenHousehold(ctx, world.vault, { ...place, type: '脱贫户', members }))
  }
})

describe('the case of a household', () => {
  it('is opened on the household’s page, assessed, and the next one opens by itself', async () => {
    const page = await enter(people.township, `/registry/households/${homes[0]?.householdId}`)
    await page.getByText('这户还没有个案').waitFor()
    await expectSound(page)
    await keepPicture(page, 'case-household-none')
    for (const home of homes) {
      await page.goto(`/registry/households/${home.householdId}`)
      await page.getByRole('button', { name: '开案' }).click()
      await page.getByLabel('发现了什么情况').fill('户主住院，自付费用高')
      await page.getByRole('dialog').getByRole('button', { name: '开案' }).click()
      await page.getByRole('heading', { name: '下一步' }).waitFor()
    }
    await page.goto('/cases/files')
    await page.getByRole('link', { name: heads[0] ?? '' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'cases-list')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: heads[0] ?? '' }).waitFor()
    await page.getByText('等我办：第 1 件，共 3 件').waitFor()
    await page.getByRole('button', { name: '情况初步属实，转入户核查' }).click()
    await expectSound(page)
    await keepPicture(page, 'case-assessment')
    await page.getByLabel(/^意见/).focus()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: heads[1] ?? '' }).waitFor()
    await page.getByText('等我办：第 1 件，共 2 件').waitFor()
  })

  it('passes many at once, and the first page says what is left', async () => {
    const page = await enter(people.township, '/cases/files')
    await page.getByLabel(`选中 ${heads[1]}`).check()
    await page.getByLabel(`选中 ${heads[2]}`).check()
    await page.getByRole('button', { name: '批量办理' }).click()
    await page.getByLabel(/^意见/).fill('情况初步属实')
    await expectSound(page)
    await keepPicture(page, 'cases-batch')
    await page.getByRole('dialog').getByRole('button', { name: '办理', exact: true }).click()
    await page.getByText('2 条全部办好').waitFor()
    await page.getByText('等您办的个案都办完了').waitFor()
    await expectSound(page)
    await keepPicture(page, 'cases-done')
  })

  it('is visited on a phone: what is missing is named and leads to its form', async () => {
    const page = await enter(people.village, '/', { width: 360, height: 740 })
    await expectSound(page)
    await keepPicture(page, 'cases-today-phone')
    await page.getByRole('link', { name: heads[0] ?? '' }).click()
    const wayThere = page.getByRole('link', { name: /还没有这个环节的入户记录/ })
    await wayThere.waitFor()
    expect(await page.getByRole('button', { name: '通过，转承诺授权' }).isDisabled()).toBe(true)
    await expectSound(page)
    await keepPicture(page, 'case-visit-phone')
    await wayThere.click()
    await page.getByRole('button', { name: '记走访' }).click()
    await page.getByLabel(/^走访人/).fill('林村办、周队员')
    await page.getByLabel('有新情况', { exact: true }).check()
    await page.getByLabel(/^说明/).fill('住院两次，自付较多')
    await expectSound(page)
    await keepPicture(page, 'case-visit-form-phone')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('林村办、周队员').first().waitFor()
    await wayThere.waitFor({ state: 'detached' })
  })

  it('refuses of a batch only what lacks something, each with what it lacks', async () => {
    const page = await enter(people.village, '/cases/files', { language: 'en' })
    await page.getByLabel('Choose ' + heads[1]).check()
    await page.getByLabel('Choose ' + heads[2]).check()
    await page.getByRole('button', { name: 'Act on the chosen' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Do it', exact: true }).click()
    await page.getByText('0 are done; 2 were refused').waitFor()
    expect(await page.getByText(/No visit of this step is on file/).count()).toBeGreaterThan(0)
    await expectSound(page)
    await keepPicture(page, 'cases-refused-en')
  })

  it('goes back with a reason, and ends when it is refused', async () => {
    const village = await enter(people.village, '/cases/files')
    await village.getByRole('link', { name: heads[0] ?? '' }).click()
    await village.getByText('其他办理').click()
    await expectSound(village)
    await keepPicture(village, 'case-others')
    await village.getByRole('button', { name: '退回', exact: true }).click()
    await village.getByRole('button', { name: '情况与核查不符' }).click()
    await expectSound(village)
    await keepPicture(village, 'case-return')
    await village.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click()
    await village.getByRole('heading', { level: 1, name: heads[1] ?? '' }).waitFor()
    const page = await enter(people.township, '/', { language: 'en' })
    await page.getByRole('link', { name: heads[0] ?? '' }).click()
    await page.getByText('Reason: 情况与核查不符').first().waitFor()
    await page.getByText('Other actions').click()
    await expectSound(page)
    await keepPicture(page, 'case-en')
    await page.getByRole('button', { name: 'Reject', exact: true }).click()
    await page.getByLabel(/^Reason/).fill('收入高于标准，无突出困难')
    await page.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click()
    await page.getByText('Everything for your office is done').waitFor()
    await page.goto(`/registry/households/${homes[0]?.householdId}`)
    await page.getByText('not identified').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'case-household-en')
  })
})

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

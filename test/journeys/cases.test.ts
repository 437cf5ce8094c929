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
    makePoliciesPlug(parts),
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
})

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { readBytes } from '../sheet-files.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const { database, vault } = world
  const filesDirectory = join(world.directory, 'files')
  const identity = makeIdentityPlug({ database, vault })
  const plugs = [
    identity,
    makeRegistryPlug({ database, vault, filesDirectory }),
    makeScreeningPlug({ database, vault, filesDirectory }),
    makeQualityPlug({ database, vault, filesDirectory }),
  ]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
})

let officer: GivenUser
let leader: GivenUser
let cadre: GivenUser
let mine: GivenHousehold
let theirs: GivenHousehold

beforeAll(async () => {
  const { world } = browser
  const county = await givenCounty(world.database)
  const ctx = world.as(grantCounty(county.countyCode))
  const [one, other] = [county.villages[0]?.path ?? '', county.villages[1]?.path ?? '']
  const members = [
    { name: '䶮𬱖', phone: '15400000001' },
    { name: '单小妹', relation: '之女' },
  ]
  mine = await givenHousehold(ctx, world.vault, { areaPath: one, village: '柳湾村', members })
  theirs = await givenHousehold(ctx, world.vault, { areaPath: other, village: '荷坪村', members: [{ name: '欧阳飞燕' }] })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林一' })
  leader = await givenUser(world.database, { role: 'county-leader', areaPath: county.countyPath, name: '程二' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: one, name: '秦三' })
})

async function enter(user: GivenUser, address: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}

/** Presses a button that sends a file, and reads it with our own reader. */
async function fetched(page: Page, press: () => Promise<void>): Promise<{ name: string; cells: string[][] }> {
  const waiting = page.waitForEvent('download')
  await press()
  const file = await waiting
  const { cells } = await readBytes(readFileSync(await file.path()))
  return { name: file.suggestedFilename(), cells }
}
const dialog = (page: Page) => page.getByRole('dialog')
const open = (page: Page) => page.getByRole('button', { name: '按这个样子导出' }).first().click()
const confirm = (page: Page) => dialog(page).getByRole('button', { name: '按这个样子导出' }).click()

describe('a list goes out', () => {
  it('as the cadre sees it: his village, in the official look, and stands in the records', async () => {
    const page = await enter(cadre, '/registry/households')
    await page.getByText(mine.householdNo).waitFor()
    await open(page)
    await dialog(page).getByText('家庭成员（号码隐去中间数字）').click()
    await dialog(page).getByLabel('用途').fill('入户核对')
    await expectSound(page)
    await keepPicture(page, 'export-dialog')
    const { name, cells } = await fetched(page, () => confirm(page))
    expect(name).toMatch(/^家庭成员名单_.*\.xlsx$/)
    const said = JSON.stringify(cells)
    expect(said).toContain('䶮𬱖')
    expect(said).not.toContain(theirs.householdNo)
    expect(said).not.toContain(mine.persons[0]?.idNumber)
    expect(cells.at(-2)?.[0]).toMatch(/导出人：秦三　导出时间：.*　用途：入户核对/)
    await page.goto('/registry/exports')
    await page.getByRole('cell', { name: '入户核对' }).waitFor()
    await expectSound(page)
  })

  it('as text when asked, from the other lists too', async () => {
    const page = await enter(officer, '/registry/villages')
    await page.getByText('按这个样子导出').waitFor()
    await open(page)
    await dialog(page).getByText('文本（csv）').click()
    await dialog(page).getByLabel('用途').fill('制表上墙')
    const { name, cells } = await fetched(page, () => confirm(page))
    expect(name).toMatch(/^行政村名单_.*\.csv$/)
    expect(cells[0]).toContain('村类型')
    for (const address of ['/registry/corrections', '/identity/users', '/screening/leads']) {
      await page.goto(address)
      await page.getByRole('button', { name: '按这个样子导出' }).waitFor()
      await expectSound(page)
    }
    await keepPicture(page, 'export-leads')
  })
})

describe('whole numbers', () => {
  it('are asked for, approved by another person and fetched by who asked', async () => {
    const page = await enter(officer, '/registry/households?type=一般农户')
    await page.getByText(mine.householdNo).waitFor()
    await open(page)
    await dialog(page).getByText('申请完整号码（另一人批准）').click()
    await dialog(page).getByLabel('用途').fill('换发社保卡')
    await keepPicture(page, 'export-ask')
    await dialog(page).getByRole('button', { name: '提交申请' }).click()
    await page.getByRole('heading', { name: '导出记录' }).waitFor()
    await page.getByRole('cell', { name: '换发社保卡' }).waitFor()
    expect(await page.getByRole('button', { name: /^批准/ }).count()).toBe(0)
    const other = await enter(leader, '/')
    await other.getByText('待审批的导出').first().click()
    await other.getByRole('button', { name: '批准：林一 的家庭成员名单', exact: true }).click()
    await dialog(other).getByText('筛选条件：户类型：一般农户').waitFor()
    await expectSound(other)
    await keepPicture(other, 'export-approve')
    await dialog(other).getByRole('button', { name: '批准', exact: true }).click()
    await other.getByText('没有待审批的申请。').waitFor()
    await page.reload()
    const fetch = page.getByRole('button', { name: '下载：林一 的家庭成员名单' })
    await fetch.waitFor()
    await expectSound(page)
    await keepPicture(page, 'export-records')
    const { cells } = await fetched(page, () => fetch.click())
    expect(JSON.stringify(cells)).toContain(theirs.persons[0]?.idNumber)
    await page.getByText('已下载 1 次').waitFor()
  })

  it('fit on a phone, in large type and in English', async () => {
    const phone = await enter(officer, '/registry/exports', { width: 360, height: 740 })
    await phone.getByText('换发社保卡').first().waitFor()
    await expectSound(phone)
    await keepPicture(phone, 'export-records-phone')
    const large = await enter(leader, '/registry/exports', { density: 'large', language: 'en' })
    await large.getByRole('cell', { name: '换发社保卡' }).waitFor()
    await expectSound(large)
    await keepPicture(large, 'export-records-large')
  })
})

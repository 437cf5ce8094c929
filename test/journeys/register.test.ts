import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { listAreas, makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { drawn } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const households = 300
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
let cadre: GivenUser
let otherVillage = ''

beforeAll(async () => {
  const { world } = browser
  const out = join(world.directory, 'county')
  const { county, files } = await generateCounty({ households, seed: 'register', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const system = world.as(grantSystem(county.code, 'test'))
  const paths = files.filter(({ path }) => /^(registry|national)/.test(path)).map(({ path }) => join(out, path))
  const done = await importFiles(system, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  expect(done.files.flatMap((file) => file.error ?? [])).toEqual([])
  const areas = await listAreas(system, { level: 'village' })
  const [village, ...others] = areas.filter((area) => area.level === 'village')
  otherVillage = others.at(-1)?.path ?? ''
  expect(otherVillage).not.toBe('')
  const countyArea = areas.find((area) => area.level === 'county')
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: countyArea?.path ?? '', name: '林一' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '程二' })
}, 180_000)

async function enter(user: GivenUser, address: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}
const rows = (page: Page) => page.locator('tbody tr[data-row-key]')

describe('the ledger of households', () => {
  it('is narrowed by filters that stand in the address, and searched by words that do not', async () => {
    const page = await enter(officer, '/registry/households')
    await rows(page).first().getByRole('link').waitFor()
    await expectSound(page)
    await keepPicture(page, 'households')
    await page.getByRole('button', { name: /^脱贫户 \d+$/ }).click()
    await page.waitForURL(/type=/)
    const name = (await rows(page).first().getByRole('link').textContent()) ?? ''
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await page.getByText(`${name}（姓名）`).first().waitFor()
    expect(decodeURIComponent(page.url())).not.toContain(name)
    await expectSound(page)
    await keepPicture(page, 'households-search')
    await page.getByRole('button', { name: '清除全部条件' }).click()
    await page.getByText(`共 ${households} 条`).waitFor()
  })

  it('is walked with J and Enter, and comes back where it was', async () => {
    const page = await enter(officer, '/registry/households?monitored=any')
    await rows(page).first().getByRole('link').waitFor()
    const [name] = await rows(page).first().getByRole('link').allTextContents()
    await page.locator('h1').click()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: `${name ?? ''} 户` }).waitFor()
    await page.goBack()
    await rows(page).first().getByRole('link').waitFor()
    expect(page.url()).toContain('monitored=any')
  })

  it('is exported for a purpose', async () => {
    const page = await enter(officer, '/registry/households')
    await rows(page).first().getByRole('link').waitFor()
    await page.getByRole('button', { name: '按这个样子导出' }).click()
    await page.getByLabel('用途').fill('季度核对')
    await expectSound(page)
    const file = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '按这个样子导出' }).click()
    expect((await file).suggestedFilename()).toMatch(/^农户台账_.*\.xlsx$/)
  })
})

describe('one household, one file', () => {
  it.each(drawn('household', 1, ['standard', 'large'] as const))('shows members, facts and sources in %s type', async (density) => {
    const page = await enter(officer, '/registry/households?monitored=any', { density })
    await rows(page).first().getByRole('link').click()
    await page.getByRole('heading', { name: '三保障和饮水' }).waitFor()
    await page.getByRole('heading', { name: '变更' }).waitFor()
    await page.getByRole('button', { name: /^工资性收入 源/ }).focus()
    await page.getByRole('tooltip').getByText('监测对象导出表').waitFor()
    await expectSound(page)
    await keepPicture(page, `household-${density}`)
  })

  it('shows a full number for a reason, and says who looked', async () => {
    const page = await enter(officer, '/registry/households')
    await rows(page).first().getByRole('link').click()
    const member = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: '详情' }) })
      .first()
    await member.getByRole('button', { name: /看完整号码：.*证件号码/ }).click()
    await page.getByLabel('查看原因').fill('核对身份证')
    await page.getByRole('dialog').getByRole('button', { name: '看完整号码' }).click()
    await member.getByText(/^\d{17}[\dX]$/).waitFor()
    await member.getByRole('button', { name: '详情' }).click()
    await page.getByText('证件号码 · 核对身份证').waitFor()
    await page.getByText('林一 · 县数据管理员').waitFor()
    await expectSound(page)
    await keepPicture(page, 'household-member')
  })

  it('carries tags, and is corrected by one who proposes and one who decides', async () => {
    const page = await enter(cadre, '/registry/households')
    await rows(page).first().getByRole('link').click()
    await page.getByRole('button', { name: '加标签' }).click()
    await page.getByRole('dialog').getByLabel('标签').click()
    await page.getByText('重病户', { exact: true }).click()
    await page.getByRole('dialog').getByLabel('依据').fill('村级排查')
    await page.getByRole('dialog').getByRole('button', { name: '加标签' }).click()
    await page.getByText('重病户（').waitFor()
    await page.getByRole('button', { name: /^提出更正/ }).click()
    await page.getByRole('dialog').getByLabel('哪一项').click()
    await page.keyboard.type('家庭住址')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('应为').fill('一组 12 号')
    await page.getByRole('dialog').getByLabel('怎么发现的').fill('入户走访')
    await expectSound(page)
    await page.getByRole('dialog').getByRole('button', { name: '提出' }).click()
    await page.getByText('已提出，等县级人员确认').waitFor()
    const desk = await enter(officer, '/registry/corrections')
    await desk.getByRole('button', { name: /^写入台账/ }).waitFor()
    await expectSound(desk)
    await keepPicture(desk, 'corrections')
    await desk.getByRole('button', { name: /^写入台账/ }).click()
    await desk.locator('.bf-tag-green').getByText('已写入').waitFor()
    await rows(desk).first().getByRole('link').click()
    await desk.getByText('家庭住址：（空） → 一组 12 号').waitFor()
    await expectSound(desk)
  })
})

describe('the scope of a village cadre', () => {
  it('holds on every page: another village is not there, its address neither', async () => {
    const desk = await enter(officer, `/registry/households?under=${otherVillage}`)
    const theirs = await rows(desk).first().getByRole('link').getAttribute('href')
    const page = await enter(cadre, theirs ?? '')
    await page.getByText('没有这条记录，或不在您的范围内').waitFor()
    await page.goto('/registry/villages')
    await rows(page).first().getByRole('link').first().waitFor()
    expect(await rows(page).count()).toBe(1)
    await page.goto('/registry/households')
    await rows(page).first().getByRole('link').waitFor()
    await page.getByRole('button', { name: '按这个样子导出' }).click()
    await page.getByRole('dialog').getByText('家庭成员（号码隐去中间数字）').waitFor()
    expect(await page.getByRole('dialog').getByText('完整号码').count()).toBe(0)
  })
})

describe('villages and totals', () => {
  it('give a village a kind with its day, and balance by township', async () => {
    const page = await enter(officer, '/registry/villages')
    await rows(page).first().getByRole('button').click()
    await page.getByRole('dialog').getByLabel('改为').click()
    await page.locator('.ant-select-item-option').getByText('示范村', { exact: true }).click()
    await page.getByLabel('从哪天起').fill('2021-06-01')
    await page.getByLabel('依据').fill('县公告')
    await expectSound(page)
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.locator('td .bf-tag').getByText('示范村').waitFor()
    await expectSound(page)
    await keepPicture(page, 'villages')
    await page.goto('/registry/totals')
    await page.getByText('全部相等').waitFor()
    await expectSound(page)
    await keepPicture(page, 'totals')
  })
})

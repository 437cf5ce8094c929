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

beforeAll(async () => {
  const { world } = browser
  const out = join(world.directory, 'county')
  const { county, files } = await generateCounty({ households: 300, seed: 'corrections', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const system = world.as(grantSystem(county.code, 'test'))
  const paths = files.filter(({ path }) => /^(registry|national)/.test(path)).map(({ path }) => join(out, path))
  await importFiles(system, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  const areas = await listAreas(system, { level: 'village' })
  const pathOf = (level: string) => areas.find((area) => area.level === level)?.path ?? ''
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: pathOf('county'), name: '林一' })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: pathOf('village'), name: '程二' })
}, 180_000)

async function enter(user: GivenUser, address: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}
const rows = (page: Page) => page.locator('tbody tr[data-row-key]')

/** A cadre writes on a household's page what is so. */
async function propose(page: Page, field: string, value: string): Promise<void> {
  await page
    .getByRole('button', { name: /^提出更正/ })
    .first()
    .click()
  await page.getByRole('dialog').getByLabel('哪一项').click()
  await page.keyboard.type(field)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByLabel('应为').fill(value)
  await page.getByRole('dialog').getByLabel('怎么发现的').fill('入户走访')
  await page.getByRole('dialog').getByRole('button', { name: '提出' }).click()
  await page.getByText('已提出，等县级人员确认').waitFor()
  await page.getByRole('button', { name: 'OK' }).click()
}

describe('corrections', () => {
  it('are proposed on the page of a household, which says who found them', async () => {
    const page = await enter(cadre, '/registry/households')
    for (const at of [0, 1, 2]) {
      await page.goto('/registry/households')
      await rows(page).nth(at).getByRole('link').click()
      await propose(page, '家庭住址', `${at + 1} 组新屋`)
    }
    await propose(page, '户联系电话', '15400000077')
    await page.getByText('程二').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'correction-household')
    await page.goto('/registry/corrections')
    await rows(page).first().waitFor()
    expect(await page.getByRole('checkbox').count(), 'who may not decide has nothing to choose').toBe(0)
  })

  it('are narrowed by state and field, and decided on many at once after a look', async () => {
    const page = await enter(officer, '/registry/corrections')
    await page.getByRole('button', { name: '待确认 4' }).click()
    await page.getByRole('button', { name: /^家庭住址 3$/ }).click()
    await expectSound(page)
    await page.getByRole('checkbox', { name: '纠错列表' }).click()
    await page.getByText('已选 3 条').waitFor()
    await expectSound(page)
    await keepPicture(page, 'corrections-chosen')
    await page.getByRole('button', { name: '确认（3 条）' }).click()
    await page.getByRole('dialog').getByText('3 组新屋').waitFor()
    await expectSound(page)
    await keepPicture(page, 'corrections-ask')
    await page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
    await page.getByText('3 条全部办好').waitFor()
    await page.goto('/registry/corrections?state=confirmed')
    await page.getByRole('checkbox', { name: '纠错列表' }).click()
    await page.getByRole('button', { name: '写入台账（3 条）' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '写入台账', exact: true }).click()
    await page.getByText('3 条全部办好').waitFor()
    await page.goto('/registry/corrections')
    await page.getByText('林一').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'corrections-applied')
  })

  it('name each row that was refused, and why', async () => {
    const page = await enter(officer, '/registry/corrections?state=found')
    await page.getByRole('checkbox', { name: '纠错列表' }).click()
    const other = await enter(officer, '/registry/corrections?state=found')
    await other.getByRole('button', { name: /^退回/ }).last().click()
    await other.getByRole('dialog').getByRole('textbox').fill('号码不属实')
    await other.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    await other.getByRole('button', { name: '已退回 1' }).waitFor()
    await page.getByRole('button', { name: '写入台账（1 条）' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '写入台账', exact: true }).click()
    await page.getByText('1 条没有办成').waitFor()
    await expectSound(page)
    await keepPicture(page, 'corrections-refused')
  })

  it.each(
    drawn('corrections', 1, [
      ['phone', { width: 360, height: 740 }],
      ['large', { density: 'large' }],
      ['en', { language: 'en' }],
    ] as const),
  )('read well: %s', async (name, options) => {
    const page = await enter(officer, '/registry/corrections', options)
    await rows(page).first().waitFor()
    await expectSound(page)
    await keepPicture(page, `corrections-${name}`)
    await page.goto('/registry/villages')
    await rows(page).first().waitFor()
    await expectSound(page)
    await keepPicture(page, `villages-${name}`)
  })
})

describe('kinds of villages', () => {
  it('are given to many villages of one document, and ended with a day and a paper', async () => {
    const page = await enter(officer, '/registry/villages')
    await page
      .getByRole('checkbox', { name: /^选择：/ })
      .nth(0)
      .click()
    await page
      .getByRole('checkbox', { name: /^选择：/ })
      .nth(1)
      .click()
    await page.getByRole('button', { name: '登记 2 个村的类型' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('改为').click()
    await page.locator('.ant-select-item-option').getByText('示范村', { exact: true }).click()
    await dialog.getByLabel('从哪天起').fill('2021-06-01')
    await dialog.getByLabel('依据').fill('县公告 3 号')
    await expectSound(page)
    await keepPicture(page, 'villages-bulk')
    await dialog.getByRole('button', { name: '登记 2 个村的类型' }).click()
    await page.getByText('2 条全部办好').waitFor()
    await page.getByText('2021-06-01 起 · 县公告 3 号').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'villages-kinds')
    await rows(page).first().getByRole('button').click()
    await dialog.getByRole('button', { name: '结束：示范村' }).click()
    await dialog.getByLabel('到哪天为止').fill('2022-12-31')
    await dialog.getByLabel('结束的依据').fill('县公告 9 号')
    await expectSound(page)
    await keepPicture(page, 'villages-end')
    await dialog.getByRole('button', { name: '结束这一类' }).click()
    await rows(page).first().getByText('示范村 2021-06-01 至 2022-12-31').waitFor()
  })
})

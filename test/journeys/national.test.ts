import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantCounty, grantSystem } from '../../src/kernel/server/caller/index.ts'
import { openSheetFile, readSheets } from '../../src/kernel/server/sheets/index.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { givenIdNumber } from '../../src/modules/registry/server/given.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { HouseholdEventCommand } from '../../src/modules/registry/rules/household-event-requests.ts'
import { askHouseholdEvent } from '../../src/modules/registry/server/household-events.ts'
import { importFiles } from '../../src/modules/registry/server/index.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const { database, vault } = world
  const identity = makeIdentityPlug({ database, vault })
  const plugs = [identity, makeRegistryPlug({ database, vault, filesDirectory: world.directory })]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper, jobs: plugs.flatMap((plug) => plug.jobs ?? []) }
})

let officer: GivenUser
let countyCode = ''

const labels =
  '县,乡,村,户编号,户联系电话,监测对象类别,人编号,姓名,性别,证件类型,证件号码,出生日期,与户主关系,健康状况,耕地面积（亩）,人均纯收入（元）'
const registerLabels =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,身份证号,与户主关系,本人电话,务工月收入（元）'

beforeAll(async () => {
  const { world } = browser
  const county = await givenCounty(world.database)
  countyCode = county.countyCode
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林一' })
  const register: string[] = [registerLabels]
  const monitoring: string[] = [labels]
  for (const [at, village] of county.villages.entries()) {
    const township = county.townships.find((one) => village.path.startsWith(one.path))?.name ?? ''
    const household = `99030110100000${10 + at}`
    for (const [order, name] of [`单为民${'甲乙丙丁'[at] ?? ''}`, `曾小禾${'甲乙丙丁'[at] ?? ''}`].entries()) {
      const [person, number, relation] = [`${household}0${order + 1}`, givenIdNumber(), order === 0 ? '户主' : '之子']
      const inRegister = order === 0 ? name : `${name}儿`
      register.push(
        `${township},${village.name},1组,${household},单为民,脱贫户,,${order + 1},${person},${inRegister},${number},${relation},,`,
      )
      // The second household's son is not in the system.
      if (at === 1 && order === 1) continue
      monitoring.push(
        `青禾县,${township},${village.name},${household},,边缘易致贫户,${person},${name},女,居民身份证（户口簿）,${number},19700115,${relation},健康,2.5,6000.5`,
      )
    }
  }
  const write = (name: string, lines: readonly string[]) => {
    const path = join(world.directory, name)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }
  const paths = [write('农户信息.csv', register), write('监测对象信息.csv', monitoring)]
  const ctx = world.as(grantSystem(county.countyCode, 'test'))
  const done = await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  expect(done.files.map((file) => [file.error, file.batch?.state])).toEqual([
    [undefined, 'applied'],
    [undefined, 'applied'],
  ])
}, 120_000)

async function enter(address: string, options = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: officer })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}

describe('the round trip with the national system', () => {
  it('is compared, counted, listed, taken as a workbook and marked as entered', async () => {
    const page = await enter('/registry/national')
    await page.getByText('还没有核对过').waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: '开始核对' }).click()
    await page.getByRole('table', { name: '待录入条数：项目和乡镇' }).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: '重新核对' }).waitFor({ timeout: 60_000 })
    await expectSound(page)
    await keepPicture(page, 'national')
    await page.getByRole('row', { name: /姓名/ }).getByRole('link').first().click()
    await page.getByRole('table', { name: '录入清单' }).waitFor()
    await page.getByRole('heading', { name: '系统录入清单' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-changes')

    await page.getByRole('button', { name: '下载录入清单' }).click()
    await page.getByLabel('用途（至少 4 个字）').fill('录入国家系统')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: '下载录入清单' }).click(),
    ])
    const sheets = new Map<string, number>()
    for await (const block of readSheets(await openSheetFile({ path: await file.path(), originalName: file.suggestedFilename() })))
      sheets.set(block.sheet, (sheets.get(block.sheet) ?? 0) + block.rows.length)
    expect([...sheets.keys()]).toEqual(['修改信息'])

    await page
      .getByRole('checkbox', { name: /曾小禾/ })
      .first()
      .check()
    await page.getByRole('button', { name: '已录入系统（1 条）' }).click()
    await page.getByRole('button', { name: '已录入，等下次导出' }).click()
    await page.getByText(/林一 .* 录入/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-entered')
  })

  it('lists at once what events make of whole households, persons and places, with a sheet for each', async () => {
    const { world } = browser
    const ctx = world.as(grantCounty(countyCode), { roles: ['county-data-officer'] })
    const homes = await inTransaction(ctx, async (db) => {
      const found = await sql<{ id: string; path: string; head: string }>`
        SELECT h.household_id AS id, h.area_path AS path, (SELECT p.person_id FROM registry.person p WHERE p.household_id = h.household_id AND p.is_head) AS head
        FROM registry.household h ORDER BY h.household_no`.execute(db)
      const persons = await sql<{ id: string }>`SELECT person_id AS id FROM registry.person`.execute(db)
      return { rows: found.rows, relations: Object.fromEntries(persons.rows.map((person) => [person.id, '其他'])) }
    })
    const [one, two, three] = homes.rows
    const events = [
      { kind: 'merge', householdId: one?.id, otherId: two?.id, headId: one?.head, relations: homes.relations },
      { kind: 'move', householdId: three?.id, areaPath: one?.path },
    ]
    for (const event of events) {
      const command = HouseholdEventCommand.parse({ on: '2023-12-01', reason: '村里核实过', ...event })
      await askHouseholdEvent(ctx, { command, isReport: false }, { vault: world.vault })
    }
    const page = await enter('/registry/national/changes')
    for (const action of ['减少整户', '人员转户', '修改村组']) {
      await page.getByRole('button', { name: action }).click()
      await page.getByRole('table', { name: '录入清单' }).getByText(action).first().waitFor()
    }
    await page.getByText('家庭变更：村里核实过').waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-places')
    await page.getByRole('button', { name: '全部' }).click()
    await page.getByText('减少整户').nth(1).waitFor()
    await keepPicture(page, 'national-households')
    await page.goto('/registry/national')
    await page.getByRole('row', { name: /人员转户/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-overview')
    const large = await browser.openPage({ density: 'large', language: 'en', width: 360, height: 740 })
    await large.context().addCookies(await page.context().cookies())
    await large.goto('/registry/national/changes?action=move-person')
    await large.getByRole('table', { name: 'Changes to enter' }).getByText('Move a person').first().waitFor()
    await expectSound(large)
    await keepPicture(large, 'national-move-large')
  })

  it('says in English what it says in Chinese, and that the server failed', async () => {
    const page = await enter('/registry/national')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Round trip with the national system' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-english')
    await page.getByRole('link', { name: /^To enter/ }).click()
    await page.getByRole('table', { name: 'Changes to enter' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-changes-english')
    await page.route('**/registry/national/changes?**', (route) => route.abort())
    await page.getByRole('button', { name: 'Remove a person' }).click()
    await page.getByRole('button', { name: 'Try again' }).waitFor() // the console complains, as it should
    await keepPicture(page, 'national-failed')
  })

  it('fits on a phone', async () => {
    const page = await enter('/registry/national', { width: 360, height: 740 })
    await page.getByRole('table', { name: '待录入条数：项目和乡镇' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'national-phone')
  })
})

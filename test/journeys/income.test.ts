import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCaseAt } from '../../src/modules/cases/server/given.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { givenAuthorisation } from '../../src/modules/screening/server/given.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld } from './browser.ts'

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
}, Date.now())

let county: GivenCounty
let township: GivenUser
let home: GivenHousehold
beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const [village] = county.villages
  township = await givenUser(world.database, { role: 'township-officer', areaPath: county.townships[0]?.path ?? '', name: '林乡办' })
  const members = [
    { name: '龚满堂', labourSkill: '普通劳动力', bornOn: '1975-03-01' },
    { name: '龚小禾', relation: '之女', bornOn: '2001-05-01' },
  ]
  const facts = { wageMigrant: 1_800_000, transferFarmland: 52_000, businessCrops: 600_000, expenseCrops: 210_000, safeWater: true }
  const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组' }
  const ctx = world.as(grantCounty(county.countyCode))
  home = await givenHousehold(ctx, world.vault, { ...place, type: '脱贫户', facts, members })
})

describe('the income of a household', () => {
  it('is taken over, entered like a sheet, computed and kept', async () => {
    const page = await browser.openPage({ as: township })
    await page.goto(`/registry/households/${home.householdId}`)
    await page.getByRole('button', { name: '没有变化，采用 4 项' }).click()
    await page.getByText('已采用 4 项，更新 0 项').waitFor()
    await page.getByRole('button', { name: '登记收支' }).click()
    const cell = page.getByRole('textbox', { name: /项目/ })
    await cell.waitFor()
    const before = new Date(Date.now() - 62 * 86_400_000)
    const month = `${before.getFullYear()}-${before.getMonth() + 1}`
    await cell.evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, `养殖业收\t\t${month}\t\t1.2万\t票据\t卖猪\n住院自付\t龚满堂\t${month}\t\t8600.5\t票据\t\n彩票\t\t2023-02\t\t10\t\t`)
    await page.getByText('有 1 行要改').waitFor()
    await page.getByRole('grid', { name: '登记收支' }).scrollIntoViewIfNeeded()
    await keepPicture(page, 'income-entry')
    await expectSound(page)
    await page.getByRole('gridcell', { name: /彩票/ }).click()
    await page.keyboard.type('低保金')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '保存 3 行' }).click()
    await page.getByText('卖猪').waitFor()
    await page.getByRole('button', { name: '计算并保存' }).click()
    await page.getByText(/已保存：人均纯收入/).waitFor()
    await page.getByRole('button', { name: /重新算一遍/ }).click()
    await page.getByText(/结果一致/).waitFor()
    await expectSound(page)
    await page.getByText('卖猪').scrollIntoViewIfNeeded()
    await keepPicture(page, 'income-sheet')
  })

  it('has its departments answered for many at once: a list goes out, a block is pasted back, bad rows are named', async () => {
    const { world } = browser
    const ctx = world.as(grantCounty(county.countyCode))
    const place = { areaPath: `${county.villages[0]?.path ?? ''}01.`, village: county.villages[0]?.name ?? '', group: '1组' }
    const bornOn = '1980-03-01'
    for (const name of ['比对甲', '比对乙']) {
      const other = await givenHousehold(ctx, world.vault, { ...place, members: [{ name, bornOn }] })
      const personId = other.persons[0]?.personId ?? ''
      const paper = { areaPath: place.areaPath, householdId: other.householdId, personId, paper: `2023-${name}`, validUntil: '2099-12-31' }
      await givenAuthorisation(ctx, paper)
      await givenCaseAt(ctx, { householdId: other.householdId, step: 'check' })
    }
    const office = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林县办' })
    const page = await browser.openPage({ as: office })
    await page.goto('/cases/files')
    await page.getByRole('link', { name: '部门信息比对' }).click()
    await page.getByRole('heading', { name: '等部门反馈' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'checks-many')
    const department = (await page.getByRole('rowheader').first().textContent()) ?? ''
    await page.getByRole('button', { name: '按这个样子导出' }).click()
    await page.getByLabel(/用途/).fill('民政信息比对')
    const coming = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: /导出/ }).click()
    expect((await coming).suggestedFilename()).toContain(department)
    await page
      .getByRole('row')
      .filter({ hasText: department })
      .first()
      .getByText(/\d{4}-\d\d-\d\d/)
      .waitFor()
    await page.getByRole('grid', { name: '登记结果' }).getByRole('gridcell').first().click()
    await page.getByRole('textbox', { name: /姓名/ }).evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, `比对甲\t\t${department}\t无\t\n比对乙\t\t${department}\t有\t\n没有这人\t\t${department}\t无\t`)
    await page.getByText('第 3 行 没有这人').waitFor()
    await page.getByRole('grid', { name: '登记结果' }).scrollIntoViewIfNeeded()
    await expectSound(page)
    await keepPicture(page, 'checks-many-bad')
    const phone = await browser.openPage({ as: office, width: 360, height: 740, language: 'en' })
    await phone.goto('/cases/checks')
    await phone.getByRole('heading', { name: 'Waiting for departments' }).waitFor()
    await expectSound(phone)
    await keepPicture(phone, 'checks-many-phone')
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    const answer = join(world.directory, '部门返回.csv')
    writeFileSync(
      answer,
      `\ufeff姓名,身份证号码,部门,核对结果,备注\r\n比对甲,,${department},无,\r\n比对乙,,${department},有,名下小型汽车一辆\r\n`,
    )
    await page.locator('input[type=file]').setInputFiles([answer])
    await page.getByText('读到 2 行').waitFor()
    await page.getByRole('button', { name: '登记 2 行' }).click()
    await page.getByText('已登记 2 项，涉及 2 户').waitFor()
  })

  it('stands on the page of a case with the department check and the gate, on a phone and in English too', async () => {
    const { world } = browser
    const file = await givenCaseAt(world.as(grantCounty(county.countyCode)), { householdId: home.householdId, step: 'check' })
    const page = await browser.openPage({ as: township })
    await page.goto(`/cases/files/${file.caseId}`)
    await page.getByRole('button', { name: '登记结果' }).click()
    await page.getByRole('button', { name: /^登记 18 项/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'case-check-note')
    await page.getByRole('button', { name: /^登记 18 项/ }).click()
    await page.getByText('各部门都有结果').waitFor()
    await keepPicture(page, 'case-check')
    const phone = await browser.openPage({ as: township, width: 360, height: 740, language: 'en' })
    await phone.goto(`/cases/files/${file.caseId}`)
    await phone.getByText('Every department has answered').waitFor()
    await expectSound(phone)
    await keepPicture(phone, 'case-check-phone')
    await phone.goto(`/registry/households/${home.householdId}`)
    await phone.getByRole('table', { name: 'Assistance view' }).scrollIntoViewIfNeeded()
    await expectSound(phone)
    await keepPicture(phone, 'income-sheet-phone')
    const other = await givenHousehold(world.as(grantCounty(county.countyCode)), world.vault, {
      areaPath: `${county.villages[0]?.path ?? ''}01.`,
      members: [{ name: '傅桂香' }],
    })
    const tracked = await givenCaseAt(world.as(grantCounty(county.countyCode)), { householdId: other.householdId, step: 'tracking' })
    await page.goto(`/cases/files/${tracked.caseId}`)
    await page
      .getByText(/没有针对性的帮扶措施/)
      .first()
      .waitFor()
    await page.getByRole('heading', { name: '风险消除的条件' }).scrollIntoViewIfNeeded()
    await expectSound(page)
    await keepPicture(page, 'case-exit-gate')
    await phone.goto('/cases/unstable-eliminations')
    await phone.getByText('Every household under follow-up still meets the gate').waitFor()
    await expectSound(phone)
  })
})

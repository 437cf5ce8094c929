import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { jobsOf } from '../../src/kernel/server/jobs/index.ts'
import { writeWorkbook } from '../../src/kernel/server/sheets/index.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeLedgersPlug } from '../../src/modules/ledgers/server/module.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { testNowMs } from '../database.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A clerk makes a register out of an Excel sheet, uses it at once, changes it twice; a village cadre fills it in on a phone.
const clock = () => testNowMs
const browser = openBrowserWorld((world) => {
  const filesDirectory = join(world.directory, 'files')
  mkdirSync(filesDirectory, { recursive: true })
  const parts = { database: world.database, vault: world.vault, filesDirectory, clock }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeLedgersPlug(parts)]
  return {
    routes: plugs.flatMap((plug) => plug.routes),
    gatekeeper: identity.gatekeeper,
    jobs: jobsOf(plugs),
    clock,
    listCounties: () => Promise.resolve(['990301']),
  }
}, testNowMs)

let officer: GivenUser
let book = ''
let cadre: GivenUser

beforeAll(async () => {
  const { world } = browser
  const { villages, countyPath } = await givenCounty(world.database, { clock })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '县级数据员', clock })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: villages[0]?.path ?? '', name: '台账村干', clock })
}, 120_000)

async function enter(path: string, as: GivenUser, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as })
  await page.clock.setFixedTime(testNowMs)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const sheet = [
  ['某某县山塘水坝巡查台账（2023年）'],
  ['序号', '名称', '所在村', '库容（万方）', '巡查日期', '隐患等级', '是否整改', '隐患说明', '联系电话'],
  ['1', '甲塘', '荷坪村', '12.5', '2023-11-02', '一般', '是', '', '15400000001'],
  ['2', '乙塘', '稻香村', '3', '2023-11-03', '较大', '否', '坝体渗水', '15400000002'],
  ['3', '丙坝', '荷坪村', '8.25', '2023-11-05', '一般', '是', '', '15400000003'],
  ['4', '丁坝', '没有的村', '4', '2023-11-06', '较大', '否', '溢洪道堵塞', '15400000004'],
]
  .map((row) => row.join('\t'))
  .join('\n')

/** Pastes as Ctrl+V does: headless Chromium has no clipboard of its own. */
async function paste(page: Page, label: string | RegExp, text: string): Promise<void> {
  await page.getByLabel(label).evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

describe('a ledger of a county’s own', () => {
  it('is made from an Excel head, takes the rows in, and is changed twice with nothing lost', async () => {
    const page = await enter('/ledgers', officer)
    await page.getByRole('heading', { name: '通用', exact: true }).waitFor()
    await keepPicture(page, 'ledgers-home')
    await expectSound(page)
    const begun = Date.now()
    await page.getByRole('button', { name: '新建台账' }).first().click()
    await paste(page, /把 Excel 里的表头/, sheet)
    await page.getByText('认出 8 个字段').waitFor()
    await page.getByRole('radio', { name: '整改销号' }).check()
    await keepPicture(page, 'ledgers-new-excel')
    await expectSound(page)
    await page.getByRole('button', { name: '建好并启用' }).click()
    await page.getByText(/共 4 行/).waitFor()
    await page
      .getByText(/没有的村/)
      .first()
      .waitFor()
    await keepPicture(page, 'ledgers-import')
    await expectSound(page)
    await page.getByRole('button', { name: /导入 3 行/ }).click()
    await page.getByText('已导入 3 行').waitFor()
    await keepPicture(page, 'ledgers-imported')
    await page.getByRole('link', { name: '看导入的记录' }).click()
    await page.getByRole('link', { name: '乙塘' }).waitFor()
    expect(Date.now() - begun).toBeLessThan(180_000)
    book = new URL(page.url()).pathname
    await keepPicture(page, 'ledgers-list')
    await expectSound(page)

    // The second version: an amount that is computed. The third: one field less.
    await page.getByRole('link', { name: '设计' }).click()
    await page.getByRole('button', { name: '＋ 金额（元）' }).click()
    await page.keyboard.type('清淤费用')
    await page.getByRole('button', { name: '清淤费用 的细节' }).click()
    await page.getByLabel('自动计算（公式）').fill('库容 * 乱写')
    await page.getByText(/乱写/).last().waitFor()
    await keepPicture(page, 'ledgers-design-formula')
    await expectSound(page)
    await page.getByLabel('自动计算（公式）').fill('库容 * 100')
    await page.getByRole('button', { name: '发布' }).click()
    await page.getByText('已发布第 2 版').waitFor()
    await page.getByRole('button', { name: '删除 隐患说明' }).click()
    await page.getByRole('button', { name: '发布' }).click()
    await page.getByText('已发布第 3 版').waitFor()
    await page.getByRole('button', { name: '版本', exact: true }).click()
    await page.getByRole('button', { name: '看看会怎样' }).click()
    await page.getByText(/隐患说明（新版没有这个字段）/).waitFor()
    await keepPicture(page, 'ledgers-migration')
    await expectSound(page)
    await page.getByRole('button', { name: /转 3 条/ }).click()
    await page.getByText('已转 3 条').waitFor()
    await page.goto(book)
    await page.getByRole('link', { name: '乙塘' }).click()
    await page.getByText('300.00').waitFor()
    await page.getByText(/隐患说明 坝体渗水/).waitFor()
    await keepPicture(page, 'ledgers-record')
    await expectSound(page)
  }, 120_000)

  it('is filled in on a village phone, and its records are moved by another person', async () => {
    const phone = await enter(`${book}/new`, cadre, { width: 360, height: 740 })
    await phone.getByLabel('名称').fill('戊塘')
    await phone.getByLabel(/库容/).fill('二')
    await phone.getByText('不是数字').waitFor()
    await keepPicture(phone, 'phone-form')
    await expectSound(phone)
    await phone.getByLabel(/库容/).fill('2')
    await phone.getByText('200.00').waitFor()
    await phone.keyboard.press('Control+Enter')
    await phone.getByText('已保存：戊塘').waitFor()
    await phone.getByRole('link', { name: '打开' }).click()
    await phone.getByRole('button', { name: '整改完成' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: '整改完成' }).click()
    // Who entered and mended it does not verify it.
    await phone.getByText('现在不能“核验销号”').waitFor()
    await keepPicture(phone, 'phone-record')
    await expectSound(phone)
    await phone.goto(book)
    await phone.getByRole('link', { name: '戊塘' }).waitFor()
    await keepPicture(phone, 'phone-list')
    await expectSound(phone)

    const page = await enter(`${book}?view=board`, officer)
    await page.getByLabel('戊塘 下一步').selectOption({ label: '核验销号' })
    await page.getByRole('dialog').getByRole('button', { name: '核验销号' }).click()
    await page.getByLabel('已销号').getByText('戊塘').waitFor()
    await keepPicture(page, 'ledgers-board')
    await expectSound(page)
    await page.getByRole('button', { name: '统计', exact: true }).click()
    await page.getByRole('table', { name: '统计' }).waitFor()
    await keepPicture(page, 'ledgers-statistics')
    await expectSound(page)
    const small = await enter(book.replace('/books/', '/design/'), officer, { width: 360, height: 740, language: 'en' })
    await small.getByLabel('Name of field 1').waitFor()
    await keepPicture(small, 'phone-design-en')
    await expectSound(small)
  }, 120_000)

  it('is made from an XLSForm and filled in at 360 px', async () => {
    const path = join(browser.world.directory, '入户.xlsx')
    const survey = [
      ['type', 'name', 'label', 'required', 'relevant', 'constraint', 'constraint_message'],
      ['text', 'owner', '户主姓名', 'yes', '', '', ''],
      ['select_one kind', 'kind', '住房来源', 'yes', '', '', ''],
      ['decimal', 'area', '住房面积', '', "${kind} = 'own'", '. > 0 and . <= 1000', '面积应在 0 到 1000 之间'],
    ]
    const choices = [
      ['list_name', 'name', 'label'],
      ['kind', 'own', '自建'],
      ['kind', 'rent', '租住'],
    ]
    const sheets = Object.entries({ survey, choices }).map(([name, [head = [], ...rows]]) => ({
      name,
      columns: head.map((label) => ({ label })),
      rows,
    }))
    await writeWorkbook({ target: path, sheets })
    const phone = await enter('/ledgers/new', officer, { width: 360, height: 740 })
    await phone.getByRole('radio', { name: /XLSForm/ }).check()
    await phone.locator('input[type=file]').setInputFiles(path)
    await phone.getByText('已读入 3 个字段').waitFor()
    await keepPicture(phone, 'phone-xlsform')
    await expectSound(phone)
    await phone.getByRole('button', { name: '建好并启用' }).click()
    await phone.waitForURL(/\/ledgers\/books\/own\./)
    await phone.goto(`${new URL(phone.url()).pathname}/new`)
    await phone.getByLabel('户主姓名').fill('某某')
    await phone.getByRole('radio', { name: '自建' }).check()
    await phone.getByLabel('住房面积').fill('2000')
    await phone.getByText('面积应在 0 到 1000 之间').waitFor()
    await phone.getByLabel('住房面积').fill('120')
    await phone.keyboard.press('Control+Enter')
    await phone.getByText('已保存：某某').waitFor()
  }, 60_000)
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectSound, keepPicture } from './browser.ts'
import { openSheetWorld, type SheetWorld } from './sheet-world.ts'

let sheet: SheetWorld
beforeAll(async () => {
  sheet = await openSheetWorld('policy-page')
})
afterAll(() => sheet.close())

async function begin(): Promise<Page> {
  const { page } = sheet
  await page.reload()
  await at(page, 0, 0).click()
  await page.locator('textarea:focus').waitFor()
  return page
}
const at = (page: Page, row: number, column: number) => page.locator(`[data-row="${row}"][data-column="${column}"]`)
const textAt = (page: Page, row: number, column: number) => at(page, row, column).locator('.bf-grid-text').textContent()
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('Control+v')
}

describe('a decision table of 1,000 rows under the hands of an officer', () => {
  it('is sound, says its cell in words, and names the gap beyond its rows', async () => {
    const page = await begin()
    await page.getByText('金额 介于 0（含）和 10（不含）之间').waitFor()
    await page.getByText(/有情况没有规则：金额 <0, ≥10000/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policy-editor')
  })

  it('takes plain words, turns them into conditions, and takes the edit back with Ctrl+Z', async () => {
    const page = await begin()
    await page.keyboard.type('大于等于7,000元')
    await press(page, 'Enter')
    expect(await textAt(page, 0, 0)).toBe('≥7000')
    await press(page, 'Control+z')
    expect(await textAt(page, 0, 0)).toBe('≥0 且 <10')
    await press(page, 'Control+y')
    expect(await textAt(page, 0, 0)).toBe('≥7000')
    await page
      .getByText(/行重叠/)
      .first()
      .waitFor()
  })

  it('says in a cell at once what is wrong with it', async () => {
    const page = await begin()
    await press(page, 'ArrowRight')
    await page.keyboard.type('丙类')
    await press(page, 'Tab')
    expect(await at(page, 0, 1).getAttribute('aria-invalid')).toBe('true')
    await press(page, 'ArrowLeft')
    await page.getByRole('status').getByText('“丙类”不在允许的取值里（甲类、乙类）').waitFor()
    await page.getByRole('button', { name: '甲类', exact: true }).click()
    expect(await textAt(page, 0, 1)).toBe('甲类')
    expect(await at(page, 0, 1).getAttribute('aria-invalid')).toBeNull()
  })

  it('takes rows copied in Excel behind its last one', async () => {
    const page = await begin()
    await press(page, 'Control+End', 'Home')
    await paste(page, '10000以上\t任意\t重点\t附则\r\n小于0\t任意\t一般\t附则\r\n')
    await page.getByText('没有漏洞、重叠和写错的格子').waitFor()
    expect([await textAt(page, 1000, 0), await textAt(page, 1001, 0), await textAt(page, 1000, 2)]).toEqual(['≥10000', '<0', '重点'])
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1004')
  })

  it('mends a gap by the row that it lacks', async () => {
    const page = await begin()
    await page.getByRole('button', { name: '补一行' }).click()
    await at(page, 1000, 0).waitFor()
    expect(await textAt(page, 1000, 0)).toBe('<0 或 ≥10000')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('重点')
    await press(page, 'Enter')
    await page.getByText('没有漏洞、重叠和写错的格子').waitFor()
  })

  it('fills down, doubles, moves and deletes rows', async () => {
    const page = await begin()
    await at(page, 0, 2).click()
    await page.getByRole('button', { name: '重点', exact: true }).click()
    await at(page, 0, 2).click()
    await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d')
    expect(await textAt(page, 2, 2)).toBe('重点')
    await at(page, 0, 3).click()
    await page.getByRole('button', { name: '下移' }).click()
    expect(await textAt(page, 1, 3)).toBe('第 1 档')
    await page.getByRole('button', { name: '复制行' }).click()
    expect(await textAt(page, 2, 3)).toBe('第 1 档')
    await page.getByRole('button', { name: '删行' }).click()
    expect(await textAt(page, 2, 3)).toBe('第 3 档')
    await at(page, 0, 0).click()
    await press(page, 'Control+s')
    await page.getByText('已保存 1 次').waitFor()
  })

  it('explains how it decides, and keeps an example that turns red when the table changes', async () => {
    const page = await begin()
    await page.getByLabel('几行都符合时').selectOption('FIRST')
    await page.getByText('从上往下看，第一行符合就用它').waitFor()
    await page.getByRole('button', { name: '存为用例' }).click()
    await page.getByText('漏掉的情况 1').click()
    await page.getByLabel('→ 档次').fill('重点')
    await page.getByText('0 / 1 个符合').waitFor()
    await expectSound(page)
    await keepPicture(page, 'policy-editor-example')
    await page.getByRole('button', { name: '补一行' }).click()
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('重点')
    await press(page, 'Enter')
    await page.getByText('1 个全部符合').waitFor()
  })

  it('shows what a column is about, and adds and removes one', async () => {
    const page = await begin()
    await page.getByRole('button', { name: '加列', exact: true }).click()
    await page.getByLabel('列名').last().fill('备注')
    await page.getByRole('button', { name: '加上' }).last().click()
    await page.getByRole('columnheader', { name: /备注/ }).waitFor()
    await expectSound(page)
    await page.getByRole('columnheader', { name: /备注/ }).getByRole('button').click()
    await page.getByRole('button', { name: '删除这一列' }).click()
    await page.getByRole('columnheader', { name: /备注/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '补一行' }).click()
    await page.locator('textarea:focus').waitFor()
    expect(await textAt(page, 1000, 0), 'the check leads even after a head was pressed').toBe('<0 或 ≥10000')
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectSound, keepPicture } from './browser.ts'
import { openSheetWorld, type SheetWorld } from './sheet-world.ts'

let sheet: SheetWorld
beforeAll(async () => {
  sheet = await openSheetWorld()
})
afterAll(() => sheet.close())

/** Begins again with an untouched sheet and the focus on its first cell. */
async function begin(): Promise<Page> {
  const { page } = sheet
  await page.reload()
  await page.getByRole('gridcell', { name: '0·0', exact: true }).click()
  await page.locator('textarea:focus').waitFor()
  return page
}
const at = (page: Page, row: number, column: number) => page.locator(`[data-row="${row}"][data-column="${column}"]`)
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('Control+v')
}

describe('a sheet of 100,000 rows', () => {
  it('is sound for screen readers, and draws only what is on screen', async () => {
    const page = await begin()
    await expectSound(page)
    await keepPicture(page, 'sheet-grid')
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('100001')
    expect(await page.getByRole('row').count()).toBeLessThan(60)
  })

  it('is walked by keyboard to its ends, the frozen columns staying in sight', async () => {
    const page = await begin()
    await press(page, 'Control+End')
    await at(page, 99_999, 19).waitFor()
    const [frozen, sheetBox] = [await at(page, 99_999, 0).boundingBox(), await page.getByRole('grid').locator('..').boundingBox()]
    expect(frozen?.x).toBeGreaterThan(0)
    expect(sheetBox).not.toBeNull()
    await press(page, 'Control+Home', 'ArrowDown', 'ArrowRight')
    expect(await at(page, 1, 1).getAttribute('aria-selected')).toBe('true')
    await press(page, 'End', 'Tab')
    expect(await page.locator('textarea:focus').count(), 'Tab at the end of a row leaves the sheet').toBe(0)
  })

  it('takes what is typed, with Enter and Tab, and gives it up with Esc', async () => {
    const page = await begin()
    await page.keyboard.type('新值')
    await press(page, 'Enter')
    await at(page, 0, 0).getByText('新值').waitFor()
    await press(page, 'F2')
    await page.keyboard.type('补')
    await press(page, 'Tab')
    await at(page, 1, 0).getByText('0·1补').waitFor()
    expect(await at(page, 1, 1).getAttribute('aria-selected')).toBe('true')
    await press(page, 'ArrowRight')
    await page.keyboard.type('不要')
    await press(page, 'Escape')
    await at(page, 1, 2).getByText('2·1', { exact: true }).waitFor()
    await press(page, 'ArrowLeft')
    await page.keyboard.type('只读')
    await press(page, 'Enter')
    await at(page, 1, 1).getByText('1·1', { exact: true }).waitFor()
  })

  it('copies a block as Excel reads it and takes one back, blank cells and read-only columns respected', async () => {
    const page = await begin()
    await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c')
    await page.getByText('已复制 2 行').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0·0\t1·0\r\n0·1\t1·1')
    await press(page, 'Control+Home')
    await paste(page, '甲\t只读\t"一\n组"\r\n乙\t只读\t二组\r\n')
    await page.getByText('已填入 4 格；有 2 格').waitFor()
    await at(page, 1, 2).getByText('二组').waitFor()
    expect(await at(page, 0, 2).locator('.bf-grid-text').textContent()).toBe('一\n组')
    await press(page, 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown')
    await paste(page, '同一个')
    await at(page, 3, 0).getByText('同一个').waitFor()
    await press(page, 'Delete')
    expect(await at(page, 3, 0).locator('.bf-grid-text').textContent()).toBe('')
  })

  it('leads to the next problem, which it says in words', async () => {
    const page = await begin()
    await press(page, 'F8')
    await page.getByRole('status').getByText('第 12 列 第 5 行：“第 12 列”不是日期').waitFor()
    expect(await at(page, 3, 12).getAttribute('aria-invalid')).toBe('true')
    expect(await at(page, 3, 12).textContent()).toContain('错')
    await page.getByRole('button', { name: '下一处问题' }).click()
    await at(page, 100, 12).waitFor()
    await expectSound(page)
    await keepPicture(page, 'sheet-grid-problem')
  })
})

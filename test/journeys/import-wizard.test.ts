import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { drawn } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const identity = makeIdentityPlug({ database: world.database, vault: world.vault })
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts)]
  return {
    routes: plugs.flatMap((plug) => plug.routes),
    gatekeeper: identity.gatekeeper,
    jobs: plugs.flatMap((plug) => plug.jobs ?? []),
  }
})

const sender = '县农业农村局'
let officer: GivenUser
let folder = ''
/** The register of the county as rows and cells, headings first. */
let table: string[][] = []

beforeAll(async () => {
  folder = browser.world.directory
  const { county, files } = await generateCounty({ households: 30, seed: 'wizard', out: join(folder, 'county'), months: 1 })
  const path = files.find((file) => file.path.endsWith('.csv') && file.path.includes('regist'))?.path ?? ''
  const text = new TextDecoder('gb18030').decode(readFileSync(join(folder, 'county', path)))
  table = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  await givenEmptyCounty((scope) => browser.world.as(scope), { countyCode: county.code, name: county.name })
  const areaPath = `${county.code.slice(0, 2)}.${county.code.slice(0, 4)}.${county.code}.`
  officer = await givenUser(browser.world.database, { role: 'county-data-officer', areaPath, name: '林一' })
})

describe('cells from Excel become rows of the register', () => {
  it('are pasted with quoted cells, and a column that nobody knows is pointed out once', async () => {
    const page = await enter('/registry/import')
    await page.getByLabel('谁发来的').fill(sender)
    await paste(page, '或者从 Excel、WPS 粘贴', asClipboard(spoil(table)))
    await page.getByRole('grid', { name: '粘贴的内容' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-pasted')
    await page.getByRole('button', { name: /^导入这 [\d,]+ 行$/ }).click()
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await page.getByRole('button', { name: /^不导入的列 [1-9]/ }).click()
    await page.getByRole('button', { name: '改“家里挣的（元/月）”的对应字段' }).click()
    await expectSound(page)
    await page.keyboard.type('务工月收入')
    await page.keyboard.press('Enter')
    await page.getByText('改了 1 列，还没有保存').waitFor()
    await page.getByText(`记住，下次“${sender}”的同类表照此对应`).waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-columns')
    await page.getByRole('button', { name: '保存并重新读取' }).click()
    await page.getByText('改了 1 列，还没有保存').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '下一步：校验' }).waitFor()
    await page.getByRole('button', { name: /^导入的列/ }).click()
    await page.getByText('人工指定').waitFor()
  })

  it('are mended in place, as a block, by one value for another, and by the corrected file', async () => {
    const page = await openNewest('check')
    await page.getByRole('grid', { name: '有问题的行，可直接改' }).waitFor()
    await page.locator('[data-row="0"]').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-check')

    await mendFirst(page, '身份证号', numberOf(1))
    await page.getByRole('button', { name: /^有疑问 \d/ }).click()
    await pasteBack(page)
    await replaceAll(page)
    await page.getByRole('button', { name: '重新校验全表' }).click()
    await page.getByText('都已校验').waitFor()
    await returnCorrected(page)
    await expectSound(page)
    await keepPicture(page, 'wizard-checked')
    expect(await statOf(page, '退回')).toBe('0')
  })

  it('are written in the background; the page may be left and finds the result again', async () => {
    const page = await openNewest('run')
    await page.getByRole('button', { name: '执行导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '执行导入' }).click()
    await page.goto('/registry/households')
    await page.goto('/registry/batches')
    await page.locator('.bf-tag', { hasText: '已导入' }).waitFor()
    const back = await openNewest()
    await back.getByText('已写入台账').waitFor()
    await back.getByText('总数平衡').waitFor()
    await expectSound(back)
    await keepPicture(back, 'wizard-result')
  })
})

describe('a second file of the same sender', () => {
  it('is understood by itself, and where it differs the officer says whose value wins', async () => {
    const page = await enter('/registry/import')
    await page.getByLabel('谁发来的').fill(sender)
    writeFileSync(
      join(folder, '二月.csv'),
      `\ufeff${changed(renamed(table))
        .map((row) => row.join(','))
        .join('\n')}\n`,
    )
    await page.locator('input[type=file]').setInputFiles(join(folder, '二月.csv'))
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await page.getByRole('button', { name: /^导入的列/ }).click()
    await page.getByText('与该单位上次的对应相同').first().waitFor()
    await next(page, '校验')
    await next(page, '试运行')
    await page.getByRole('table', { name: '以谁为准' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-winners')
    const label = '“民族”以谁为准'
    await page.getByLabel(label).click()
    await page.locator('.ant-select-item-option').getByText('以台账为准', { exact: true }).last().click()
    await page.getByRole('button', { name: '保存并重新比对' }).click()
    await page.getByRole('button', { name: /^看人的冲突明细/ }).waitFor()
    await page.getByRole('button', { name: /^看人的冲突明细/ }).click()
    await page.getByText('民族').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-conflict')
    await next(page, '执行')
    await page.getByRole('button', { name: '执行导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '执行导入' }).click()
    await page.getByText('已写入台账').waitFor()
  })

  it('is undone for some households only; who was corrected since is named and cannot be chosen', async () => {
    const page = await openNewest()
    await correctSomebody(page)
    await page.reload()
    await page.getByRole('button', { name: '只撤销一部分' }).click()
    await page
      .getByRole('checkbox', { name: /^选择：/ })
      .first()
      .waitFor()
    await page.getByText('有人动过，不能撤销').waitFor()
    await page.locator('td .bf-source', { hasText: '林一' }).waitFor()
    expect(await page.locator('tbody input[type=checkbox]:disabled').count()).toBe(1)
    await expectSound(page)
    await keepPicture(page, 'wizard-undo-part')
    await page.locator('tbody input[type=checkbox]:not(:disabled)').first().click()
    await page.getByRole('button', { name: '撤销所选（1）' }).click()
    await page.getByLabel('撤销理由').fill('这一户报错了')
    await expectSound(page)
    await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click()
    await page.getByText(/这一批里已经撤销：/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-undone-part')
  })

  it.each(
    drawn('import wizard', 1, [
      ['large', { density: 'large' }],
      ['en', { language: 'en' }],
      ['phone', { width: 360, height: 740 }],
    ] as const),
  )('reads well: %s', async (name, options) => {
    const page = await enter('/registry/import', options)
    await paste(page, name === 'en' ? 'Or paste from Excel or WPS' : '或者从 Excel、WPS 粘贴', asClipboard(spoil(table)))
    await page.getByRole('grid').waitFor()
    await expectSound(page)
    await keepPicture(page, `wizard-pasted-${name}`)
    await page.getByRole('button', { name: name === 'en' ? /^Import these/ : /^导入这/ }).click()
    await page.locator('table').first().waitFor()
    for (const step of ['columns', 'check', 'trial', 'run']) {
      await page.goto(`${page.url().split('?')[0]}?step=${step}`)
      await settled(page)
      await expectSound(page)
      await keepPicture(page, `wizard-${step}-${name}`)
    }
    // The last step stands only where a batch was applied.
    const { items } = (await (await page.request.get('/api/registry/imports')).json()) as { items: { batchId: string; state: string }[] } // Safe: the route answers a page of ImportBatch
    await page.goto(`/registry/import/${items.find((batch) => batch.state === 'applied')?.batchId ?? ''}`)
    await settled(page)
    await expectSound(page)
    await keepPicture(page, `wizard-result-${name}`)
  })
})

async function enter(address: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: officer })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(address)
  await page.locator('h1').waitFor()
  return page
}

/** Waits until a step stands there and nothing on it is still being read. */
async function settled(page: Page): Promise<void> {
  await page.locator('.bf-stepper').waitFor()
  await page.locator('.bf-skeleton').first().waitFor({ state: 'detached' })
}

/** Opens the newest import at a step. */
async function openNewest(step?: string): Promise<Page> {
  const page = await enter('/registry/batches')
  await page.locator('tbody tr[data-row-key] a').first().click()
  await page.locator('.bf-stepper').waitFor()
  if (step !== undefined) await page.goto(`${page.url().split('?')[0]}?step=${step}`)
  return page
}

async function next(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: `下一步：${step}` }).click()
}

async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.getByLabel(label).click()
  await page.keyboard.press('Control+v')
}

/** The figure on a card of the step. */
async function statOf(page: Page, label: string): Promise<string | undefined> {
  const card = page.locator('.bf-stat', { has: page.locator('.bf-stat-label').getByText(label, { exact: true }) })
  return (await card.locator('.bf-stat-value').textContent())?.trim()
}

const columnOf = (label: string) => table[0]?.indexOf(label) ?? -1
const numberOf = (row: number) => table[row]?.[columnOf('身份证号')] ?? ''

/** As Excel puts it on the clipboard: cells with line breaks or quotes in quotes. */
function asClipboard(rows: readonly (readonly string[])[]): string {
  const write = (cell: string) => (/["\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => row.map(write).join('\t')).join('\r\n')
}

/** The heading of the wages as a sender calls them whom nobody knows yet. */
function renamed(rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row, at) =>
    row.map((cell, column) => (at === 0 && column === columnOf('务工月收入（元）') ? '家里挣的（元/月）' : cell)),
  )
}

/** A number with a wrong check character, a date that is none, a label that no list holds, a person without a name; a cell with a line break. */
function spoil(rows: readonly (readonly string[])[]): string[][] {
  const spoilt = renamed(rows)
  const put = (row: number, label: string, cell: string) => {
    const line = spoilt[row]
    if (line !== undefined) line[columnOf(label)] = cell
  }
  const number = numberOf(1)
  put(1, '身份证号', number.slice(0, 17) + (number.endsWith('1') ? '2' : '1'))
  put(2, '出生日期', '不详"')
  for (const row of [3, 4, 5, 6]) put(row, '民族', '汉人')
  put(7, '姓名', '')
  put(8, '人编号', '')
  put(9, '监测对象类别', '')
  put(2, '与户主关系', `${rows[2]?.[columnOf('与户主关系')] ?? ''}\n`)
  return spoilt
}

/** A month later: a nation that differs, for a few also the wages. */
function changed(rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row, at) =>
    row.map((cell, column) => {
      if (at > 0 && at < 8 && column === columnOf('民族')) return cell === '土家族' ? '汉族' : '土家族'
      return at > 0 && at < 4 && column === columnOf('务工月收入（元）') ? '3210' : cell
    }),
  )
}

/** Mends the first bad cell of a column by typing; its row is checked at once. */
async function mendFirst(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: /^有疑问 \d/ }).click()
  const bad = page.locator('.bf-grid-doubt, .bf-grid-bad').filter({ hasText: value.slice(0, 17) })
  await bad.first().click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: label }).fill(value)
  await page.keyboard.press('Enter')
  await page.getByText(/全表还有 \d+ 行有问题|没有有问题的行了/).waitFor()
  await page.locator('.bf-grid-changed').filter({ hasText: value }).first().waitFor()
  await expectSound(page)
  await keepPicture(page, 'wizard-mended')
}

/** Pastes a block from Excel over the sheet: a name and the date beside it, which was none. */
async function pasteBack(page: Page): Promise<void> {
  const [name, born] = [table[2]?.[columnOf('姓名')] ?? '', table[2]?.[columnOf('出生日期')] ?? '']
  await page.locator('.bf-grid-doubt', { hasText: '不详' }).click()
  await page.keyboard.press('ArrowLeft')
  await page.evaluate((value) => navigator.clipboard.writeText(value), `${name}\t${born}`)
  await page.keyboard.press('Control+v')
  await page.getByText('已填入 2 格').waitFor()
  await page.locator('.bf-grid-changed', { hasText: born }).waitFor()
}

/** Reads a label that no list holds as one of the list, wherever it stands. */
async function replaceAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: '批量替换“民族”' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('汉人（4 行）').waitFor()
  await dialog.getByLabel('一律读作').click()
  await page.keyboard.type('汉族')
  await page.keyboard.press('Enter')
  await dialog.getByText('有 4 行写着“汉人”').waitFor()
  await expectSound(page)
  await keepPicture(page, 'wizard-replace')
  await dialog.getByRole('button', { name: '替换', exact: true }).click()
  await page.getByRole('heading', { name: '做过的批量替换' }).waitFor()
}

/** Downloads the sender's file with remarks, writes what was lacking into it and hands it in again. */
async function returnCorrected(page: Page): Promise<void> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载错误清单' }).click()
  const path = join(folder, '错误清单.xlsx')
  await (await download).saveAs(path)
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const sheet = book.worksheets[0]
  if (sheet === undefined) throw new Error('the workbook is empty')
  const put = (row: number, label: string, known: string) => {
    const cells = table[row] ?? []
    const at = sheet.getColumn(columnOf(known) + 1).values.indexOf(cells[columnOf(known)] ?? '')
    sheet.getRow(at).getCell(columnOf(label) + 1).value = cells[columnOf(label)] ?? ''
  }
  put(7, '姓名', '身份证号')
  put(8, '人编号', '身份证号')
  await book.xlsx.writeFile(path)
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByText('已收下改好的').waitFor()
  await expectSound(page)
  await keepPicture(page, 'wizard-returned')
}

/** A correction of a person whom the newest import changed, the head of a household: found and applied. */
async function correctSomebody(page: Page): Promise<void> {
  const batchId = /import\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''
  const changes = await page.request.get(`/api/registry/imports/${batchId}/changes`)
  // Safe: the route answers a page of ChangedUnit.
  const { items } = (await changes.json()) as { items: { id: string }[] }
  const found = await page.request.get(`/api/registry/households/${items[0]?.id ?? ''}`)
  // Safe: the route answers HouseholdRecord.
  const { members } = (await found.json()) as { members: { personId: string; isHead: boolean }[] }
  const send = (path: string, data: unknown) =>
    page.request.post(`/api${path}`, { data, headers: { 'idempotency-key': crypto.randomUUID(), origin: browser.address } })
  const made = await send('/registry/corrections', {
    householdId: items[0]?.id,
    personId: members.find((member) => member.isHead)?.personId,
    field: 'personPhone',
    newValue: '15400000088',
    source: '入户走访',
  })
  expect(made.status(), await made.text()).toBe(200)
  // Safe: the route answers CorrectionRecord.
  const { correctionId, revision } = (await made.json()) as { correctionId: string; revision: number }
  const applied = await send(`/registry/corrections/${correctionId}/decide`, { revision, decision: 'apply' })
  expect(applied.status(), await applied.text()).toBe(200)
}

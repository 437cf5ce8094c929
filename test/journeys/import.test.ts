import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateCounty, type GenerateReceipt } from '../../src/modules/demo/server/index.ts'
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

let officer: GivenUser
let receipt: GenerateReceipt
let folder = ''
let register = ''

beforeAll(async () => {
  folder = browser.world.directory
  receipt = await generateCounty({ households: 40, seed: 'journey', out: join(folder, 'county'), months: 1 })
  register = join(folder, 'county', receipt.files.find(({ path }) => path.endsWith('.csv') && path.includes('regist'))?.path ?? '')
  const { code, name } = receipt.county
  await givenEmptyCounty((scope) => browser.world.as(scope), { countyCode: code, name })
  const areaPath = `${code.slice(0, 2)}.${code.slice(0, 4)}.${code}.`
  officer = await givenUser(browser.world.database, { role: 'county-data-officer', areaPath, name: '林一' })
})

describe('the register comes in', () => {
  it('begins on the first page, as the next step of an empty county', async () => {
    const page = await enter()
    await page.getByRole('link', { name: '导入底册' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-today')
    await page.getByRole('link', { name: '导入底册' }).click()
    await page.getByRole('heading', { name: '导入', exact: true }).waitFor()
    await page.getByText('没有等待办理的文件').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-file')
  })

  it('says in a sentence what is wrong with files that are none', async () => {
    const page = await enter()
    writeFileSync(join(folder, '空文件.xlsx'), '')
    writeFileSync(join(folder, '花名册.csv'), '姓名,性别,民族,职务\n程一,女,汉族,组长\n程二,男,汉族,组员\n程三,女,汉族,组员\n')
    await choose(page, join(folder, '空文件.xlsx'))
    await page.getByText('文件是空的').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-empty-file')
    await choose(page, join(folder, '花名册.csv'))
    await page.getByText('认不出这是哪种表').waitFor()
    await keepPicture(page, 'import-unknown')
    expect(await countHouseholds(page)).toBe(0)
  })

  it('goes from the file to the register, shows each step, and loses nothing when the page is loaded again', async () => {
    const page = await enter()
    await choose(page, register)
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-columns')
    await next(page, '校验')
    await page.getByText('每一行都有交代').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-check')
    await page.reload()
    await page.getByText('每一行都有交代').waitFor()
    await next(page, '试运行')
    await page.getByRole('table', { name: '总数' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-trial')
    await next(page, '执行')
    await expectSound(page)
    await keepPicture(page, 'import-run')
    await page.getByRole('button', { name: '执行导入' }).click()
    await page.getByRole('dialog').waitFor()
    await expectSound(page)
    await page.getByRole('dialog').getByRole('button', { name: '执行导入' }).click()
    await page.getByText('已写入台账').waitFor()
    await page.getByText('总数平衡').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-result')
    expect(await countHouseholds(page)).toBe(receipt.households)
    await page.getByRole('link', { name: '查看农户' }).click()
    await page.locator('tbody tr[data-row-key]').first().waitFor()
  })

  it('changes nothing when the same file comes again', async () => {
    const page = await enter()
    await choose(page, register)
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await next(page, '校验')
    await next(page, '试运行')
    await page.getByText('文件与台账一致').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-again')
    await next(page, '执行')
    await page.getByRole('button', { name: '放弃这一批' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '放弃这一批' }).click()
    await page.getByRole('heading', { name: '导入', exact: true }).waitFor()
    expect(await countHouseholds(page)).toBe(receipt.households)
  })

  it('shows bad rows by row, column and reason, and what would change field by field', async () => {
    const page = await enter()
    writeFileSync(join(folder, '改过的底册.csv'), changeRegister(new TextDecoder('gb18030').decode(readFileSync(register))))
    await choose(page, join(folder, '改过的底册.csv'))
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await next(page, '校验')
    await page.getByRole('cell', { name: '没有人编号', exact: true }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-check-problems')
    const workbook = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载错误清单' }).click()
    expect((await workbook).suggestedFilename()).toMatch(/\.xlsx$/)
    await page.getByRole('button', { name: '有疑问 1' }).click()
    await page
      .getByRole('cell', { name: /的校验位不对/ })
      .first()
      .waitFor()
    await next(page, '试运行')
    await page.getByRole('button', { name: '看人的改动明细，2 条' }).click()
    await page.locator('.import-after').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-trial-changed')
    await page.getByRole('button', { name: /看人的文件里没有明细/ }).click()
    await page
      .getByRole('button', { name: /^保留：/ })
      .first()
      .click()
    await page.locator('td .bf-tag-green').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-trial-missing')
    await apply(page)
    await keepPicture(page, 'import-result-changed')
  })

  it('refuses to undo what a later import has changed, and says what to do', async () => {
    const page = await enter()
    await openBatch(page, '农户信息.csv')
    await undo(page)
    await page.getByText('后来又被别的导入或纠错改过').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-undo-refused')
    await openBatch(page, '改过的底册.csv')
    await undo(page)
    await page.getByText('已整批撤销').waitFor()
  })

  it('takes several files at once and knows each by its content', async () => {
    const page = await enter()
    const exports = receipt.files.map(({ path }) => path).filter((path) => path.startsWith('national/'))
    await page.goto('/registry/import')
    await page.locator('input[type=file]').setInputFiles(exports.map((path) => join(folder, 'county', path)))
    for (const kind of ['监测对象信息', '乡村建设户信息', '已外出务工信息', '行政村信息'])
      await page.getByRole('cell', { name: kind, exact: true }).waitFor()
    await page.locator('.bf-tag', { hasText: '正在读取' }).first().waitFor({ state: 'detached' })
    await expectSound(page)
    await keepPicture(page, 'import-several')
    await page
      .getByRole('row', { name: /行政村信息/ })
      .getByRole('link')
      .click()
    await runThrough(page)
    // The next file was compared before this one was written, so it is compared again by itself.
    const comparedAgain = page.waitForResponse((response) => response.url().endsWith('/retry') && response.ok())
    await page.getByRole('button', { name: '办理下一个文件：（自定义）监测对象信息.xlsx' }).click()
    await comparedAgain
    await page.getByRole('table', { name: '对应列' }).waitFor()
    await keepPicture(page, 'import-export-columns')
    await next(page, '校验')
    await next(page, '试运行')
    await page.getByRole('table', { name: '总数' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-export-trial')
    await apply(page)
    await undo(page)
    await page.getByText('已整批撤销').waitFor()
  })

  it('reads well in large type or in English', async () => {
    for (const [name, options] of drawn('import', 1, [
      ['large', { density: 'large' }],
      ['en', { language: 'en' }],
    ] as const)) {
      const page = await enter(options)
      await page.goto('/registry/batches')
      await page.locator('tbody tr td a').first().waitFor()
      await expectSound(page)
      await keepPicture(page, `import-batches-${name}`)
      await page
        .locator('tr', { has: page.locator('.bf-tag-green') })
        .locator('a')
        .first()
        .click()
      await page.locator('.bf-stepper').waitFor()
      for (const step of ['columns', 'check', 'trial', 'result']) {
        await page.goto(`${page.url().split('?')[0]}?step=${step}`)
        await page.locator('.bf-stepper').waitFor()
        await page.locator('.bf-skeleton').first().waitFor({ state: 'detached' })
        await expectSound(page)
        await keepPicture(page, `import-${step}-${name}`)
      }
      await page.context().close()
    }
  })

  it('can be undone as a whole, with a reason', async () => {
    const page = await enter()
    await openBatch(page, '农户信息.csv')
    await undo(page)
    await page.getByText('已整批撤销').waitFor()
    await expectSound(page)
    await keepPicture(page, 'import-undone')
    expect(await countHouseholds(page)).toBe(0)
    await page.getByRole('link', { name: '查看农户' }).click()
    await page.locator('.bf-face-title').waitFor()
  })
})

/** Opens the first page as the county data officer. */
async function enter(options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: officer })
  await page.goto('/')
  await page.locator('h1').waitFor()
  return page
}

async function choose(page: Page, file: string): Promise<void> {
  if (!page.url().endsWith('/registry/import')) await page.goto('/registry/import')
  await page.locator('input[type=file]').setInputFiles(file)
}

async function next(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: `下一步：${step}` }).click()
}

/** The households that the register holds, as the server's totals count them for this caller. */
async function countHouseholds(page: Page): Promise<number> {
  const answer = await page.request.get('/api/registry/totals')
  // Safe: the route answers Totals.
  const totals = (await answer.json()) as { sum: { households: number } }
  return totals.sum.households
}

/** From the columns to the result. */
async function runThrough(page: Page): Promise<void> {
  await page.getByRole('table', { name: '对应列' }).waitFor()
  await next(page, '校验')
  await next(page, '试运行')
  await apply(page)
}

/** From the trial run to the result. */
async function apply(page: Page): Promise<void> {
  await next(page, '执行')
  await page.getByRole('button', { name: '执行导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '执行导入' }).click()
  await page.getByText('已写入台账').waitFor()
}

/** Opens the last applied batch of a file from the list of batches. */
async function openBatch(page: Page, fileName: string): Promise<void> {
  await page.goto('/registry/batches')
  const row = page.locator('tr', { has: page.getByText('已导入') }).filter({ hasText: fileName })
  await row.locator('a').first().click()
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: '撤销这一批' }).click()
  await page.getByLabel('撤销理由（会记入审计）').fill('测试撤销整批')
  await expectSound(page)
  await keepPicture(page, 'import-undo')
  await page.getByRole('dialog').getByRole('button', { name: '撤销这一批' }).click()
}

/** The register with one telephone changed, one wrong check character, one row without its number and the last person left out. */
function changeRegister(text: string): string {
  const [head = '', ...rows] = text.trim().split('\r\n')
  const columns = head.split(',')
  const cells = rows.slice(0, -1).map((row) => row.split(','))
  const put = (row: number, label: string, make: (cell: string) => string) => {
    const at = columns.indexOf(label)
    const line = cells[row]
    if (line !== undefined) line[at] = make(line[at] ?? '')
  }
  put(0, '本人电话', () => '15400000099')
  put(1, '身份证号', (number) => number.slice(0, 17) + (number.endsWith('1') ? '2' : '1'))
  put(4, '人编号', () => '')
  return `\ufeff${[columns, ...cells].map((line) => line.join(',')).join('\n')}\n`
}

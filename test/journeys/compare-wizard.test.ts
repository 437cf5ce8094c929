import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { givenLead, givenRun } from '../../src/modules/screening/server/given.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { drawn } from '../chance.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const routes = [
    ...identity.routes,
    ...makeRegistryPlug(parts).routes,
    ...makeScreeningPlug(parts).routes,
    ...makeQualityPlug(parts).routes,
  ]
  return { routes, gatekeeper: identity.gatekeeper }
})

let county: GivenCounty
let people: { county: GivenUser; township: GivenUser; village: GivenUser; supervisor: GivenUser }
const homes: GivenHousehold[] = []
/** A number of the register whose check character is wrong, and the right one that a department has. */
const spoilt = '990301197001010008'
const right = `${spoilt.slice(0, 17)}${checkCharacterOf(spoilt.slice(0, 17)) ?? ''}`
/** Address of the results of the first comparison. */
let resultsOf = ''
const month = '202310'
const nextMonth = '202311'

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const user = (role: 'county-data-officer' | 'township-officer' | 'village-cadre' | 'supervisor', areaPath: string, name: string) =>
    givenUser(world.database, { role, areaPath, name })
  people = {
    county: await user('county-data-officer', county.countyPath, '林县办'),
    township: await user('township-officer', county.townships[0]?.path ?? '', '林乡办'),
    village: await user('village-cadre', county.villages[0]?.path ?? '', '林村办'),
    supervisor: await user('supervisor', county.townships[0]?.path ?? '', '林督查'),
  }
  const ctx = world.as(people.county.scope, people.county.caller)
  const village = county.villages[0]
  const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组', type: '脱贫户' }
  const members = [[{ name: '龚满堂' }], [{ name: '傅桂香' }], [{ name: '傅桂香' }], [{ name: '雷正兴', idNumber: spoilt }]]
  for (const one of members) homes.push(await givenHousehold(ctx, world.vault, { ...place, members: one }))
  mkdirSync(join(world.directory, 'files'), { recursive: true })
  const villageName = village?.name ?? ''
  const medical = (yuan: number) => [
    '姓名,证件号码,村,本年累计总费用,本年累计个人自付',
    `龚满堂,${homes[0]?.persons[0]?.idNumber},${villageName},90000,${yuan}`,
    `傅桂香,,${villageName},30000,9000`,
    `雷正兴,${right},${villageName},3000,900`,
    '外县人,990309198001010017,外镇,90000,80000',
  ]
  writeList('医保自付.csv', medical(23_000))
  writeList('医保自付下月.csv', medical(23_500))
  const leaving = await givenHousehold(ctx, world.vault, { ...place, members: [{ name: '马德山' }, { name: '马秋月', relation: '配偶' }] })
  writeList('公安户籍变动.csv', ['姓名,身份证号,变动类型,变动日期', `马秋月,${leaving.persons[1]?.idNumber},户口迁出,2023-09-08`])
  const stranger = (at: number) => `路人${'甲乙丙'[at]},99030919800101${String(at).padStart(4, '0')},2023-01-05,失业`
  const own = `龚满堂,${homes[0]?.persons[0]?.idNumber},2023-01-05,失业`
  writeList('就业台账.csv', ['当事人,号码,离岗于,情形', own, stranger(0), stranger(1), stranger(2)])
})

describe('the compare wizard at full strength', () => {
  it('maps a file by hand that it does not recognise, and remembers it', async () => {
    const page = await enter(people.county, '/screening/compare')
    await fillTerms(page, month)
    await expectSound(page)
    await keepPicture(page, 'wizard-terms')
    await choose(page, ['医保自付.csv', '就业台账.csv'])
    await page.getByText('有 1 个文件不像十二类部门清单').waitFor()
    await page.getByLabel('这是哪种清单 就业台账.csv').click()
    await page.getByTitle(/失业/).click()
    await page.getByLabel('姓名', { exact: true }).waitFor()
    await page.getByText('990***').first().waitFor()
    await chooseColumn(page, '姓名', '当事人')
    await chooseColumn(page, '失业（返乡）日期', '离岗于')
    await chooseColumn(page, '当前状态', '情形')
    await expectSound(page)
    await keepPicture(page, 'wizard-mapping')
    await page.getByRole('button', { name: '保存对应关系' }).click()
    await page.getByText('已保存，下个月会记住').waitFor()
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByRole('heading', { name: '回执' }).waitFor()
    resultsOf = page.url()
    expect(await page.getByRole('link', { name: /有线索的农户/ }).textContent()).toMatch(/^1/)
    await expectSound(page)
    await keepPicture(page, 'wizard-results')
  })

  it('proposes a correction of the register by one click, never silently', async () => {
    const page = await results()
    await page.getByText(`第 18 位：底册 8，清单 ${right.slice(-1)}`).waitFor()
    await page.getByRole('button', { name: '提出纠错：雷正兴' }).click()
    await page.getByText('已提出纠错，待确认').waitFor()
    await page.getByRole('link', { name: '到信息纠错确认' }).click()
    await page.getByText('医保清单“医保自付.csv”第 4 行').waitFor()
    await expectSound(page)
  })

  it('raises the lead of an ambiguous row as soon as a person has said whom it means', async () => {
    const page = await results()
    await page
      .getByRole('button', { name: /是这个人：傅桂香/ })
      .first()
      .click()
    await page.getByText('已对上 1 行').waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-decided')
    await page.getByRole('link', { name: '已产生或并入线索' }).click()
    await page.getByText('本年累计个人自付医疗费 9000.00 元').waitFor()
    await expectSound(page)
  })

  it('answers on a phone that a reason is untrue', async () => {
    const township = await enter(people.township, '/screening/leads?view=new')
    await township.getByRole('button', { name: '全部待分办的都发给村' }).click()
    await township.getByRole('button', { name: '发出 2 条' }).click()
    await township.getByText('这里没有线索了').waitFor()
    const page = await enter(people.village, '/screening/leads', { width: 360, height: 740 })
    await page.getByRole('link', { name: '龚满堂' }).click()
    await page.getByText('本年累计个人自付医疗费').waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-answer-phone')
    await page.getByLabel('不属实', { exact: true }).check()
    await page.getByLabel(/^说明/).fill('已见到本人，费用已报销')
    await page.getByRole('button', { name: '提交，看下一条' }).click()
    await page.getByRole('heading', { name: '傅桂香' }).waitFor()
  })

  it('lets what was dismissed rest next month, and says who dismissed it and why', async () => {
    const page = await enter(people.county, '/screening/compare')
    await fillTerms(page, nextMonth)
    await choose(page, ['医保自付下月.csv', '就业台账.csv'])
    await page.getByText('按上次确认的格式').waitFor()
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByRole('heading', { name: '回执' }).waitFor()
    const row = page.getByRole('row', { name: /龚满堂.*大额自付医疗费.*23000\.00.*23500\.00.*林村办.*费用已报销/ })
    await row.waitFor()
    await expectSound(page)
    await row.scrollIntoViewIfNeeded()
    await keepPicture(page, 'wizard-rested')
  })

  it('reports by one click who has moved away, and compares the kept file again', async () => {
    const page = await enter(people.county, '/screening/compare')
    await fillTerms(page, '202309')
    await page.getByLabel('比对后原文件保留').click()
    await page.getByTitle('1 天，到时自动销毁').click()
    await choose(page, ['公安户籍变动.csv'])
    await page.getByText('列已对应').first().waitFor()
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByText('清单写“户口迁出”，日期 2023-09-08').waitFor()
    await page.getByRole('button', { name: '报迁出：马秋月' }).click()
    await page.getByText('已上报家庭变更，待确认').waitFor()
    await expectSound(page)
    await keepPicture(page, 'wizard-leaving')
    const first = page.url()
    const again = page.getByRole('button', { name: '用原文件再比对一次' })
    await again.scrollIntoViewIfNeeded()
    await keepPicture(page, 'wizard-again')
    await again.click()
    await page.waitForURL((url) => url.href !== first)
    await page.getByText('以前的比对已经提出过').waitFor()
    await expectSound(page)
    await page.goto(first)
    await page.getByText('已有更新的一次比对').waitFor()
    expect(await again.isDisabled()).toBe(true)
    await expectSound(page)
  })

  it('is read in English, in large type and on a phone in its later steps', async () => {
    for (const [name, options] of drawn('compare', 1, [
      ['en', { language: 'en' }],
      ['large', { density: 'large' }],
      ['phone', { width: 360, height: 740 }],
    ] as const)) {
      const page = await enter(people.county, '/screening/compare', options)
      await page.locator(`a[href*="/screening/compare/"]`).first().waitFor()
      await expectSound(page)
      await keepPicture(page, `compare-begin-${name}`)
      await fillTerms(page, '202308', texts[name === 'en' ? 'en' : 'zh'])
      await choose(page, ['医保自付.csv', '就业台账.csv'])
      await page.getByRole('button', { name: name === 'en' ? 'Compare' : '开始比对', exact: true }).waitFor()
      await page.getByText('就业台账.csv').first().waitFor()
      await expectSound(page)
      await keepPicture(page, `compare-staged-${name}`)
      await page.goto(resultsOf)
      await page.getByRole('heading', { name: name === 'en' ? 'Receipts' : '回执' }).waitFor()
      await expectSound(page)
      await keepWhole(page, `compare-results-${name}`)
    }
  })

  it('shows a supervisor of a township only what lies there', async () => {
    const page = await enter(people.supervisor, '/screening/compare')
    await page.getByRole('link', { name: '2023年11月' }).first().click()
    await page.getByText('以下只统计您所在区域内的行和农户').waitFor()
    expect(await page.getByRole('heading', { name: '回执' }).count()).toBe(0)
    await expectSound(page)
  })
})

it('recommends a limit from the answered leads, and applies it as a dated version', async () => {
  const { world } = browser
  const ctx = world.as(people.county.scope, people.county.caller)
  const runId = await givenRun(ctx, '202308')
  const village = county.villages[0]
  for (let at = 0; at < 24; at += 1) {
    const areaPath = `${county.villages[at % 2]?.path ?? ''}01.`
    const home = await givenHousehold(ctx, world.vault, { areaPath, village: village?.name ?? '', members: [{ name: '柳青山' }] })
    const measure = 5_000 + at * 400
    const answer = measure >= 9_000 ? 'confirmed' : 'dismissed'
    const reasons = [{ rule: 'L01', list: 'medical', value: measure.toFixed(2), measure, band: 'concern', answer }] as const
    await givenLead(ctx, { runId, month: '202308', householdId: home.householdId, areaPath, reasons })
  }
  const page = await enter(people.county, '/screening/precision')
  await page.getByText(/建议提高到 9,000 元/).waitFor()
  await expectSound(page)
  await page.getByRole('heading', { name: '阈值建议' }).evaluate((heading) => heading.scrollIntoView())
  await keepPicture(page, 'wizard-limits')
  await page.getByRole('button', { name: /采用这个阈值：L01/ }).click()
  await page.getByLabel('依据或理由').fill('按三个月走访结果')
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await page.getByText('按三个月走访结果').waitFor()
  await expectSound(page)
  const english = await enter(people.county, '/screening/precision', { language: 'en' })
  await english.getByRole('heading', { name: 'Advised limits' }).waitFor()
  await expectSound(english)
})

it('notes authorisations by hand and from a sheet, and says which lists demand one', async () => {
  const day = '2023-12-01'
  const rows = [
    `${homes[0]?.householdNo},,${day},授2023-1,银行`,
    `,${homes[1]?.persons[0]?.idNumber},${day},授2023-2,`,
    `9999,,${day},授3,`,
  ]
  writeList('授权书.csv', ['户编号,身份证号,授权日期,授权书编号,授权范围', ...rows])
  const page = await enter(people.county, '/screening/authorisations')
  await page.getByRole('button', { name: '更改：银行' }).click()
  await page.getByLabel('依据或理由').fill('金融信息须本人授权')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByText('金融信息须本人授权').waitFor()
  await page.locator('input[type=file]').setInputFiles(join(browser.world.directory, '授权书.csv'))
  await page.getByText('新登记 2 份，原有 0 份，没有接收 1 行').waitFor()
  await expectSound(page)
  await keepPicture(page, 'authorisations')
  await page.goto(`/registry/households/${homes[2]?.householdId ?? ''}`)
  await page.getByRole('button', { name: '登记授权书' }).click()
  await page.getByLabel('编号或存放处').fill('授2023-9')
  await expectSound(page)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('cell', { name: '授2023-9 林县办' }).waitFor()
  await expectSound(page)
  await keepPicture(page, 'authorisation-household')
})

const texts = {
  zh: { month: '清单是哪个月的', sender: '报送单位', purpose: '用途', basis: '依据', item: '共享事项', until: '共享有效期至' },
  en: {
    month: 'Month of the lists',
    sender: 'Sender',
    purpose: 'Purpose',
    basis: 'Legal basis',
    item: 'Sharing item',
    until: 'The sharing holds until',
  },
}

async function fillTerms(page: Page, of: string, labels = texts.zh): Promise<void> {
  await page.getByLabel(labels.month).fill(of)
  await page.getByLabel(labels.sender).fill('县直部门')
  await page.getByLabel(labels.purpose).fill('防止返贫动态监测')
  await page.getByLabel(labels.basis).fill('数据共享协议')
  await page.getByLabel(labels.item).fill('医保、就业月度清单')
  await page.getByLabel(labels.until).fill('2099-12-31')
}

/** Keeps a picture of the page from its top to its end. */
async function keepWhole(page: Page, name: string): Promise<void> {
  const folder = process.env['BANGFU_SCREENSHOTS']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

async function choose(page: Page, names: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(names.map((name) => join(browser.world.directory, name)))
}

/** Chooses the column of a field, unless the mapper has proposed it already. */
async function chooseColumn(page: Page, field: string, label: string): Promise<void> {
  const control = page.getByLabel(field, { exact: true })
  if (await page.getByRole('row', { name: new RegExp(`^${field.replace(/[（）]/g, '.')}.*${label}`) }).count()) return
  await control.click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(label, { exact: true }).click()
}

/** The results of the first comparison. */
async function results(): Promise<Page> {
  const page = await enter(people.county, '/screening/compare')
  await page.getByRole('link', { name: '2023年10月' }).first().click()
  await page.getByRole('heading', { name: '回执' }).waitFor()
  return page
}

function writeList(name: string, lines: readonly string[]): void {
  writeFileSync(join(browser.world.directory, name), `\ufeff${lines.join('\r\n')}\r\n`)
}

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

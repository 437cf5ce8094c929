import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
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
let people: { county: GivenUser; township: GivenUser; village: GivenUser }
/** Two households of a village with a cadre, one of a village without. */
const homes: GivenHousehold[] = []
const heads = ['龚满堂', '傅桂香', '雷正兴']
const month = '202310'

beforeAll(async () => {
  const { world } = browser
  county = await givenCounty(world.database)
  const user = (role: 'county-data-officer' | 'township-officer' | 'village-cadre', areaPath: string, name: string) =>
    givenUser(world.database, { role, areaPath, name })
  people = {
    county: await user('county-data-officer', county.countyPath, '林县办'),
    township: await user('township-officer', county.townships[0]?.path ?? '', '林乡办'),
    village: await user('village-cadre', county.villages[0]?.path ?? '', '林村办'),
  }
  const ctx = world.as(people.county.scope, people.county.caller)
  for (const [index, name] of heads.entries()) {
    const village = county.villages[index === 2 ? 1 : 0]
    const members = [{ name }, { name: `${name.slice(0, 1)}小禾`, relation: '之女' }]
    homes.push(
      await givenHousehold(ctx, world.vault, {
        areaPath: `${village?.path ?? ''}01.`,
        village: village?.name ?? '',
        group: '1组',
        type: '脱贫户',
        members,
      }),
    )
  }
  mkdirSync(join(world.directory, 'files'), { recursive: true })
  const rows = homes.map((home, index) => `${heads[index]},${home.persons[0]?.idNumber},菱塘镇,${1000 * (index + 8)}.50,${9000 + index}.00`)
  writeList('医保自付.csv', ['姓名,证件号码,乡镇,本年累计总费用,本年累计个人自付', ...rows, '外县人,990309198001010017,外镇,90000,80000'])
  writeList('学生就读.csv', [
    '学生姓名,身份证号码,就读学校,就读状态',
    `${homes[0]?.persons[1]?.name},${homes[0]?.persons[1]?.idNumber},菱塘中学,辍学`,
  ])
  writeList('食堂菜单.csv', ['日期,菜名,价格', '周一,豆腐,8', '周二,青菜,6', '周三,鸡蛋,5'])
})

describe('from the lists of the departments to the closed lead', () => {
  it('takes the lists, says of a stranger what is wrong, and shows why rows did not match', async () => {
    const page = await enter(people.county, '/screening/compare')
    await expectSound(page)
    await page.getByLabel('清单是哪个月的').fill(month)
    await page.getByLabel('报送单位').fill('县直部门')
    await page.getByLabel('用途').fill('防止返贫动态监测')
    await page.getByLabel('依据').fill('数据共享协议')
    await page.getByLabel('共享事项').fill('医保、教育月度清单')
    await page.getByLabel('共享有效期至').fill('2099-12-31')
    await page
      .locator('input[type=file]')
      .setInputFiles(['医保自付.csv', '学生就读.csv', '食堂菜单.csv'].map((name) => join(browser.world.directory, name)))
    await page.getByText('不像十二类部门清单').waitFor()
    await expectSound(page)
    await keepPicture(page, 'compare-refused')
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByText('还没有指定是哪类清单').waitFor()
    await page.getByRole('button', { name: '不要这个文件：食堂菜单.csv' }).click()
    await page.getByRole('cell', { name: '食堂菜单.csv', exact: true }).waitFor({ state: 'detached' })
    expect(await page.getByText('还没有指定是哪类清单').count()).toBe(0)
    await page.getByRole('button', { name: '核对列：医保自付.csv' }).click()
    await page.getByLabel('本年累计个人自付', { exact: true }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'compare-staged')
    await page.getByRole('button', { name: '开始比对' }).click()
    await page.getByRole('heading', { name: '回执' }).waitFor() // the comparison runs in a process of its own
    await page.getByText('底册里没有这个人').waitFor()
    expect(await page.getByRole('link', { name: /有线索的农户/ }).textContent()).toMatch(/^3/)
    await expectSound(page)
    await keepPicture(page, 'compare-results')
  })

  it('sends all that is new, and says beforehand where nobody has an account', async () => {
    const page = await enter(people.township, '/')
    await page.getByRole('link', { name: '3 条新线索' }).click()
    await page.getByRole('button', { name: '全部待分办的都发给村' }).click()
    await page.getByText('村里没有可用账号，由乡镇核实').waitFor()
    await expectSound(page)
    await keepPicture(page, 'leads-send')
    await page.getByRole('button', { name: '发出 3 条' }).click()
    await page.getByText('这里没有线索了').waitFor()
    await expectSound(page)
  })

  it('answers on a phone, and the next one opens by itself', async () => {
    const page = await enter(people.village, '/screening/leads', { width: 360, height: 740 })
    await page.getByRole('link', { name: heads[0] ?? '' }).click()
    await page.getByText('就读状态为“辍学”').waitFor()
    await expectSound(page)
    await keepPicture(page, 'lead-phone')
    await answer(page, '属实')
    await page.getByRole('heading', { name: heads[1] ?? '' }).waitFor()
    await answer(page, '不属实')
    await page.getByText('等您办的线索已经办完').waitFor()
    expect(await page.getByRole('link', { name: heads[2] ?? '' }).count()).toBe(0)
    await expectSound(page)
  })

  it('is worked by keyboard alone: J, Enter, answer, Ctrl+Enter', async () => {
    const page = await enter(people.township, '/screening/leads?view=sent')
    await page.getByRole('link', { name: heads[2] ?? '' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: heads[2] ?? '' }).waitFor()
    await page.getByLabel('需其他帮助', { exact: true }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel(/^说明/).focus()
    await page.keyboard.type('情况不属实，但缺劳力')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: heads[2] ?? '' }).waitFor({ state: 'detached' })
    await keepPicture(page, 'leads-inbox')
  })

  it('closes what was answered, and precision leads to its leads', async () => {
    const page = await enter(people.township, '/screening/leads?view=answered')
    await page.getByLabel('选中本页全部').check()
    await page.getByRole('button', { name: '办结', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '办结', exact: true }).click()
    await page.getByText('已办结 3 条').waitFor()
    await expectSound(page)
    await page.goto('/screening/precision')
    await page.getByRole('row', { name: /L01/ }).getByRole('cell', { name: '66.7%' }).first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'leads-precision')
    const row = page.getByRole('row', { name: /L01/ })
    await row.getByRole('link', { name: '1', exact: true }).first().click()
    await page.getByRole('link', { name: heads[0] ?? '' }).waitFor()
  })
})

it('prints the visit list of a village, also in large type and in English', async () => {
  const { world } = browser
  const ctx = world.as(people.county.scope, people.county.caller)
  const [home] = homes
  await givenLead(ctx, {
    runId: await givenRun(ctx, '202311'),
    month: '202311',
    householdId: home?.householdId ?? '',
    areaPath: `${county.villages[0]?.path ?? ''}01.`,
  })
  for (const options of drawn('visit list', 1, [{}, { density: 'large' }, { language: 'en' }] as const)) {
    const page = await enter(people.village, '/screening/visit-lists', options)
    await page.getByRole('link', { name: 'language' in options ? 'Open the list' : '打开清单' }).click()
    await page
      .getByText(heads[0] ?? '')
      .first()
      .waitFor()
    await expectSound(page)
    await keepPicture(page, `visit-list-${JSON.stringify(options).replaceAll(/\W/g, '')}`)
    await page.context().close()
  }
})

function writeList(name: string, lines: readonly string[]): void {
  writeFileSync(join(browser.world.directory, name), `\ufeff${lines.join('\r\n')}\r\n`)
}

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

async function answer(page: Page, word: string): Promise<void> {
  await page.getByLabel(word, { exact: true }).check()
  await page
    .getByRole('button', { name: /^已入户/ })
    .first()
    .click()
  await page.getByRole('button', { name: '提交，看下一条' }).click()
}

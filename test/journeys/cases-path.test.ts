import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import type { GivenCounty, GivenUser } from '../../src/modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { expectSound, keepPicture } from './browser.ts'
import { openCasesWorld } from './cases-world.ts'

// The whole way of one household: a hospital bill, a case, help, and after seven months the elimination (issue 5).
const { browser, open, setDay, ...given } = openCasesWorld()
let county: GivenCounty
let people: Record<'village' | 'township' | 'reviewer' | 'county' | 'leader', GivenUser>
let home: GivenHousehold
const head = '龚满堂'

beforeAll(async () => {
  const { world } = browser
  county = await given.givenCounty()
  const [village] = county.villages
  const township = county.townships[0]?.path ?? ''
  people = {
    village: await given.givenUser('village-cadre', village?.path ?? '', '林村办'),
    township: await given.givenUser('township-officer', township, '林乡办'),
    reviewer: await given.givenUser('township-officer', township, '石审核'),
    county: await given.givenUser('county-data-officer', county.countyPath, '林县办'),
    leader: await given.givenUser('county-leader', county.countyPath, '方审定'),
  }
  const ctx = world.as(people.township.scope, people.township.caller)
  home = await givenHousehold(ctx, world.vault, {
    areaPath: `${village?.path ?? ''}01.`,
    village: village?.name ?? '',
    group: '1组',
    type: '脱贫户',
    members: [{ name: head }, { name: '龚小禾', relation: '之女' }],
  })
})

describe('from a hospital bill to the elimination', () => {
  it('a bill that is too high becomes a lead, and the confirmed lead a case', async () => {
    const list = join(browser.world.directory, '医保自付.csv')
    const row = `${head},${home.persons[0]?.idNumber},菱塘镇,98000.50,42000.00`
    writeFileSync(list, `\ufeff姓名,证件号码,乡镇,本年累计总费用,本年累计个人自付\r\n${row}\r\n`)
    const office = await open(people.county, '/screening/compare')
    await office.getByLabel('清单是哪个月的').fill('202311')
    await office.getByLabel('报送单位').fill('县医保局')
    await office.getByLabel('用途').fill('防止返贫动态监测')
    await office.getByLabel('依据').fill('数据共享协议')
    await office.getByLabel('共享事项').fill('医保月度清单')
    await office.getByLabel('共享有效期至').fill('2099-12-31')
    await office.locator('input[type=file]').setInputFiles([list])
    await office.getByRole('button', { name: '开始比对' }).click()
    await office.getByRole('heading', { name: '回执' }).waitFor()
    const township = await open(people.township, '/')
    await township.getByRole('link', { name: '1 条新线索' }).click()
    await township.getByRole('button', { name: '全部待分办的都发给村' }).click()
    await township.getByRole('button', { name: '发出 1 条' }).click()
    await township.getByText('这里没有线索了').waitFor()
    const village = await open(people.village, '/screening/leads')
    await village.getByRole('link', { name: head }).click()
    await village.getByLabel('属实', { exact: true }).check()
    await village
      .getByRole('button', { name: /^已入户/ })
      .first()
      .click()
    await village.getByRole('button', { name: '提交，看下一条' }).click()
    await village.getByText('等您办的线索已经办完').waitFor()
    await untilListed(people.township)
  })

  it('is assessed by the township and visited by two of the village', async () => {
    setDay('2023-12-19')
    const township = await openCase(people.township)
    await township.getByText('比对线索').waitFor()
    await township.getByRole('button', { name: '情况初步属实，转入户核查' }).click()
    await pass(township, '入户核查')
    setDay('2023-12-21')
    const village = await openCase(people.village)
    await expectSound(village)
    await keepPicture(village, 'path-visit')
    await visit(village, { visitors: '林村办、周队员', finding: '有新情况' })
    await pass(village, '承诺授权')
  })
})

/** Waits until the case of the confirmed lead, which a job opens, is among those of an office. */
async function untilListed(user: GivenUser): Promise<void> {
  const page = await open(user, '/cases/files')
  while ((await page.getByRole('link', { name: head }).count()) === 0) {
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: '等我办' }).waitFor()
    await page.waitForLoadState('networkidle')
  }
}

/** Opens the household's case from the list of what an office must do. */
async function openCase(user: GivenUser): Promise<Page> {
  const page = await open(user, '/cases/files')
  await page.getByRole('link', { name: head }).click()
  await page.getByRole('heading', { name: '下一步' }).waitFor()
  return page
}

/** Passes the case on; it stays open while it stays with this office, which else has nothing left. */
async function pass(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: `通过，转${to}` }).click()
  await page.getByText(`已办理：通过，转${to}`).or(page.getByText('等您办的个案都办完了')).waitFor()
}

async function visit(page: Page, given: { visitors: string; finding: string }): Promise<void> {
  await page.getByRole('button', { name: '记走访' }).click()
  await page.getByLabel(/^走访人/).fill(given.visitors)
  await page.getByLabel(given.finding, { exact: true }).check()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText(given.visitors).first().waitFor()
}

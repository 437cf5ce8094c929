import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, it, vi } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import type { GivenCounty, GivenUser } from '../../src/modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { givenPublished } from '../../src/modules/policies/server/given.ts'
import { expectSound, keepPicture } from './browser.ts'
import { draftNotice, filePaper, holdMeeting, postNotice, releaseNotice, writeIncome } from './cases-parts.ts'
import { openCasesWorld } from './cases-world.ts'

// The whole way of one household: a hospital bill, a case, help, and after seven months the elimination (issue 5). A minute: `npm run test:full -- cases-path`.
const isAsked = process.env['CASES'] === 'full'
const { browser, open, setDay, ...given } = openCasesWorld({ logsInOnScreen: true })
let county: GivenCounty
let people: Record<'village' | 'township' | 'reviewer' | 'county' | 'leader', GivenUser>
let home: GivenHousehold
const head = '龚满堂'
const waiting = { timeout: 30_000, interval: 50 }
const insured = { residentMedicalInsurance: true }
const incomeLine = {
  name: '监测范围收入线',
  en: 'Income line of monitoring',
  unit: '元/人·年',
  decimals: 2,
  value: 7500,
  latitude: 'free',
  note: '测试',
}

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
    facts: { dangerousHouse: false, safeWater: true, waterDifficult: false },
    members: [
      { name: head, bornOn: '1975-03-01', labourSkill: '普通劳动力', facts: insured },
      { name: '龚小禾', relation: '之女', bornOn: '1999-06-01', labourSkill: '普通劳动力', facts: insured },
    ],
  })
  const content = JSON.stringify({ values: [incomeLine] })
  await givenPublished(world.as(grantSystem('990301', 'test')), { key: 'cases.income-line', effectiveFrom: '2023-01-01', content })
})

describe.runIf(isAsked)('from a hospital bill to the elimination', () => {
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
    await countIncome(village, { purpose: 'identification', from: '202212', to: '202311', yuan: 14_000 })
    await filePaper(village, { name: '信息采集表', says: [head] })
    await pass(village, '承诺授权')
  })

  it('is stated, checked, appraised and made public', async () => {
    await authorise(await open(people.village, `/registry/households/${home.householdId}`))
    const village = await openCase(people.village)
    await filePaper(village, { name: '申请及承诺授权书', says: [head] })
    await pass(village, '信息比对')
    setDay('2023-12-25')
    const office = await openCase(people.county)
    await office.getByRole('button', { name: '登记结果' }).click()
    await office.getByLabel(/^发出日期/).fill('2023-12-22')
    await office.getByRole('button', { name: /^登记 \d+ 项/ }).click()
    await office.getByText('各部门都有结果').waitFor()
    await pass(office, '民主评议')
    setDay('2023-12-26')
    const meeting = await openCase(people.village)
    await holdMeeting(meeting, { head, isFirst: true })
    await pass(await openCase(people.village), '村内公示')
    await publish('因病')
    setDay('2024-01-03')
    await pass(await openCase(people.village), '乡镇审核')
  })

  it('is reviewed by the township and decided by another one of the county, then entered', async () => {
    const township = await openCase(people.reviewer)
    await filePaper(township, { name: '审核表', says: [head] })
    await township.getByRole('button', { name: '材料齐全，程序到位，同意' }).click()
    await pass(township, '县级审定')
    setDay('2024-01-04')
    const desk = await openCase(people.county)
    await filePaper(desk, { name: '审定表', says: [head] })
    const leader = await openCase(people.leader)
    await choose(leader, '监测对象类别', '突发严重困难户')
    await leader.getByRole('button', { name: '因病', exact: true }).click()
    await leader.getByRole('button', { name: '同意纳入监测' }).click()
    await expectSound(leader)
    await keepPicture(leader, 'path-decision')
    await pass(leader, '录入国家系统')
    const office = await openCase(people.county)
    await office.getByLabel(/^国家系统编号/).fill('QG-2024-000017')
    await pass(office, '落实帮扶')
  })

  it('is helped and visited, and after seven months goes through the elimination to the follow-up', async () => {
    setDay('2024-01-08')
    const village = await openCase(people.village)
    await village.getByRole('button', { name: '加措施' }).click()
    await choose(village, '措施类别', '健康帮扶')
    await village.getByLabel(/^做什么/).fill('慢病签约服务，门诊费用按规定报销')
    await expectSound(village)
    await keepPicture(village, 'path-measure')
    await village.getByRole('button', { name: '保存', exact: true }).click()
    await village.getByText('慢病签约服务').first().waitFor()
    await pass(village, '跟踪监测')
    setDay('2024-08-05')
    const later = await openCase(people.village)
    await keepPicture(later, 'path-tracking')
    await countIncome(later, { purpose: 'elimination', from: '202308', to: '202407', yuan: 36_000 })
    await later.getByRole('button', { name: '提请消除' }).click()
    await later.getByText('已办理：提请消除').waitFor()
    await visit(later, { visitors: '林村办、周队员', finding: '有好转' })
    await filePaper(later, { name: '信息采集表', says: [head] })
    await pass(later, '消除评议')
    await holdMeeting(later, { head, isFirst: false })
    await pass(await openCase(people.village), '消除公示')
    await publish()
    setDay('2024-08-15')
    await pass(await openCase(people.village), '消除审核')
    const township = await openCase(people.reviewer)
    await filePaper(township, { name: '风险消除表', says: [head] })
    await township.getByRole('button', { name: '风险已稳定消除，同意标注' }).click()
    await pass(township, '消除审定')
    const leader = await openCase(people.leader)
    await leader.getByLabel('帮扶消除', { exact: true }).check()
    await leader.getByRole('button', { name: '风险已稳定消除，同意标注' }).click()
    await expectSound(leader)
    await keepPicture(leader, 'path-exit-decision')
    await pass(leader, '消除标注')
    await pass(await openCase(people.county), '后续跟踪')
    const last = await open(people.village, `/registry/households/${home.householdId}`)
    await last.getByText('后续跟踪').first().waitFor()
    await expectSound(last)
    await keepPicture(last, 'path-household')
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
  const button = page.getByRole('button', { name: `通过，转${to}` })
  await vi.waitFor(async () => {
    if (!(await button.isEnabled())) throw new Error((await page.locator('.case-missing li').allTextContents()).join('; '))
  }, waiting)
  await button.click()
  await page.getByText(`已办理：通过，转${to}`).or(page.getByText('等您办的个案都办完了')).waitFor()
}

async function visit(page: Page, given: { visitors: string; finding: string }): Promise<void> {
  await page.getByRole('button', { name: '记走访' }).click()
  await page.getByLabel(/^走访人/).fill(given.visitors)
  await page.getByLabel(given.finding, { exact: true }).check()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText(given.visitors).first().waitFor()
}

/** The notice of the case: drafted by the village, released by the township, posted and photographed. */
async function publish(risk?: string): Promise<void> {
  const address = await draftNotice(await openCase(people.village), { head, ...(risk === undefined ? {} : { risk }) })
  await releaseNotice(await open(people.township, address))
  await postNotice(await open(people.village, address), { address, head })
}

/** The household's authorisation, noted on its page. */
async function authorise(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记授权书' }).click()
  await page.getByLabel(/^编号或存放处/).fill('2023-柳湾-01')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('2023-柳湾-01').waitFor()
}

/** Wages of some months, typed into the income sheet, and the number computed from it. */
async function countIncome(
  page: Page,
  given: { purpose: 'identification' | 'elimination'; from: string; to: string; yuan: number },
): Promise<void> {
  const { purpose, from, to, yuan } = given
  await writeIncome(page, { item: '务工收入', member: head, from, to, amount: String(yuan), source: '工资单', note: purpose })
  if (purpose === 'elimination') await page.getByRole('button', { name: '风险消除', exact: true }).click()
  await page.getByRole('button', { name: '计算并保存' }).click()
  await page.getByText('已保存：人均纯收入').waitFor()
}

/** Chooses an option of a select by the label of its field. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(new RegExp(`^${label}`)).click()
  await page.getByTitle(option, { exact: true }).click()
}

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GivenUser } from '../../src/modules/identity/server/given.ts'
import type { VersionCard } from '../../src/modules/policies/contract.ts'
import { expectSound, keepPicture } from './browser.ts'
import { cellAt as at, openPoliciesWorld, stateTag as tag } from './policies-world.ts'

const world = openPoliciesWorld()
let people: Awaited<ReturnType<typeof world.people>>
const layer = 'cases.layer'

beforeAll(async () => {
  people = await world.people()
}, 240_000)

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('Control+v')
}
const versionsOf = async (user: GivenUser) => (await world.ask<{ items: VersionCard[] }>(user, `/policies/${layer}/versions`)).items
const openOf = async (user: GivenUser, state: VersionCard['state']): Promise<string> => {
  const found = (await versionsOf(user)).find((one) => one.state === state && !one.isShipped)
  if (found === undefined) throw new Error(`no version is ${state}`)
  return `/policies/${layer}?version=${found.versionId}&tab=publish`
}

/** The page of a household whose layer the change touches. */
let touched = ''

describe('a table is changed by one officer and published by another', () => {
  it('is drafted, takes rows from Excel, and says in words which case has no row', async () => {
    const page = await world.enter(people.writer, `/policies/${layer}`)
    await page.getByRole('button', { name: '起草修改' }).click()
    await page.getByRole('dialog').getByLabel('生效日').fill('2023-01-01')
    await expectSound(page)
    await keepPicture(page, 'policies-begin')
    await page.getByRole('button', { name: '开始起草' }).click()
    await tag(page, '草稿').waitFor()
    await at(page, 1, 0).click()
    await paste(
      page,
      '已消除\t任意\t小于3\t第一层\t新办法第二条\t\r\n已消除\t任意\t6以上\t第二层\t新办法第三条\t\r\n未纳入\t是\t任意\t两层之外\t新办法第四条\t\r\n',
    )
    await page.getByText(/有情况没有规则：.*风险消除满月数 ≥3 且 <6/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-gap')
    const asked = page.waitForEvent('dialog')
    const leaving = page.getByRole('button', { name: '返回目录' }).click()
    const question = await asked
    expect(question.message()).toBe('有改动没有保存，确定离开？')
    await question.dismiss()
    await leaving
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await tag(page, '已保存').waitFor()
    await page.getByRole('button', { name: '发布与版本' }).click()
    await page.getByText('不改好不能发布').waitFor()
    await page.getByText(/有情况没有规则/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-refused')
  })

  it('is mended, shows what differs and whom it would touch, and is handed in', async () => {
    const page = await world.enter(people.writer, (await openOf(people.writer, 'draft')).replace('&tab=publish', ''))
    await at(page, 2, 2).click()
    await page.keyboard.type('大于等于3')
    await page.keyboard.press('Enter')
    await page.getByText('没有漏洞、重叠和写错的格子').waitFor()
    expect(await at(page, 2, 2).textContent()).toContain('≥3')
    for (let failing = page.locator('details.policies-example-bad'); (await failing.count()) > 0; ) {
      const name = (await failing.first().locator('.policies-example-name').textContent()) ?? ''
      await failing.first().locator('summary').click()
      await page.locator('details', { hasText: name }).getByRole('button', { name: '以算出的为准' }).click()
      await page.locator('details.policies-example-bad', { hasText: name }).waitFor({ state: 'detached' })
    }
    await page.getByText('个全部符合').waitFor()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await tag(page, '已保存').waitFor()
    await page.getByRole('button', { name: '与现行比较' }).click()
    await page.getByText(/改动 3 行/).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-difference')
    await page.getByRole('button', { name: '模拟全县' }).click()
    await page.getByLabel('按哪一天判断').fill('2023-12-18')
    await page.getByRole('button', { name: '开始模拟' }).click()
    await page.getByRole('table', { name: '由（行）变为（列）' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-simulate')
    await page.getByRole('button', { name: /第二层 变为 两层之外/ }).click()
    await page.getByRole('table', { name: '名单' }).getByText('新办法第四条').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-names')
    touched = (await page.getByRole('table', { name: '名单' }).getByRole('link').first().getAttribute('href')) ?? ''
    await page.getByRole('button', { name: '发布与版本' }).click()
    await page.getByLabel('文号').fill('青测发〔2023〕7号')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await tag(page, '已保存').waitFor()
    await page.getByRole('button', { name: '送审' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '送审' }).click()
    await tag(page, '已送审').waitFor()
    await page.getByText('要由另一位有发布权的人发布').waitFor()
    expect(await page.getByRole('button', { name: '发布', exact: true }).count()).toBe(0)
    await expectSound(page)
  })

  it('is published by another, by document and day', async () => {
    const page = await world.enter(people.second, await openOf(people.second, 'submitted'))
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('dialog').getByText('青测发〔2023〕7号').waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-publish')
    await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
    await tag(page, '已发布').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expectSound(page)
    await keepPicture(page, 'policies-versions')
  })

  it('is named by 为什么 on the page of a household, with row and clause', async () => {
    for (const size of [{}, { width: 360, height: 740 }]) {
      const page = await world.enter(people.writer, touched, size)
      const line = page.locator('details', { hasText: '两层划分' })
      await line.locator('summary').click()
      await line.getByText('青测发〔2023〕7号').waitFor()
      await line.getByText('新办法第四条').first().waitFor()
      await line.scrollIntoViewIfNeeded()
      await expectSound(page)
      await keepPicture(page, `policies-why${'width' in size ? '-phone' : ''}`)
    }
  })

  it('is rolled back as a new draft with the old content', async () => {
    const page = await world.enter(people.second, `/policies/${layer}?tab=publish`)
    await page.getByRole('button', { name: '回到这个版本…' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '按这个版本起草' }).click()
    await tag(page, '草稿').waitFor()
    await page
      .getByText(/回到 .* 起的版本/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '与现行比较' }).click()
    await page.getByText(/改动 3 行/).waitFor()
    await expectSound(page)
  })
})

describe('a line that is adjusted every year', () => {
  const line = 'cases.income-line'

  it('is filled by the county beside what the superior says, and refused while it is no number', async () => {
    const page = await world.enter(people.writer, `/policies/${line}`)
    await page.getByRole('button', { name: '起草修改' }).click()
    await page.getByRole('dialog').getByLabel('生效日').fill('2023-01-01')
    await page.getByRole('button', { name: '开始起草' }).click()
    await tag(page, '草稿').waitFor()
    const value = page.getByLabel('监测范围收入线的数值')
    await value.fill('七千五')
    await page.getByText('要填数字，最多 2 位小数。').waitFor()
    await expectSound(page)
    await value.fill('7500')
    await keepPicture(page, 'policies-parameters')
    await page.getByRole('button', { name: '与现行比较' }).click()
    await page.getByText('7500 元/人·年').waitFor()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await tag(page, '已保存').waitFor()
    await page.getByRole('button', { name: '发布与版本' }).click()
    await page.getByRole('button', { name: '送审' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '送审' }).click()
    await tag(page, '已送审').waitFor()
  })

  it('waits on the first page of who publishes, who adds the number of the document', async () => {
    const page = await world.enter(people.second, '/')
    await page.getByRole('link', { name: '监测范围收入线' }).first().click()
    await page
      .getByRole('row', { name: /已送审/ })
      .getByRole('button', { name: '打开' })
      .click()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('dialog').getByLabel(/文号/).fill('青测发〔2023〕9号')
    await expectSound(page)
    await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
    await tag(page, '已发布').waitFor()
    await page.getByText('青测发〔2023〕9号').first().waitFor()
    await page.getByRole('button', { name: '内容与检查' }).click()
    await page.getByRole('table', { name: '历次数值' }).getByText('7500').first().waitFor()
    await expectSound(page)
  })
})

describe('a standard that leaders ask the price of', () => {
  it('is tried out over the whole county in the table that reads it, with the money and the names', async () => {
    const page = await world.enter(people.writer, '/policies/safeguards.allowance-standards')
    await page.getByRole('button', { name: '起草修改' }).click()
    await page.getByRole('dialog').getByLabel('生效日').fill('2023-01-01')
    await page.getByRole('button', { name: '开始起草' }).click()
    await tag(page, '草稿').waitFor()
    await page.getByLabel('农村低保月标准的数值').fill('5000')
    await page.getByRole('button', { name: '模拟全县' }).click()
    await page.getByRole('button', { name: '开始模拟' }).click()
    await page.getByRole('heading', { name: '由（行）变为（列）' }).waitFor()
    await page.getByText('月补差测算').first().waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-simulate-money')
    await page.getByRole('button', { name: '查看名单' }).or(page.locator('#policies-names-list')).first().scrollIntoViewIfNeeded()
    await keepPicture(page, 'policies-simulate-money-names')
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { drawn, makeChance, seed } from '../chance.ts'
import type { PolicyCard } from '../../src/modules/policies/contract.ts'
import { expectSound, goWithin, keepPicture } from './browser.ts'
import { cellAt as at, openPoliciesWorld, stateTag as tag } from './policies-world.ts'

const world = openPoliciesWorld()
let people: Awaited<ReturnType<typeof world.people>>
const layer = 'cases.layer'

beforeAll(async () => {
  people = await world.people()
}, 240_000)

describe('政策规则', () => {
  it('shows every policy by topic, and finds one by its name', async () => {
    const page = await world.enter(people.writer, '/policies')
    await page.getByRole('heading', { name: '分层分类' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-catalogue')
    await page.getByLabel('找政策：名称、文号、编号').fill('收入线')
    await page.getByRole('heading', { name: '分层分类' }).waitFor({ state: 'detached' })
    await expectSound(page)
  })

  // npm test draws an eighth of them, npm run test:full opens all.
  it('opens each policy without a fault, its cells readable and its examples as expected', async () => {
    const { items: all } = await world.ask<{ items: PolicyCard[] }>(people.writer, '/policies')
    const page = await world.enter(people.writer, '/policies')
    const chance = makeChance(seed)
    const items = process.env['PAGES'] === 'full' ? all : all.filter(() => chance(8) === 0)
    expect(items.length).toBeGreaterThan(5)
    for (const one of items) {
      await goWithin(page, `/policies/${one.key}`)
      await page.getByRole('heading', { level: 1, name: one.zh }).waitFor()
      if (one.form === 'table') {
        await page.getByText('个全部符合').or(page.getByText('还没有用例')).waitFor()
        expect(await page.locator('[aria-invalid="true"]').count(), one.key).toBe(0)
      }
      await keepPicture(page, `policies-one-${one.key}`)
    }
    await expectSound(page)
  })
})

/** The page of a draft that one test leaves to the next. */
let draft = ''

describe('the pages of policies stand everywhere', () => {
  it.each([
    ['on a phone', { width: 360, height: 740 }],
    ['in large type', { density: 'large' }],
    ['in English', { language: 'en' }],
  ] as const)('%s', async (_where, options) => {
    const name = Object.keys(options)[0] ?? ''
    for (const [path, picture] of drawn(name, 1, [
      ['/policies', 'catalogue'],
      ['/policies/cases.monitored-object', 'table'],
      ['/policies/cases.income-line', 'parameters'],
      [`/policies/${layer}?tab=publish`, 'versions'],
    ] as const)) {
      const page = await world.enter(people.writer, path, options)
      await page.locator('table, [role="grid"]').first().waitFor()
      await expectSound(page)
      await keepPicture(page, `policies-${picture}-${name}`)
      await page.close()
    }
  })

  it('says of a table about single matters why there is nothing to simulate', async () => {
    const page = await world.enter(people.writer, '/policies/markets.sales-reward?tab=simulate')
    await page.getByText('没有全县的名单可以模拟').waitFor()
    await expectSound(page)
  })

  it('takes an example from a household, with its facts and without its name', async () => {
    const page = await world.enter(people.writer, `/policies/${layer}`)
    await page.getByRole('button', { name: '起草修改' }).click()
    await page.getByRole('button', { name: '开始起草' }).click()
    await tag(page, '草稿').waitFor()
    draft = page.url()
    const { items } = await world.ask<{ items: { householdNo: string; headName: string }[] }>(people.writer, '/registry/households?limit=1')
    const [household] = items
    await page.getByRole('button', { name: '用真实户…' }).click()
    await page.getByLabel('户编号或户主姓名').fill(household?.householdNo ?? '')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByRole('button', { name: household?.headName ?? '', exact: true }).click()
    const example = page.locator('details', { hasText: `户 ${household?.householdNo}` })
    await example.getByText('符合').waitFor()
    expect(await example.textContent()).not.toContain(household?.headName)
    await example.locator('summary').click()
    await expectSound(page)
    await keepPicture(page, 'policies-example')
    await page.getByRole('button', { name: '加列', exact: true }).click()
    await page.getByLabel('找事实：名称或含义').fill('人均')
    await keepPicture(page, 'policies-facts')
    await page.getByRole('button', { name: '人均纯收入（元）', exact: true }).click()
    await page
      .getByRole('columnheader', { name: /人均纯收入/ })
      .getByRole('button')
      .click()
    await page.getByText('缺了找什么材料').waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-column')
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByRole('columnheader', { name: /人均纯收入/ }).waitFor({ state: 'detached' })
  })

  it('leads from what refuses publication to the row', async () => {
    const page = await world.enter(people.writer, draft)
    await at(page, 1, 2).click()
    await page.keyboard.press('Delete')
    await page
      .getByText(/行重叠/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await tag(page, '已保存').waitFor()
    await page.getByRole('button', { name: '发布与版本' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: /第 2、3 行重叠/ })
      .getByRole('button', { name: '到第 2 行' })
      .click()
    await page.locator('textarea:focus').waitFor()
    expect(await at(page, 1, 0).getAttribute('aria-selected')).toBe('true')
  })

  it('lets a township read, but neither draft nor publish', async () => {
    const { items } = await world.ask<{ items: { areaPath: string }[] }>(people.writer, '/registry/households?limit=1')
    const township = await people.township(`${(items[0]?.areaPath ?? '').split('.').slice(0, 4).join('.')}.`)
    expect((await world.ask<{ items: unknown[] }>(township, `/policies/${layer}/versions`)).items.length).toBeGreaterThan(0)
    const page = await world.enter(township, `/policies/${layer}?tab=publish`)
    await page.getByRole('table', { name: '全部版本' }).waitFor()
    expect(await page.getByRole('button', { name: /起草|^发布$|送审|回到/ }).count()).toBe(0)
    await expectSound(page)
  })
})

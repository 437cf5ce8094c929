import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeSurveysPlug } from '../../src/modules/surveys/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A phone survey: the county drafts it, fixes its list, shares it out; a caller works through his list by keyboard; the county reads what came out.
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  return {
    routes: [identity, makeRegistryPlug(parts), makeSurveysPlug(parts)].flatMap((plug) => plug.routes),
    gatekeeper: identity.gatekeeper,
  }
})
let people: { county: GivenUser; caller: GivenUser }

beforeAll(async () => {
  const { world } = browser
  const { countyCode, countyPath, villages } = await givenCounty(world.database)
  people = {
    county: await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '林县办' }),
    caller: await givenUser(world.database, { role: 'department-clerk', areaPath: countyPath, name: '石电访' }),
  }
  const ctx = actingAs(people.county, world.as(grantCounty(countyCode)))
  for (let at = 0; at < 3; at += 1)
    await givenHousehold(ctx, world.vault, {
      areaPath: villages[at]?.path ?? '',
      type: '脱贫户',
      phone: `1540001000${at}`,
      facts: { mainPovertyCause: '缺技术' },
      members: [
        {
          name: `户主${'甲乙丙'.charAt(at)}`,
          phone: `1640001000${at}`,
          monthlyIncomeFen: 310_000,
          facts: { workPlace: '本县', currentlyWorking: true },
        },
        { name: `家人${'甲乙丙'.charAt(at)}`, relation: '配偶' },
      ],
    })
})

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

describe('a phone survey', () => {
  it('is drafted, fixed, shared out, worked through by keyboard, and read', async () => {
    const page = await enter(people.county, '/surveys/campaigns')
    await page.getByText('还没有调查').waitFor()
    await page.getByRole('link', { name: '起草调查' }).click()
    await page.getByLabel('名称').fill('脱贫户电话调查')
    await expectSound(page)
    await keepPicture(page, 'surveys-draft')
    await page.getByRole('button', { name: '保存草稿' }).click()
    await page.getByRole('button', { name: '看看有多少户' }).click()
    await page.getByText('调查 3 户 6 人').waitFor()
    await expectSound(page)
    await keepPicture(page, 'surveys-list')
    await page.getByRole('button', { name: '定下名单' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '定下名单' }).click()
    await page.getByRole('button', { name: '调查人' }).click()
    await page.getByLabel(/石电访/).check()
    await page.getByRole('button', { name: '平均分给选中的人' }).click()
    await page.getByText('已分 3 户').waitFor()
    await expectSound(page)
    await keepPicture(page, 'surveys-callers')
    await page.getByRole('button', { name: '开始调查' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '开始调查' }).click()
    await page.getByText('进行中').waitFor()
    const address = page.url().replace(/[?].*/, '')

    const calls = await enter(people.caller, '/surveys/calls')
    await calls.getByRole('link', { name: '户主甲' }).waitFor()
    await keepPicture(calls, 'surveys-calls')
    await calls.getByRole('link', { name: '户主甲' }).click()
    await calls.getByRole('button', { name: '显示电话' }).first().click()
    await calls.getByRole('link', { name: '15400010000' }).waitFor()
    await calls.getByRole('button', { name: '登记信息都一致' }).click()
    const wage = calls.getByRole('group', { name: '务工月收入' })
    await wage.getByLabel('不一样').check()
    await wage.getByLabel('户主甲：本人说是').fill('3600')
    await calls.keyboard.press('Control+Enter')
    await calls.getByText(/还有 \d+ 问没有填/).waitFor()
    await expectSound(calls)
    await keepPicture(calls, 'surveys-sheet')
    await answerAll(calls)
    await calls.getByRole('group', { name: /饮水/ }).getByLabel('没有落实').check()
    await calls.keyboard.press('Control+Enter')
    await calls.getByRole('heading', { level: 1, name: '户主乙' }).waitFor()
    await calls.keyboard.press('Alt+Digit2')
    await calls.keyboard.press('Control+Enter')
    await calls.getByRole('heading', { level: 1, name: '户主丙' }).waitFor()

    await page.goto(address)
    await page.getByRole('link', { name: /问题/ }).first().waitFor()
    await page.getByText('各项合计一致').waitFor()
    expect(await page.getByRole('row', { name: /饮水安全/ }).count()).toBe(1)
    await expectSound(page)
    await keepPicture(page, 'surveys-progress')
    await page.getByRole('button', { name: '没有答复的' }).click()
    await page.getByText('户主丙').waitFor()
    await keepPicture(page, 'surveys-unanswered')
  })

  it('is worked through on a narrow screen, without sliding sideways', async () => {
    const page = await enter(people.caller, '/surveys/calls', { width: 360, height: 740 })
    await page.getByRole('link', { name: '户主丙' }).click()
    await page.getByRole('group', { name: /饮水/ }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'surveys-sheet-narrow')
  })
})

async function answerAll(page: Page): Promise<void> {
  for (const name of [
    /住房/,
    /参保/,
    /孩子上学/,
    /低保/,
    /饮水/,
    /就业/,
    /产业/,
    /^补贴/,
    '是否熟悉帮扶干部',
    '是否认可帮扶举措',
    '是否认可帮扶成效',
  ]) {
    if (name instanceof RegExp && name.source === '孩子上学')
      await page
        .getByRole('group', { name: /义务教育阶段/ })
        .getByLabel('是')
        .check()
    await page.getByRole('group', { name }).getByRole('radio').first().check()
  }
  await page.getByRole('group', { name: /大病/ }).getByLabel('没有').check()
}

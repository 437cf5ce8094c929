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

describe('the form of a survey', () => {
  it('is written in the browser, tried beside it, kept as a version, and taken by the next campaign', async () => {
    const page = await enter(people.county, '/surveys/forms')
    await page.getByRole('link', { name: '新建问卷' }).click()
    await page.getByLabel('问卷名称').fill('饮水安全自查')
    await page.getByLabel(/^代号/).fill('water-check')
    await page.getByRole('button', { name: '＋ 单选' }).click()
    await page.getByLabel('第 1 问', { exact: true }).fill('饮水有没有保障')
    await page.getByLabel('选项 1').fill('有保障')
    await page.getByLabel('选项 2').fill('断水')
    await page.getByLabel('选“断水”算不算问题').selectOption({ label: '政策落实问题' })
    await page.getByLabel('“断水”的问题类别').selectOption('饮水安全')
    await page.getByRole('button', { name: '＋ 文字' }).click()
    await page.getByLabel('第 2 问', { exact: true }).fill('断水几天了')
    await page.getByLabel('什么时候问').selectOption({ label: '“饮水有没有保障”答“断水”时' })
    await page.getByRole('button', { name: '＋ 核对登记' }).click()
    await page.getByText('还有 1 处要改').waitFor()
    await page.getByLabel(/核对登记里的哪一项/).selectOption({ label: '主要致贫原因' })
    const preview = page.getByRole('region', { name: '预览' }).or(page.locator('.survey-form-beside'))
    expect(await preview.getByText('断水几天了').count()).toBe(0)
    await preview.getByLabel('断水', { exact: true }).check()
    await preview.getByText('断水几天了').waitFor()
    await preview.getByText('按现在的回答会发现 1 个问题：饮水安全').waitFor()
    await expectSound(page)
    await keepPicture(page, 'surveys-form')
    await page.getByRole('button', { name: '存成新版' }).click()
    await page.getByText('已存成第 1 版').waitFor()
    await page.goto('/surveys/forms/satisfaction')
    await page.getByRole('table').waitFor()
    await keepPicture(page, 'surveys-form-shipped')
    await page.goto('/surveys/campaigns/new')
    await page.getByLabel(/^问卷/).click()
    await page.getByTitle('饮水安全自查').waitFor()
    const narrow = await enter(people.county, '/surveys/forms/water-check', { width: 360, height: 740 })
    await narrow.getByRole('button', { name: '“饮水有没有保障”的详细设置' }).click()
    await expectSound(narrow)
    await keepPicture(narrow, 'surveys-form-narrow')
  })
})

describe('a quiz meeting', () => {
  it('is called, judged by name, closed, and who failed is asked again', async () => {
    const page = await enter(people.county, '/surveys/quizzes')
    const bank = page.locator('section', { hasText: '加入题库' })
    await bank.getByLabel(/^主题/).fill('住房')
    await bank.getByLabel(/^问题/).fill('这户的房子鉴定是几级')
    await bank.getByLabel(/^参考答案/).fill('B 级')
    await bank.getByRole('button', { name: '加入题库' }).click()
    await page.getByLabel(/这户的房子鉴定是几级/).check()
    await page.getByLabel(/^名称/).fill('清河村因户施策会')
    await page.getByLabel(/被问的人/).fill('李一 支部书记\n王二 专干')
    await expectSound(page)
    await keepPicture(page, 'quiz-list')
    await page.getByRole('button', { name: '召集', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '清河村因户施策会' }).waitFor()
    const first = page.locator('section', { hasText: '李一 支部书记' })
    const second = page.locator('section', { hasText: '王二 专干' })
    await first.getByLabel('答清', { exact: true }).check()
    await first.getByText('10 / 10 分').waitFor()
    await second.getByLabel('没答清', { exact: true }).check()
    await second.getByLabel(/要办什么/).fill('到户看鉴定书')
    await second.getByRole('button', { name: '记下' }).click()
    await second.getByRole('button', { name: '办好了' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'quiz')
    await page.getByRole('button', { name: '结束会议' }).click()
    await page.getByRole('button', { name: '安排补问' }).waitFor()
    await keepPicture(page, 'quiz-closed')
    const narrow = await enter(people.county, page.url(), { width: 360, height: 740 })
    await expectSound(narrow)
    await keepPicture(narrow, 'quiz-narrow')
    await narrow.goto('/surveys/quizzes')
    await narrow.getByLabel(/被问的人/).waitFor()
    await expectSound(narrow)
    await keepPicture(narrow, 'quiz-list-narrow')
    const before = page.url()
    await page.getByRole('button', { name: '安排补问' }).click()
    await page.waitForURL((url) => url.href !== before)
    await page.getByText('王二 专干').waitFor()
    expect(await page.getByText('李一 支部书记').count()).toBe(0)
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

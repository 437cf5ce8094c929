import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/kernel/pure/time/index.ts'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { givenCaseAt, givenObjection, givenPostedNotice } from '../../src/modules/cases/server/given.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { smallPicture } from '../access/places.ts'
import { testNowMs } from '../database.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// A village publishes two households: what must not be published is stopped, the township releases, an objection holds the days.
const clock = () => testNowMs
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files'), clock }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makePoliciesPlug(), makeCasesPlug(parts)]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
}, testNowMs)

let cadre: GivenUser
let officer: GivenUser
let county: GivenUser

beforeAll(async () => {
  const { world } = browser
  const { villages, townships, countyPath } = await givenCounty(world.database, { clock })
  const [village] = villages
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village?.path ?? '', name: '公示村干', clock })
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: townships[0]?.path ?? '', name: '发布干部', clock })
  county = await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '县复核员', clock })
  const ctx = world.as(grantSystem('990301', 'test'))
  const place = { areaPath: `${village?.path ?? ''}01.`, village: village?.name ?? '', group: '1组' }
  for (const name of ['单待公示', '复待公示']) {
    const { householdId } = await givenHousehold(ctx, world.vault, {
      ...place,
      members: [{ name }, { name: '单小苗', bornOn: '2015-10-20' }],
    })
    await givenCaseAt(ctx, { householdId, step: 'notice' })
  }
  const gone = await givenHousehold(ctx, world.vault, { ...place, members: [{ name: '单已消除', bornOn: '1970-05-01' }] })
  const file = await givenCaseAt(ctx, { householdId: gone.householdId, step: 'follow-up' })
  const { noticeId } = await givenPostedNotice(ctx, { cases: [file], kind: 'elimination', postedOn: addDays(ctx.today, -10) })
  await givenObjection(ctx, { vault: world.vault, noticeId, about: file, mark: '二次' })
}, 120_000)

async function enter(as: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as })
  await page.clock.setFixedTime(testNowMs)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

describe('a notice', () => {
  it('is drafted, scanned, released by the township, posted with a photo, objected to and answered', async () => {
    const page = await enter(cadre, '/cases/notices')
    await expectSound(page)
    await page.getByRole('button', { name: '新编公示' }).click()
    await page.getByLabel('补充说明').fill('长子单小苗八岁，电话 154-0000-0241')
    await page.getByRole('button', { name: '看样张、查一遍' }).click()
    await page.getByText('发现 3 处').waitFor()
    await expectSound(page)
    await keepPicture(page, 'notice-new')
    await page.getByLabel('补充说明').fill('')
    await page.getByLabel('单待公示 主要风险').selectOption('因病')
    await page.getByRole('button', { name: '看样张、查一遍' }).click()
    await page.getByText('没有发现不能公开的信息').waitFor()
    await page.getByRole('button', { name: '保存草稿' }).click()
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('等乡镇或县里另一人审核发布').waitFor()
    const address = new URL(page.url()).pathname

    const above = await enter(officer, address)
    await above.getByRole('button', { name: '审核发布' }).click()
    await above.getByRole('dialog').getByRole('button', { name: '审核发布' }).click()
    await above.getByText('已发布，等村里打印').waitFor()

    await page.goto(address)
    await page.getByRole('button', { name: '登记张贴' }).click()
    await page.getByText('还剩 5 天').waitFor()
    await page.locator('input[type=file]').setInputFiles({ name: '公示栏.png', mimeType: 'image/png', buffer: smallPicture })
    await page.getByRole('img', { name: '公示栏.png' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'notice')
    await page.goto(`${address}/print`)
    await page.getByText('刚性支出较大').waitFor()
    expect(await page.getByText('单*示').count()).toBe(1)
    expect(await page.getByText('单待公示').count()).toBe(0)
    await expectSound(page)
    await keepPicture(page, 'notice-poster')

    await page.goto(address)
    await page.getByRole('button', { name: '登记异议' }).click()
    await page.getByLabel('异议内容').fill('这一户在县城有商品房')
    await page.getByRole('button', { name: '登记异议' }).last().click()
    await page.getByText('因异议暂停').first().waitFor()
    await above.goto('/cases/objections')
    await above.getByRole('link', { name: '2023-0002' }).click()
    await above.getByLabel('核查情况').fill('房产属于同名的另一个人')
    await above.getByRole('button', { name: '保存核查情况' }).click()
    await above.getByLabel('答复内容').fill('经核查，该户没有商品房')
    await expectSound(above)
    await keepPicture(above, 'notice-objection')
    await above.getByRole('button', { name: '异议不成立' }).click()
    await above.getByText('已答复').waitFor()
    await page.goto(address)
    await page.getByText('还剩 5 天').waitFor()
  }, 120_000)

  it('to an elimination that was made: upheld by the township, taken back by the county', async () => {
    const above = await enter(officer, '/cases/objections?open=true')
    await above.getByRole('link', { name: '2023-0001' }).click()
    await above.getByLabel('核查情况').fill('上月起没有收入')
    await above.getByRole('button', { name: '保存核查情况' }).click()
    await above.getByLabel('答复内容').fill('反映属实，转县里复核')
    await above.getByRole('button', { name: '异议成立' }).click()
    await above.getByText('后续处理：转县级复核').waitFor()
    const page = await enter(county, '/cases/objections?open=recheck')
    await page.getByText('待县级复核').nth(1).waitFor()
    await expectSound(page)
    await keepPicture(page, 'objection-list-recheck')
    await page.getByRole('link', { name: '2023-0001' }).click()
    await page.getByLabel('消除回退').check()
    await page.getByLabel('复核意见').fill('收入不稳，按规定回退')
    await expectSound(page)
    await keepPicture(page, 'objection-recheck')
    await page.getByRole('button', { name: '提交复核结果' }).click()
    await page.getByText('县复核员').first().waitFor()
    await page.getByRole('link', { name: '打开个案' }).click()
    await page.getByText('跟踪监测').first().waitFor()
  }, 60_000)

  it('is read on a narrow screen and in English', async () => {
    const page = await enter(cadre, '/cases/notices', { width: 360, height: 740 })
    await expectSound(page)
    await page.getByRole('link', { name: /公示/ }).last().click()
    await page.getByText('公示编号').waitFor()
    await expectSound(page)
    await keepPicture(page, 'notice-phone')
  }, 60_000)
})

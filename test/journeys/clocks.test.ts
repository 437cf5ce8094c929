import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, dayOf, type Day } from '../../src/kernel/pure/time/index.ts'
import { grantCounty } from '../../src/kernel/server/caller/index.ts'
import { givenMove } from '../../src/modules/cases/server/clocks/clock-given.ts'
import { fireReminders } from '../../src/modules/cases/server/clocks/clock-remind.ts'
import { openCase } from '../../src/modules/cases/server/open-case.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

// What is late and will be: the county looks by township, a township by village; the county enters next year's holidays.
const today = dayOf(Date.now())
const nextYear = Number(today.slice(0, 4)) + 1
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const others = [makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts), makePoliciesPlug()]
  return { routes: [identity, ...others, makeCasesPlug(parts)].flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
})
let people: { county: GivenUser; township: GivenUser }

/** Cases of three villages, opened so many days ago and passed on after so many. */
const given: readonly { village: number; ago: number; passed: readonly number[] }[] = [
  { village: 0, ago: 40, passed: [] },
  { village: 0, ago: 16, passed: [14, 9] },
  { village: 1, ago: 18, passed: [17] },
  { village: 1, ago: 6, passed: [5, 2] },
  { village: 2, ago: 1, passed: [] },
  { village: 2, ago: 17, passed: [16, 12, 10] },
]
const way = ['visit', 'statement', 'check'] as const

beforeAll(async () => {
  const { world } = browser
  const { countyCode, villages, townships } = await givenCounty(world.database)
  const on = (day: Day) => ({ ...world.as(grantCounty(countyCode), { roles: ['county-data-officer'] }), today: day })
  for (const [at, { village, ago, passed }] of given.entries()) {
    const areaPath = `${villages[village]?.path ?? ''}01.`
    const opened = addDays(today, -ago)
    const { householdId } = await givenHousehold(on(opened), world.vault, {
      areaPath,
      members: [{ name: `户主${'甲乙丙丁戊己'.charAt(at)}` }],
    })
    let file = await openCase(on(opened), { householdId, source: 'visit' })
    for (const [step, before] of passed.entries())
      file = await givenMove(on(today), file, { on: addDays(today, -before), action: 'pass', step: way[step] ?? 'check' })
  }
  await fireReminders(on(today))
  const countyPath = `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
  people = {
    county: await givenUser(world.database, { role: 'county-data-officer', areaPath: countyPath, name: '林县办' }),
    township: await givenUser(world.database, { role: 'township-officer', areaPath: townships[0]?.path ?? '', name: '石乡办' }),
  }
})

async function enter(user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: user })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

describe('time limits', () => {
  it('lead from the county to its townships, from every number to its names, and from a name to its case', async () => {
    const page = await enter(people.county, '/cases/clocks')
    const table = page.getByRole('table', { name: '各地时限' })
    await table.waitFor()
    await expectSound(page)
    await keepPicture(page, 'clocks-county')
    const overdue = Number(await table.getByRole('row').last().getByRole('cell').nth(1).innerText())
    expect(overdue).toBeGreaterThan(0)
    await page.getByRole('link', { name: new RegExp(`^${overdue} ?已超期`) }).click()
    await page.getByText(`共 ${overdue} 条`).waitFor()
    await expectSound(page)
    await keepPicture(page, 'clocks-names')
    await page.getByRole('row').nth(1).getByRole('link').click()
    await page.waitForURL(/cases\/files\//)
    await page.goto('/')
    await page.getByText('下级超期已上报').first().waitFor()
    await keepPicture(page, 'clocks-today')
  })

  it('are read by a township for its villages, also on a phone and in English', async () => {
    const page = await enter(people.township, '/cases/clocks', { width: 360, height: 740 })
    await page.getByRole('table', { name: '各地时限' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'clocks-phone')
    const english = await enter(people.township, '/cases/clocks/names', { language: 'en' })
    await english.getByRole('table').first().waitFor()
    await expectSound(english)
    await keepPicture(english, 'clocks-names-english')
  })
})

describe('working days', () => {
  it('of a coming year are pasted from the notice and kept with it; a day of one’s own is marked', async () => {
    const page = await enter(people.county, `/policies/calendar?year=%22${nextYear}%22`)
    await page.getByText('放假安排未录入，只按周末算').waitFor()
    await page.getByRole('button', { name: '粘贴全年放假通知' }).click()
    await page.getByLabel(/^通知正文/).fill('国庆节：10月1日至7日放假调休，共7天。9月26日、10月9日上班。')
    await page.getByText('读出 7 天放假、2 天调休上班').waitFor()
    await page.getByLabel(/^依据文件/).fill('国办发明电测试号')
    await expectSound(page)
    await keepPicture(page, 'calendar-paste')
    await page.getByRole('button', { name: /保\s?存/ }).click()
    await page.getByText('已由本县录入').waitFor()
    await page.getByRole('button', { name: /^3月4日/ }).click()
    await page.getByRole('button', { name: '改为放假' }).click()
    await page.getByLabel(/^依据文件/).fill('县政府通知')
    await page.getByRole('button', { name: /保\s?存/ }).click()
    await page.getByRole('button', { name: '3月4日 节假日，本县录入：县政府通知' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'calendar-year')
    const phone = await enter(people.township, '/policies/calendar', { width: 360, height: 740, language: 'en' })
    await phone.getByRole('table').first().waitFor()
    await expectSound(phone)
    await keepPicture(phone, 'calendar-phone')
  })
})

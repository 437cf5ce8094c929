import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { givenCounty, givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { expectSound, keepPicture, openBrowserWorld, type PageOptions } from './browser.ts'

const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts)]
  return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
})

let officer: GivenUser
let cadre: GivenUser

beforeAll(async () => {
  const county = await givenCounty(browser.world.database)
  const [village] = county.villages
  if (village === undefined) throw new Error('the given county has villages')
  cadre = await givenUser(browser.world.database, { role: 'village-cadre', areaPath: village.path })
  officer = await givenUser(browser.world.database, { role: 'county-data-officer', areaPath: county.countyPath })
})

async function enter(options: PageOptions = {}, as = officer): Promise<Page> {
  const page = await browser.openPage({ ...options, as })
  await page.goto('/quality')
  await page.locator('h1').waitFor()
  return page
}

const menu = (page: Page) => page.getByRole('navigation', { name: /主菜单|Main menu/ })

/** Entries that stand whole on the screen without scrolling. */
async function seen(page: Page): Promise<{ all: number; onScreen: number }> {
  const height = page.viewportSize()?.height ?? 0
  const boxes = await menu(page)
    .locator('a')
    .evaluateAll((links) =>
      links
        .map((link) => link.getBoundingClientRect())
        .filter((box) => box.height > 0)
        .map(({ top, bottom }) => ({ top, bottom })),
    )
  return { all: boxes.length, onScreen: boxes.filter((box) => box.top >= 0 && box.bottom <= height).length }
}

describe('the menu', () => {
  it("shows every entry of the county's data officer at once where the screen is high enough", async () => {
    const page = await enter({ height: 1080 })
    await menu(page).getByRole('link', { name: '导入', exact: true }).waitFor()
    const { all, onScreen } = await seen(page)
    expect(all).toBeGreaterThan(30)
    expect(onScreen).toBe(all)
    await expectSound(page)
    await keepPicture(page, 'menu-standard')
    // A long page that slides away below it changes nothing.
    await page.evaluate(() => {
      document.querySelector('main')?.style.setProperty('min-height', '4000px')
      window.scrollTo(0, 1500)
    })
    await page.waitForFunction(() => window.scrollY > 1000)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await seen(page)).toEqual({ all, onScreen: all })
  })

  it.each(['standard', 'large'] as const)(
    'has every entry on a usual screen in %s type, those of other groups one touch away',
    async (density) => {
      const { all } = await seen(await enter({ height: 1080 }))
      const page = await enter({ density })
      const folded = menu(page).locator('h2 button[aria-expanded=false]')
      await folded.first().waitFor()
      await expectSound(page)
      await keepPicture(page, `menu-${density}`)
      for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click()
      expect(await menu(page).getByRole('link').count()).toBe(all)
    },
  )

  it('folds the groups that are not wanted where the screen has no room, and opens one by its name', async () => {
    const page = await enter({ height: 460, language: 'en' })
    const reports = menu(page).getByRole('button', { name: 'Reports' })
    await reports.waitFor()
    expect(await menu(page).getByRole('link', { name: 'Data quality' }).isVisible()).toBe(true)
    expect(await menu(page).getByRole('link', { name: 'Totals' }).count()).toBe(0)
    await reports.press('Enter')
    await menu(page).getByRole('link', { name: 'Totals' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'menu-folded')
  })

  it('opens on a phone by one button, which says where one is, and closes with the choice', async () => {
    // Who works on a phone is a village's cadre.
    const page = await enter({ width: 360, height: 740 }, cadre)
    const button = menu(page).getByRole('button', { name: /菜单/ })
    expect(await button.textContent()).toContain('数据质量')
    await button.click()
    await menu(page).locator('h2 button[aria-expanded=false]').first().waitFor()
    const { all, onScreen } = await seen(page)
    expect(onScreen).toBe(all)
    const leads = menu(page).getByRole('button', { name: /^线索/ })
    await leads.click()
    await menu(page).getByRole('link', { name: '走访清单', exact: true }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'menu-phone')
    await menu(page).getByRole('link', { name: '线索收件箱', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '线索收件箱', exact: true }).waitFor()
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await keepPicture(page, 'menu-phone-closed')
  })
})

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

beforeAll(async () => {
  const county = await givenCounty(browser.world.database)
  officer = await givenUser(browser.world.database, { role: 'county-data-officer', areaPath: county.countyPath })
})

async function enter(options: PageOptions = {}): Promise<Page> {
  const page = await browser.openPage({ ...options, as: officer })
  await page.goto('/quality')
  await page.locator('h1').waitFor()
  return page
}

const menu = (page: Page) => page.getByRole('navigation', { name: /主菜单|Main menu/ })

/** Entries that stand whole on the screen without scrolling. */
async function seen(page: Page): Promise<{ all: number; onScreen: number }> {
  const height = page.viewportSize()?.height ?? 0
  const boxes = await Promise.all((await menu(page).getByRole('link').all()).map((link) => link.boundingBox()))
  return { all: boxes.length, onScreen: boxes.filter((box) => box !== null && box.y >= 0 && box.y + box.height <= height).length }
}

describe('the menu', () => {
  for (const density of ['standard', 'large'] as const)
    it(`shows every entry of the county's data officer at once, in ${density} type`, async () => {
      const page = await enter({ density })
      await menu(page).getByRole('link', { name: '导入', exact: true }).waitFor()
      const { all, onScreen } = await seen(page)
      expect(all).toBeGreaterThan(14)
      expect(onScreen).toBe(all)
      await expectSound(page)
      await keepPicture(page, `menu-${density}`)
      // A long page that slides away below it changes nothing.
      await page.evaluate(() => {
        document.querySelector('main')?.style.setProperty('min-height', '4000px')
        window.scrollTo(0, 1500)
      })
      await page.waitForFunction(() => window.scrollY > 1000)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      expect(await seen(page)).toEqual({ all, onScreen: all })
    })

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
    const page = await enter({ width: 360, height: 740 })
    const button = menu(page).getByRole('button', { name: /菜单/ })
    expect(await button.textContent()).toContain('数据质量')
    await button.click()
    await keepPicture(page, 'menu-phone')
    const { all, onScreen } = await seen(page)
    expect([all > 14, onScreen]).toEqual([true, all])
    await expectSound(page)
    await keepPicture(page, 'menu-phone')
    await menu(page).getByRole('link', { name: '导入', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '导入', exact: true }).waitFor()
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await keepPicture(page, 'menu-phone-closed')
  })
})

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { makeChance, seed } from '../chance.ts'
import { expectNoComplaint, openBrowserWorld } from './browser.ts'

// The other journeys walk through the app as it is shipped, in which React says nothing. Here it is built for developers, and whatever
// React warns of on any page is a failure.
const browser = openBrowserWorld((world) => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const identity = makeIdentityPlug(parts)
  const business = [makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts), makeCasesPlug(parts)]
  const plugs = [identity, ...business]
  return {
    app: 'development',
    routes: plugs.flatMap((plug) => plug.routes),
    gatekeeper: identity.gatekeeper,
    jobs: plugs.flatMap((plug) => plug.jobs ?? []),
  }
})

let officer: GivenUser

beforeAll(async () => {
  const { world } = browser
  const out = join(world.directory, 'county')
  const { county, files } = await generateCounty({ households: 30, seed: 'warnings', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = files.filter(({ path }) => /^(registry|national)/.test(path)).map(({ path }) => join(out, path))
  const filesDirectory = join(world.directory, 'files')
  await importFiles(world.as(grantSystem(county.code, 'test')), { vault: world.vault, filesDirectory }, { paths })
  const areaPath = `${county.code.slice(0, 2)}.${county.code.slice(0, 4)}.${county.code}.`
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath, name: '林一' })
}, 180_000)

// npm test draws a sixth of the further pages, npm run test:full opens all.
const isWhole = process.env['PAGES'] === 'full'
const chance = makeChance(seed)

describe('React', () => {
  it('warns of nothing on the pages of the menu, nor on the first page that each of them leads to', async () => {
    const page = await enter()
    const seen = new Set(await addressesIn(page, 'nav'))
    expect(seen.size).toBeGreaterThan(10)
    const left = [...seen]
    const walk = async (walker: Page) => {
      for (let address = left.pop(); address !== undefined; address = left.pop()) {
        await open(walker, address)
        const deeper = (await addressesIn(walker, 'main')).find((one) => !seen.has(one))
        if (deeper === undefined) continue
        seen.add(deeper)
        if (isWhole || chance(6) === 0) left.push(deeper)
      }
      expectNoComplaint(walker)
    }
    await Promise.all([page, await enter(), await enter(), await enter()].map(walk))
  }, 300_000)
})

async function enter(): Promise<Page> {
  const page = await browser.openPage({ as: officer })
  await open(page, '/')
  return page
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle')
}

/** The addresses of the app that a part of the page leads to. */
async function addressesIn(page: Page, part: string): Promise<string[]> {
  const addresses = await page.locator(`${part} a[href^="/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return addresses.filter((address) => !address.startsWith('/api/'))
}

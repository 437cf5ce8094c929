import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenUser, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { givenEmptyCounty } from '../../src/modules/registry/server/import/given.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { importFiles, makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { openBrowserWorld, type BrowserWorld, type PageOptions } from './browser.ts'

export interface PoliciesWorld {
  readonly browser: BrowserWorld
  /** Two officers of the county, which was generated and imported; and who makes one of a township. */
  people(): Promise<{ writer: GivenUser; second: GivenUser; township: (areaPath: string) => Promise<GivenUser> }>
  enter(user: GivenUser, path: string, options?: PageOptions): Promise<Page>
  ask<Answer>(user: GivenUser, path: string): Promise<Answer>
}

/** The office app over a generated county of 200 households with its policies. Made at the top of a test file. */
export function openPoliciesWorld(): PoliciesWorld {
  const browser = openBrowserWorld((world) => {
    const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
    const identity = makeIdentityPlug(parts)
    const others = [makeRegistryPlug(parts), makeScreeningPlug(parts), makeQualityPlug(parts), makeCasesPlug(parts)]
    const plugs = [identity, ...others, makePoliciesPlug()]
    return { routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper }
  })
  const enter = async (user: GivenUser, path: string, options: PageOptions = {}) => {
    const page = await browser.openPage({ ...options, as: user })
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  const ask = async <Answer>(user: GivenUser, path: string): Promise<Answer> => {
    const answer = await fetch(`${browser.address}/api${path}`, { headers: { cookie: user.cookie } })
    expect(answer.status, path).toBe(200)
    // Safe: the route's types make the answer.
    return (await answer.json()) as Answer
  }
  return { browser, enter, ask, people: () => makePeople(browser) }
}

async function makePeople({ world }: BrowserWorld): ReturnType<PoliciesWorld['people']> {
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 200, seed: 'policies', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = ['registry', 'national'].flatMap((folder) => readdirSync(join(out, folder)).map((file) => join(out, folder, file)))
  const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
  await importFiles(world.as(grantSystem(county.code, 'test')), deps, { paths })
  const countyPath = `${county.code.slice(0, 2)}.${county.code.slice(0, 4)}.${county.code}.`
  const user = (role: 'county-data-officer' | 'township-officer', areaPath: string, name: string) =>
    givenUser(world.database, { role, areaPath, name })
  const writer = await user('county-data-officer', countyPath, '林县办')
  return {
    writer,
    second: await user('county-data-officer', countyPath, '方副办'),
    township: (areaPath) => user('township-officer', areaPath, '石乡办'),
  }
}

/** A cell of the sheet, rows and columns from 0. */
export function cellAt(page: Page, row: number, column: number): Locator {
  return page.locator(`[data-row="${row}"][data-column="${column}"]`)
}

/** The state that stands at the top of the page, or beside the button that saves. */
export function stateTag(page: Page, word: string): Locator {
  return page.locator('.bf-tag', { hasText: word }).first()
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { jobsOf } from '../../src/kernel/server/jobs/index.ts'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import { makeIdentityPlug } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { testNowMs, type TestWorld } from '../database.ts'
import { openBrowserWorld, type PageOptions } from './browser.ts'

type Role = Parameters<typeof givenUser>[1]['role']

/** A county with its offices in a browser, whose clock a journey sets: server, jobs and pages stand at the same moment. */
export function openCasesWorld({ logsInOnScreen = false } = {}) {
  let nowMs = testNowMs
  const clock = () => nowMs
  const browser = openBrowserWorld((world: TestWorld) => {
    const filesDirectory = join(world.directory, 'files')
    mkdirSync(filesDirectory, { recursive: true })
    const parts = { database: world.database, vault: world.vault, filesDirectory, clock }
    const identity = makeIdentityPlug(parts)
    const plugs = [
      identity,
      makeRegistryPlug(parts),
      makeScreeningPlug(parts),
      makeQualityPlug(parts),
      makePoliciesPlug(),
      makeCasesPlug(parts),
    ]
    return {
      routes: plugs.flatMap((plug) => plug.routes),
      gatekeeper: identity.gatekeeper,
      jobs: jobsOf(plugs),
      clock,
      listCounties: () => Promise.resolve(['990301']),
    }
  })
  const pages = new Map<string, { page: Page; loggedInMs: number }>()
  return {
    browser,
    /** Moves the clock to nine o'clock in the morning of a day. */
    setDay: (day: string) => {
      nowMs = Date.parse(`${day}T01:00:00Z`)
    },
    givenCounty: (): Promise<GivenCounty> => givenCounty(browser.world.database, { clock }),
    givenUser: (role: Role, areaPath: string, name: string): Promise<GivenUser> =>
      givenUser(browser.world.database, { role, areaPath, name, clock }),
    /** The page of a user, logged in again where the clock has moved, at an address of the app. */
    open: async (user: GivenUser, path: string, options: PageOptions = {}): Promise<Page> => {
      const key = `${user.userId} ${JSON.stringify(options)}`
      const known = pages.get(key) ?? { page: await browser.openPage(options), loggedInMs: -1 }
      pages.set(key, known)
      if (known.loggedInMs !== nowMs) {
        await known.page.clock.setFixedTime(nowMs)
        await (logsInOnScreen ? logInOnScreen : logIn)(known.page, user)
        known.loggedInMs = nowMs
      }
      await known.page.goto(path)
      await known.page.getByRole('heading', { level: 1 }).waitFor()
      return known.page
    },
  }
}

async function logIn(page: Page, user: GivenUser): Promise<void> {
  const answer = await page.context().request.post('/api/identity/login', {
    data: { loginName: user.loginName, password: user.password },
    headers: { 'idempotency-key': makeId() },
  })
  expect(answer.status()).toBe(200)
}

/** Through the page that everybody sees first; an earlier session of the page has run out with its day. */
async function logInOnScreen(page: Page, user: GivenUser): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/identity/login')
  await page.getByLabel('用户名').fill(user.loginName)
  await page.getByLabel('密码').fill(user.password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { level: 1, name: '今天要办' }).waitFor()
}

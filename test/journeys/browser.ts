import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type axe from 'axe-core'
import type { FastifyInstance } from 'fastify'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { makeServer, type AnyPage, type AnyRoute, type Gatekeeper } from '../../src/kernel/server/http/index.ts'
import { startJobs, type AnyJob, type Jobs } from '../../src/kernel/server/jobs/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'
import { isFull, makeChance, seed } from '../chance.ts'
import { openTestWorld, type TestWorld } from '../database.ts'
import { builtApp, type AppKind } from './built-app.ts'

const browserArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Until a state that should come is given up: a machine with much else to do may take its time, and nothing here measures it. */
const waitMs = 100_000
const desktop = { width: 1366, height: 768 }

/** The routes of the modules under test and the gatekeeper that recognises their callers. */
export interface ServerParts {
  routes: readonly AnyRoute[]
  gatekeeper: Gatekeeper
  /** Public plain pages. */
  pages?: readonly AnyPage[]
  /** Work of the background; it runs beside the server as in the program itself. */
  jobs?: readonly AnyJob[]
  /** The clock of that work, and the counties for which it is repeated. */
  clock?: () => number
  listCounties?: () => Promise<readonly string[]>
  app?: AppKind
}

export interface BrowserWorld {
  readonly world: TestWorld
  readonly address: string
  /** A page of a browser of its own (no cookies of others), in light and standard type unless told otherwise. */
  openPage(options?: PageOptions): Promise<Page>
}

export interface PageOptions {
  width?: number
  height?: number
  density?: 'compact' | 'standard' | 'large'
  language?: 'zh' | 'en'
  /** Who has logged in: the cookie of his session. */
  as?: { cookie: string } | undefined
}

/**
 * Serves the office app as it is shipped, with the given routes on a free port against a database of the file's own, and starts
 * Chromium. Read the fields inside tests only.
 */
export function openBrowserWorld(makeParts: (world: TestWorld) => ServerParts, nowMs?: number): BrowserWorld {
  const world = openTestWorld(nowMs)
  let server: FastifyInstance | undefined
  let browser: Browser | undefined
  let jobs: Jobs | undefined
  let address = ''
  beforeAll(async () => {
    const { jobs: kinds = [], app = 'shipped', clock = Date.now, listCounties = () => Promise.resolve([]), ...parts } = makeParts(world)
    const appDirectory = await builtApp(app)
    const log = makeLog(process.env['BANGFU_DEBUG'] === undefined ? 'silent' : 'info')
    server = await makeServer({ ...parts, log, appDirectory })
    const working = { access: inject('serverAccess'), database: world.database, jobs: kinds, log, clock, listCounties }
    if (kinds.length > 0) jobs = await startJobs(working)
    address = await server.listen({ host: '127.0.0.1', port: 0 })
    // Names of files are Chinese: without a locale of UTF-8 the browser neither takes nor gives them.
    browser = await chromium.launch({
      args: browserArguments,
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
      ...findChromium(),
    })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await jobs?.stop()
  })
  return {
    world,
    get address() {
      return address
    },
    openPage: async (options = {}) => {
      if (browser === undefined) throw new Error('the browser is open only inside tests')
      const { width = desktop.width, height = desktop.height, density = 'standard', language = 'zh', as } = options
      const context = await browser.newContext({ viewport: { width, height }, baseURL: address, locale: 'zh-CN', acceptDownloads: true })
      const preferences = JSON.stringify({ density, language, singleKeys: true })
      // Only the first page of the context is given these; a choice made in the app stays.
      await context.addInitScript((value) => {
        if (localStorage.getItem('bangfu.preferences') === null) localStorage.setItem('bangfu.preferences', value)
        localStorage.setItem('bangfu.watermark', 'off')
      }, preferences)
      context.setDefaultTimeout(waitMs)
      const [name = '', value = ''] = as?.cookie.split('=') ?? []
      if (name !== '') await context.addCookies([{ name, value, url: address }])
      const page = await context.newPage()
      watch(page)
      return page
    },
  }
}

/** Another page of the app that is open, as a link leads there: without loading the app once more. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

/** The checker of accessibility; its short form is read twice as fast by each page. */
const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const complaints = new WeakMap<Page, string[]>()

function watch(page: Page): void {
  const heard: string[] = []
  complaints.set(page, heard)
  page.on('console', (message) => {
    // A refusal of a route or of a public form is an answer, which Chromium writes to the console all the same.
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text()) && !message.location().url.includes('/assets/')
    if (message.type() === 'error' && !isRefusal) heard.push(message.text())
  })
  page.on('pageerror', (fault) => heard.push(fault.message))
}

/**
 * No console error, no sideways scroll, and no accessibility violation (WCAG 2.2 A and AA). Each page of a test file is checked for the
 * latter when it is first seen in a size and language; of its further states npm test draws a third, npm run test:full checks all.
 */
export async function expectSound(page: Page): Promise<void> {
  expectNoComplaint(page)
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overhang, 'the page scrolls sideways').toBeLessThanOrEqual(0)
  if (isFull || isFirstLook(await lookOf(page)) || chance(3) === 0) await expectAccessible(page)
}

const chance = makeChance(seed)
const looks = new Set<string>()

function isFirstLook(look: string): boolean {
  const size = looks.size
  return looks.add(look).size > size
}

/** Which page this is, in which size, type and language: ids aside, which differ from one household to the next. */
function lookOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const path = location.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#')
    return [path, innerWidth, localStorage.getItem('bangfu.preferences'), document.querySelector('[role="dialog"]') !== null].join(' ')
  })
}

async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(checker)
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // Safe: the line above has put axe into the page, or it was there.
    const { axe: found } = globalThis as unknown as { axe: typeof axe }
    const result = await found.run(document, { runOnly: { type: 'tag', values: tags } })
    return result.violations.map(
      (one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
    )
  })
  expect(violations).toEqual([])
}

/** Nothing was written to the console as an error, and no script failed. */
export function expectNoComplaint(page: Page): void {
  expect(complaints.get(page) ?? []).toEqual([])
}

/** Keeps a picture in the folder `BANGFU_SCREENSHOTS`, when that is set. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['BANGFU_SCREENSHOTS']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** `CHROMIUM_PATH`, else the system's; the one that opens no windows does the same with two thirds of the work. */
export function findChromium(): { executablePath?: string } {
  const places = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
  const executablePath = places.find((path) => path !== '' && existsSync(path))
  return executablePath === undefined ? {} : { executablePath }
}

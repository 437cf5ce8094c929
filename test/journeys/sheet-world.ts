import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import { findChromium } from './browser.ts'

export interface SheetWorld {
  page: Page
  close: () => Promise<void>
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

/** A page with nothing but a sheet, in the system's Chromium: a SheetGrid of 100,000 rows of 20 columns, or the page of another folder. */
export async function openSheetWorld(folderName: 'sheet-page' | 'policy-page' = 'sheet-page'): Promise<SheetWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-sheet-'))
  const config = { configFile: resolve('vite.config.ts'), root: resolve('test/journeys', folderName), logLevel: 'error' as const }
  await build({ ...config, build: { outDir: folder, emptyOutDir: true } })
  const server = serve(folder)
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const browser: Browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...findChromium(),
  })
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`)
  await page.getByRole('grid').waitFor()
  return {
    page,
    close: async () => {
      await browser.close()
      await new Promise((done) => void server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function serve(folder: string): Server {
  return createServer((request, response) => {
    const path = join(folder, request.url === '/' ? 'index.html' : (request.url ?? ''))
    const isThere = existsSync(path)
    response.writeHead(isThere ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(isThere ? readFileSync(path) : '')
  })
}

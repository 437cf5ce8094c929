import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Every test file. */
const everyTest = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')))
  .filter((path) => /\.test\.tsx?$/.test(path))

/** Files that open a database of the run's server. */
const withDatabase = new Set(
  everyTest.filter((path) => /test\/database|'\.\.\/database|serverAccess|openAccessWorld/.test(readFileSync(path, 'utf8'))),
)
/** Files of rooms that keep nothing from one test to the next: they share their modules, which halves what they take. */
const pure = everyTest.filter(
  (path) => /^src\/(kernel\/(pure|browser)|modules\/[^/]+\/(rules|admin)|ui)\//.test(path) && !withDatabase.has(path),
)
/** What changes its process for good, counts what it holds open, or starts servers. */
const ofItsProcess =
  /process\.env\[[^\]]*\] = |\.length = 0|\/proc\/self|vi\.(mock|stubEnv|stubGlobal|useFakeTimers)\(|openInstallation|startEmbedded/
/** Such files, and those that hold a browser, have a process of their own. */
const alone = everyTest.filter(
  (path) => !pure.includes(path) && (path.startsWith('test/journeys/') || ofItsProcess.test(readFileSync(path, 'utf8'))),
)
/** All others share the modules of their worker, which saves loading them for each: what a module keeps it keeps by database, or gives back. */
const rooms = everyTest.filter((path) => !pure.includes(path) && !alone.includes(path))
/** What asks the same statements again, of more rows, other files, more callers or a program that is killed: the first run is enough. */
const repeats =
  /^test\/(journeys|fuzz|notices|corpus)\/|(canary|non-interference|downloads|crash|compare-restart|import-jobs|sample|truth|compare-county|linxiang|simulate|simulate-money|check-whole|check-fuzz|check-draft|classify)\.test/
/** A second run on another PostgreSQL: every file that opens a database, but for those that repeat what others ask. */
const again = [...withDatabase].filter((path) => path.endsWith('.test.ts') && !repeats.test(path))
const isSecondRun = process.env['BANGFU_DATABASE_ONLY'] !== undefined

const chosen = (files: readonly string[]) => files.filter((path) => !isSecondRun || again.includes(path))

const every = { setupFiles: ['test/one-seed.ts'], testTimeout: 300_000, hookTimeout: 300_000 }
// One kind after the other, so that a worker goes on with the modules that it has.
const after = (groupOrder: number) => ({ sequence: { groupOrder } })
const withServer = (groupOrder: number) => ({ ...after(groupOrder), globalSetup: ['test/start-database.ts'] })

// One server for the whole run (test/start-database.ts); each test file that wants a database clones the template.
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { test: { ...every, name: 'rooms', ...withServer(0), include: chosen(rooms), isolate: false } },
      { test: { ...every, name: 'alone', ...withServer(1), include: chosen(alone) } },
      { test: { ...every, name: 'pure', ...after(2), include: chosen(pure), isolate: false } },
    ],
  },
})

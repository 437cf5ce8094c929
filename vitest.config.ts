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
const others = everyTest.filter((path) => !pure.includes(path))
/** A second run on another PostgreSQL: browser journeys once are enough. */
const again = [...withDatabase].filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/journeys/'))
const isSecondRun = process.env['BANGFU_DATABASE_ONLY'] !== undefined

const setupFiles = ['test/one-seed.ts']
const patience = { testTimeout: 300_000, hookTimeout: 300_000 }

// One server for the whole run (test/start-database.ts); each test file that wants a database clones the template.
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { test: { ...patience, name: 'rooms', setupFiles, include: isSecondRun ? again : others, globalSetup: ['test/start-database.ts'] } },
      ...(isSecondRun ? [] : [{ test: { ...patience, name: 'pure', setupFiles, include: pure, isolate: false } }]),
    ],
  },
})

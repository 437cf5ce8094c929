import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const everyTest = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts']

/** For a second run on another PostgreSQL: the files that open a database. Browser journeys once are enough. */
function databaseTests(): string[] {
  return ['src', 'test']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/journeys/'))
    .filter((path) => /test\/database|'\.\.\/database|serverAccess|openAccessWorld/.test(readFileSync(path, 'utf8')))
}

// One server for the whole run (test/start-database.ts); each test file that wants a database clones the template.
export default defineConfig({
  test: {
    include: process.env['BANGFU_DATABASE_ONLY'] === undefined ? everyTest : databaseTests(),
    globalSetup: ['test/start-database.ts'],
    setupFiles: ['test/one-seed.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ['default'],
  },
})

// What a test run came to, kept beside what was installed: which tests, on which state of the files.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './prepare.mjs'
import { nameCommit } from './tree-hash.mjs'

const folder = join(checkout, 'node_modules', '.cache', 'bangfu')
const pathOf = (name) => join(folder, `${name}.json`)

/** Keeps the names and statuses of tests by file, with the tree they ran on. */
export function keepReport(name, { tree, tests }) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(pathOf(name), JSON.stringify({ tree, commit: nameCommit(), at: new Date().toISOString(), tests }))
}

/** The report of that name; undefined where there is none. */
export function findReport(name) {
  return existsSync(pathOf(name)) ? JSON.parse(readFileSync(pathOf(name), 'utf8')) : undefined
}

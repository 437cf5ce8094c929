#!/usr/bin/env node
// npm test: sets up, runs types, lint, format, walls, unused code and every test, and ends with `N passed, N failed`.
// --postgres DIR runs the database tests once more on another PostgreSQL (bin, lib, share below DIR). Other words are file filters.
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, checkout, findNode, install, runNode } from './prepare.mjs'
import { keepReport } from './reports.mjs'
import { runTests } from './run-tests.mjs'
import { hashTree } from './tree-hash.mjs'

const args = process.argv.slice(2)
const at = args.indexOf('--postgres')
const otherPostgres = at === -1 ? undefined : args.splice(at, 2)[1]
const filters = args.filter((word) => !word.startsWith('--'))
const tool = (...path) => join(checkout, 'node_modules', ...path)
const folder = mkdtempSync(join(tmpdir(), 'bangfu-run-'))
const notRun = join(folder, 'not-run.txt')
let passed = 0
let failed = 0
/** What failed, said once more at the end: a log is often cut off at the top. */
const failures = []

install()
process.chdir(checkout)
process.env.PATH = `${tool('.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`
process.env.BANGFU_NODE = findNode()
process.env.BANGFU_NOT_RUN = notRun
if (filters.length === 0) await runChecks()
await build()
process.env.BANGFU_BUILT = join(checkout, 'dist', 'admin')
if (filters.length === 0) count('sizes', (await runNode([tool('size-limit/bin.js'), '--silent'])) === 0)
const tree = hashTree()
const { tests } = await runAll('tests', '', {})
// For npm run mission: only a whole run on files that stayed as they were.
if (filters.length === 0 && hashTree() === tree) keepReport('tests', { tree, tests })
if (otherPostgres !== undefined)
  await runAll('again', 'once more on another PostgreSQL: ', { BANGFU_POSTGRES: otherPostgres, BANGFU_DATABASE_ONLY: '1' })
if (existsSync(notRun)) process.stdout.write(`${new Set(readFileSync(notRun, 'utf8').trim().split('\n')).size} not run: no shared data\n`)
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

async function runChecks() {
  const checks = [
    ['types', tool('typescript/bin/tsc'), '--build'],
    ['lint', tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', 'src', 'test', 'bin'],
    ['format', tool('@biomejs/biome/bin/biome'), 'format'],
    ['unused code', tool('knip/bin/knip.js')],
  ]
  for (const [name, script, ...rest] of checks) count(name, (await runNode([script, ...rest])) === 0)
}

async function runAll(name, title, environment) {
  process.stdout.write(`${title}tests\n`)
  const result = await runTests({ folder, name, files: filters, environment })
  passed += result.passed
  failed += result.failures.length
  failures.push(...result.failures.map((failure) => `${title}${failure}`))
  return result
}

function count(name, isGood) {
  if (isGood) passed += 1
  else {
    failed += 1
    failures.push(name)
  }
  process.stdout.write(`${isGood ? 'passed' : 'FAILED'}: ${name}\n`)
}

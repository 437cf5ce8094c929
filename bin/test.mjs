#!/usr/bin/env node
// npm test: sets up, runs types, lint, format, walls, unused code and every test, and ends with `N passed, N failed`.
// --postgres DIR runs the database tests once more on another PostgreSQL (bin, lib, share below DIR). Other words are file filters.
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, checkout, findNode, install, runNode } from './prepare.mjs'

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
if (filters.length === 0) count('sizes', (await runNode([tool('size-limit/bin.js'), '--silent'])) === 0)
await runTests('', {})
if (otherPostgres !== undefined)
  await runTests('once more on another PostgreSQL: ', { BANGFU_POSTGRES: otherPostgres, BANGFU_DATABASE_ONLY: '1' })
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

function count(name, isGood) {
  if (isGood) passed += 1
  else {
    failed += 1
    failures.push(name)
  }
  process.stdout.write(`${isGood ? 'passed' : 'FAILED'}: ${name}\n`)
}

async function runTests(title, environment) {
  const report = join(folder, `report-${passed}.json`)
  process.stdout.write(`${title}tests\n`)
  await runNode(
    [tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
    // Programs that tests start share what was compiled: half a second of each.
    { NODE_COMPILE_CACHE: join(folder, 'compiled'), ...environment },
  )
  if (!existsSync(report)) {
    count(`${title}the test run`, false)
    return
  }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed += result.numPassedTests
  failed += result.numFailedTests
  for (const file of result.testResults)
    for (const one of file.assertionResults)
      if (one.status === 'failed') failures.push(`${title}${file.name}: ${one.fullName}\n${firstLines(one.failureMessages.join('\n'))}`)
  // A file that could not be loaded, or a run that found no test, is a failure too.
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  )
  for (const file of broken) count(`${title}${file.name}`, false)
  if (result.numPassedTests + result.numFailedTests === 0) count(`${title}no test ran`, false)
}

function firstLines(text) {
  return text.split('\n').slice(0, 12).join('\n').slice(0, 2_000)
}

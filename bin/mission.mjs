#!/usr/bin/env node
// npm run mission: does every mechanism of docs/mission.csv work? Takes what npm test found on these very files; what it did not run is run now.
// --run runs every named test anew. Ends with `N of 171 work`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, checkout, findNode, giveUp, install, runNode } from './prepare.mjs'
import { findReport, keepReport } from './reports.mjs'
import { runTests } from './run-tests.mjs'
import { hashTree } from './tree-hash.mjs'

install()
process.chdir(checkout)
process.env.BANGFU_NODE = findNode()
const isAnew = process.argv.includes('--run')
const folder = mkdtempSync(join(tmpdir(), 'bangfu-mission-'))
const main = join(checkout, 'test/mission/main.ts')
const [results, asked] = [join(folder, 'results.json'), join(folder, 'asked.json')]
const tree = hashTree()
const found = {}
for (const name of isAnew ? [] : ['tests', 'mission']) take(name)

/** The report of a run, where it was made on these files. */
function take(name) {
  const report = findReport(name)
  const run = name === 'tests' ? 'npm test' : 'npm run mission'
  if (report === undefined) process.stdout.write(`no report of ${run}\n`)
  else if (report.tree !== tree) process.stdout.write(`the report of ${run} (${report.at}, ${report.commit}) is older than the sources\n`)
  else {
    process.stdout.write(`report of ${run}: ${report.at}, ${report.commit}\n`)
    merge(report.tests)
  }
}

/** What ran replaces what did not; a later run of the same test counts. */
function merge(tests) {
  for (const [path, list] of Object.entries(tests)) {
    const known = new Map(found[path] ?? [])
    for (const [name, status] of list) if (!known.has(name) || status === 'passed' || status === 'failed') known.set(name, status)
    found[path] = [...known]
  }
}

/** Asks what did not run yet; undefined where the table is at fault. */
async function ask() {
  writeFileSync(results, JSON.stringify(found))
  if ((await runNode([main, 'ask', results, asked])) !== 0) return undefined
  return JSON.parse(readFileSync(asked, 'utf8'))
}

async function runWhatIsMissing() {
  const first = await ask()
  if (first === undefined) return false
  if (first.files.length === 0) return true
  process.stdout.write(`running ${first.files.length} test files\n`)
  await build()
  process.env.BANGFU_BUILT = join(checkout, 'dist', 'admin')
  // Which ledgers the walk takes is drawn otherwise.
  const environment = first.ledgers.length === 0 ? {} : { BANGFU_WALK: first.ledgers.join(',') }
  const { tests } = await runTests({ folder, name: 'mission', files: first.files, environment })
  merge(tests)
  return true
}

if (!(await runWhatIsMissing())) process.exitCode = 1
else if (hashTree() !== tree) giveUp('The sources changed while the tests ran: run it again.')
else {
  keepReport('mission', { tree, tests: found })
  await ask()
  process.exitCode = await runNode([main, 'print', results])
}
rmSync(folder, { recursive: true, force: true })

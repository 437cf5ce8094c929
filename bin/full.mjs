#!/usr/bin/env node
// npm run test:full -- [FILE…]: the tests of which npm test draws a part, whole: files spoilt by chance, every move of a case by everybody,
// a thousand races each, ten thousand deadlines, every page, every way to ask every route. Takes an hour or two on two cores; FILE narrows it.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkout, install } from './prepare.mjs'
import { runTests } from './run-tests.mjs'

const full = {
  BANGFU_FULL: '1',
  FUZZ: 'full',
  CLOCKS: 'full',
  CASES: 'full',
  CORPUS: 'full',
  PAGES: 'full',
  BANGFU_INCOME_ROUNDS: '10000',
  BANGFU_NOTICE_SEEDS: '20000',
  BANGFU_NOTICE_RACES: '1000',
}

install()
process.chdir(checkout)
const wanted = process.argv.slice(2)
// What asks for one of these, or draws its rounds with test/chance.ts, itself or through a world of the tests.
const asks = new RegExp(
  `env\\['(${Object.keys(full).join('|')})'\\]|\\b(rounds|drawn|isFull)\\b[\\s\\S]*from '.*/chance\\.ts'|/probes\\.ts'|/browser\\.ts'`,
)
const files = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')))
  .filter((path) => /\.test\.tsx?$/.test(path) && asks.test(readFileSync(path, 'utf8')))
  .filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
if (files.length === 0) {
  process.stderr.write('no such test with many rounds\n')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'bangfu-run-'))
const { passed, failures } = await runTests({ folder, name: 'full', files, environment: full })
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exitCode = failures.length === 0 ? 0 : 1

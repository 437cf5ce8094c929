#!/usr/bin/env node
// npm run test:full -- [FILE…]: the tests that draw many rounds, with all of them (npm test runs a part): files spoilt by chance, every move of a case
// by everybody, a thousand races each, ten thousand deadlines, every page. Takes up to an hour on two cores; FILE narrows it.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, install, runNode } from './prepare.mjs'

const full = {
  FUZZ: 'full',
  CLOCKS: 'full',
  CASES: 'full',
  PAGES: 'full',
  BANGFU_INCOME_ROUNDS: '10000',
  BANGFU_NOTICE_SEEDS: '20000',
  BANGFU_NOTICE_RACES: '1000',
}

install()
process.chdir(checkout)
const wanted = process.argv.slice(2)
const asks = new RegExp(`env\\['(${Object.keys(full).join('|')})'\\]`)
const files = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')))
  .filter((path) => /\.test\.tsx?$/.test(path) && asks.test(readFileSync(path, 'utf8')))
  .filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
if (files.length === 0) {
  process.stderr.write('no such test with many rounds\n')
  process.exit(2)
}
process.exitCode = await runNode([join(checkout, 'node_modules/vitest/vitest.mjs'), 'run', ...files], full)

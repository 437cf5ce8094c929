#!/usr/bin/env node
// npm run test:soak -- [MINUTES] [FILE…]: the tests that draw by chance, again and again with fresh seeds, ten minutes unless told otherwise.
// Each round prints its seed; a round that fails prints what failed and how to repeat it, and the next one begins.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, findNode, install } from './prepare.mjs'

const words = process.argv.slice(2)
const minutes = /^\d+$/.test(words[0] ?? '') ? Number(words.shift()) : 10

install()
process.chdir(checkout)
const files = words.length > 0 ? words : chanceTests()
const until = Date.now() + minutes * 60_000
const failed = []
let rounds = 0
let child
// Stopping this stops the round that runs; it cleans up after itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (child?.kill(signal), process.exit(1)))
while (Date.now() < until) {
  const seed = randomInt(2 ** 31)
  const { code, said } = await run(seed)
  rounds += 1
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}: BANGFU_SEED=${seed}\n`)
  if (code === 0) continue
  failed.push(seed)
  process.stdout.write(`${said}\nrepeat: BANGFU_SEED=${seed} npx vitest run ${files.join(' ')}\n`)
}
process.stdout.write(`${rounds} rounds, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(' ')}` : ''}\n`)
process.exitCode = failed.length === 0 ? 0 : 1

/** The files that take chance from test/chance.ts or draw with fast-check. */
function chanceTests() {
  return ['src', 'test']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/')))
    .filter((path) => /\.test\.tsx?$/.test(path) && /from '(fast-check|.*\/chance\.ts)'/.test(readFileSync(path, 'utf8')))
}

function run(seed) {
  return new Promise((done) => {
    child = spawn(findNode(), ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', ...files], {
      env: { ...process.env, BANGFU_SEED: String(seed), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = `${said}${text}`.slice(-30_000)))
    child.on('exit', (code) => done({ code, said }))
  })
}

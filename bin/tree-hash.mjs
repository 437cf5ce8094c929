// What the tests were run on: a hash over every source, so that a report is never taken for another state of the files.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './prepare.mjs'

const folders = ['src', 'test', 'migrations']
const files = ['package.json', 'package-lock.json', 'vitest.config.ts']

const byName = (one, other) => (one < other ? -1 : 1)

/** SHA-256 over the paths and bytes of what tests run on. */
export function hashTree() {
  const hash = createHash('sha256')
  const inside = folders.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const path of [...inside, ...files.map((name) => join(checkout, name))].sort(byName)) {
    hash.update(`${path.slice(checkout.length)}\n`)
    hash.update(createHash('sha256').update(readFileSync(path)).digest())
  }
  return hash.digest('hex')
}

/** The commit that is checked out, with `+` where files differ from it; '' without git. */
export function nameCommit() {
  const git = (...args) => spawnSync('git', args, { cwd: checkout, encoding: 'utf8' })
  const head = git('rev-parse', '--short=12', 'HEAD')
  if (head.status !== 0) return ''
  return `${head.stdout.trim()}${git('status', '--porcelain').stdout === '' ? '' : '+'}`
}

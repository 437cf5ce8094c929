import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { warmProbe } from './probe-cache.ts'

const cache = mkdtempSync(join(tmpdir(), 'bangfu-engine-'))
afterAll(() => rmSync(cache, { recursive: true, force: true }))

it('compiles the comparing program once for each of its states', async () => {
  await warmProbe({ flags: [], cache })
  const first = readdirSync(cache).toSorted()
  expect(first).toHaveLength(2) // Node's own folder and the mark
  expect(readdirSync(join(cache, first.find((name) => !name.startsWith('ready-')) ?? '')).length).toBeGreaterThan(50)
  await warmProbe({ flags: [], cache })
  expect(readdirSync(cache).toSorted()).toEqual(first)
})

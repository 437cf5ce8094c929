import { appendFileSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe } from 'vitest'

/** The folder of the synthetic sample county that lies beside a developer's checkout; `undefined` for a stranger. */
export function findSampleCounty(): string | undefined {
  const folder = join(resolve(process.env['BANGFU_SHARED'] ?? '../shared'), 'data', 'sample-county')
  return existsSync(folder) ? folder : undefined
}

/** Tests over the sample county. Where it is absent they are not run and are counted as such, never as passed. */
export function describeWithSampleCounty(name: string, body: (folder: string) => void): void {
  const folder = findSampleCounty()
  if (folder !== undefined) {
    describe(name, () => body(folder))
    return
  }
  const note = process.env['BANGFU_NOT_RUN']
  if (note !== undefined) appendFileSync(note, `${name}\n`)
  // oxlint-disable-next-line no-console -- the run must say what it did not do
  console.log(`not run: no shared data — ${name}`)
}

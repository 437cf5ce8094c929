import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { missingCatalogues, placesOfMissing } from './case-missing-parts.ts'

const rules = join(import.meta.dirname, '../rules')

it('every sentence of what may be missing is known to the screen and leads somewhere', () => {
  const written = readdirSync(rules, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('-words.ts'))
    .flatMap((name) => [...readFileSync(join(rules, name), 'utf8').matchAll(/^ {2}'missing\.([a-z.-]+)':/gm)].map(([, code = '']) => code))
  const known = missingCatalogues.flatMap((one) => Object.keys(one)).map((key) => key.replace('missing.', ''))
  expect(written.length).toBeGreaterThan(20)
  expect(written.filter((code) => !known.includes(code))).toEqual([])
  // What only time brings has no place to go to.
  const nowhere = known.filter((code) => !code.startsWith('settle') && !placesOfMissing.some(({ prefix }) => code.startsWith(prefix)))
  expect(nowhere).toEqual([])
})

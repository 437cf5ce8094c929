import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { areaPathOf } from '#kernel/server/policies/index.ts'
import { countyPolicies } from './county-policies.ts'

/** A text that went out with a release: results of counties name it by an id made of just this. */
const Released = z.strictObject({
  key: z.string(),
  /** As in index.json: '' the nation, '43' a province. */
  area: z.string(),
  effectiveFrom: z.string(),
  /** SHA-256 of the text. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
type Released = z.infer<typeof Released>

const file = new URL('../policy/released.json', import.meta.url)
const list = z.array(Released).parse(JSON.parse(readFileSync(file, 'utf8')))
const nameOf = ({ key, area, effectiveFrom }: Omit<Released, 'hash'>) => `${key} of '${area}' from ${effectiveFrom}`

/** What is shipped today. */
function shippedNow(): Released[] {
  return [...countyPolicies().shipped.values()]
    .flat()
    .map(({ key, areaPath, effectiveFrom, hash }) => ({ key, area: areaPath.split('.').slice(-2)[0] ?? '', effectiveFrom, hash }))
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

/** What became of released texts that are no longer as they were. */
function brokenIn(released: readonly Released[], shipped: readonly Released[]): string[] {
  const now = new Map(shipped.map((one) => [nameOf(one), one.hash]))
  return released.flatMap((one) => {
    const hash = now.get(nameOf(one))
    if (hash === one.hash) return []
    const what = hash === undefined ? 'is gone' : 'was changed'
    return [`${nameOf(one)} ${what}: put it back, and write what is new as a text of its own with its own first day in index.json`]
  })
}

describe('texts that were released', () => {
  it('stand as they were, so that a result can be explained years later', () => {
    const shipped = shippedNow()
    // `BANGFU_RELEASE=1 npx vitest run src/modules/policies/server/released.test.ts`: what is shipped now is released (CONTRIBUTING.md).
    if (process.env['BANGFU_RELEASE'] === '1') {
      const known = new Set(list.map(nameOf))
      const all = [...list, ...shipped.filter((one) => !known.has(nameOf(one)))]
      writeFileSync(file, `[\n${all.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`)
    }
    expect(brokenIn(list, shipped)).toEqual([])
  })

  it('are missed when they vanish or change, and not when others come', () => {
    const [first, second, ...others] = shippedNow()
    if (first === undefined || second === undefined) return expect.unreachable('texts are shipped')
    expect(areaPathOf(first.area)).toBe([...countyPolicies().shipped.values()].flat().find((one) => one.hash === first.hash)?.areaPath)
    const all = [first, second, ...others]
    expect(brokenIn([first, second], all)).toEqual([])
    expect(brokenIn(all, [{ ...first, hash: '0'.repeat(64) }, ...others])).toEqual([
      expect.stringContaining(`${nameOf(first)} was changed`),
      expect.stringContaining(`${nameOf(second)} is gone`),
    ])
  })
})

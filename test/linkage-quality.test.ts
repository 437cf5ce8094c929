import { beforeAll, describe, expect, it } from 'vitest'
import { linkagePolicy } from '../src/modules/registry/rules/index.ts'
import { chooseThreshold, makeLabelled, qualityAt, scorePairs, type ScoredPair } from './bench/linkage-measure.ts'
import { measureRows } from './bench/linkage-rows.ts'

// What `npm run bench -- linkage` prints, held: labelled pairs of an invented register with a mix of dirt and hard rivals.
describe('linkage on labelled pairs that were not used to choose its threshold', () => {
  let labelled: ReturnType<typeof makeLabelled>
  let scored: ScoredPair[]
  beforeAll(() => {
    labelled = makeLabelled('linkage held', { persons: 40_000, same: 4_000, others: 2_500 })
    scored = scorePairs(labelled.scale, labelled.pairs)
  })

  it('is right in 99.5 of a hundred decisions and finds 95 of a hundred true pairs', () => {
    const { precision, recall } = qualityAt(scored, linkagePolicy.thresholds.match)
    expect(scored.length).toBeGreaterThanOrEqual(5_000)
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })

  it('has a threshold near the one that these pairs would choose', () => {
    expect(Math.abs(chooseThreshold(scored, 0.998) - linkagePolicy.thresholds.match)).toBeLessThanOrEqual(3)
  })

  it('holds the same for rows that go through the comparison, one person in twelve unknown to the register', () => {
    const { precision, recall, rows } = measureRows(labelled)
    expect(rows).toBeGreaterThanOrEqual(5_000)
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })
})

import { describe, expect, it } from 'vitest'
import { valueAt, type Facts } from '#kernel/pure/decisions/index.ts'
import { numberFrom } from '#kernel/pure/expressions/index.ts'
import { jsonAt, makeFactPrinter, pickRecords } from './columns.ts'

const facts: Facts = {
  收入: { kind: 'numbers', values: Float64Array.of(700_050, NaN, 12, 13), scale: 2 },
  日: { kind: 'days', values: Float64Array.of(0, 19_722, NaN, 1) },
  类型: { kind: 'words', codes: Int32Array.of(0, 1, -1, 0), words: ['一般农户', '脱贫户'], unknown: Uint8Array.of(0b1000) },
  值: { kind: 'values', values: [numberFrom(15n, 1), null, true, 'x'] },
}

describe('columns of facts', () => {
  it('prints money in yuan, days and words, and null for what is not known', () => {
    const print = makeFactPrinter(facts, ['收入', '日', '类型', '值', '没有'])
    expect([0, 1, 2, 3].map((record) => JSON.parse(print(record)) as unknown)).toEqual([
      [7000.5, '1970-01-01', '一般农户', 1.5, null],
      [null, '2023-12-31', '脱贫户', null, null],
      [0.12, null, null, true, null],
      [0.13, '1970-01-02', null, 'x', null],
    ])
    expect(jsonAt(undefined, 0)).toBe(null)
  })

  it('gives the same values for some households as for all', () => {
    const places = Int32Array.of(3, 1, 0)
    const picked = pickRecords(facts, places)
    for (const name of Object.keys(facts))
      for (const [at, place] of places.entries()) {
        const [one, other] = [picked[name], facts[name]]
        if (one === undefined || other === undefined) throw new Error(name)
        expect(valueAt(one, at)).toEqual(valueAt(other, place))
      }
  })
})

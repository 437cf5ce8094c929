import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMonths, deltaStates, keepKeys } from './delta.ts'

/** A month as keys and values; one key may come several times. */
type Month = { key: number; value: number }[]

const rowsOf = (month: Month): Int32Array => Int32Array.from(month.flatMap(({ key, value }) => [key * 7919, key, value * 31, value]))
const told = (values: number[]): string => [...new Set(values)].toSorted((one, other) => one - other).join()
const keptOf = (month: Month): Int32Array => keepKeys(rowsOf(month), compareMonths(rowsOf(month), undefined))

/** The same, told by sets of values. */
function tell(month: Month, before: Month): { states: string[]; firsts: number[]; vanished: number[] } {
  const valuesOf = (rows: Month, key: number) => rows.filter((row) => row.key === key).map((row) => row.value)
  const state = (key: number): string => {
    const [now, then] = [valuesOf(month, key), valuesOf(before, key)]
    if (then.length === 0) return 'new'
    const sameSet = told(now) === told(then)
    return sameSet || now[now.length - 1] === then[then.length - 1] ? 'same' : 'changed'
  }
  const keys = month.map(({ key }) => key)
  return {
    states: keys.map(state),
    firsts: keys.flatMap((key, at) => (keys.indexOf(key) === at ? [at] : [])),
    vanished: [...new Set(before.map(({ key }) => key))].filter((key) => !keys.includes(key)).toSorted((a, b) => a - b),
  }
}

function show(month: Month, before: Month): ReturnType<typeof tell> {
  const base = keptOf(before)
  const delta = compareMonths(rowsOf(month), base)
  const { states, firsts } = tell(month, before)
  const count = (name: string) => firsts.filter((at) => states[at] === name).length
  expect(delta.counts).toEqual({ same: count('same'), new: count('new'), changed: count('changed'), vanished: delta.vanished.length })
  return {
    states: [...delta.states].map((state) => deltaStates[state] ?? ''),
    firsts: [...delta.isFirst].flatMap((first, at) => (first === 1 ? [at] : [])),
    vanished: [...delta.vanished].map((at) => base[at + 1] ?? -1).toSorted((a, b) => a - b),
  }
}

// Values are powers of three, so that different sets have different sums.
const row = (most: number) => fc.record({ key: fc.nat(most), value: fc.constantFrom(1, 3, 9, 27) })

describe('the comparison of two months', () => {
  it('tells new, changed, vanished and same rows as sets of values tell them, in any order', () => {
    fc.assert(
      fc.property(fc.array(row(12), { maxLength: 40 }), fc.array(row(12), { maxLength: 40 }), (month, before) => {
        expect(show(month, before)).toEqual(tell(month, before))
      }),
      { numRuns: 500 },
    )
  })

  it('tells the same when the list kept its order but for some rows', () => {
    const edits = fc.array(fc.record({ at: fc.nat(60), kind: fc.constantFrom('drop', 'add', 'change', 'repeat', 'swap') }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(edits, (list) => {
        const before = Array.from({ length: 60 }, (_, key) => ({ key, value: 1 }))
        const month = list.reduce<Month>((rows, { at, kind }, number) => edit(rows, at, { kind, number }), before)
        expect(show(month, before)).toEqual(tell(month, before))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps keys in the order in which the list names them first', () => {
    const kept = keptOf([
      { key: 5, value: 1 },
      { key: 2, value: 3 },
      { key: 5, value: 9 },
    ])
    expect([kept.length / 6, kept[1], kept[7]]).toEqual([2, 5, 2])
  })
})

function edit(rows: Month, place: number, { kind, number }: { kind: string; number: number }): Month {
  const at = rows.length === 0 ? 0 : place % rows.length
  const one = rows[at]
  if (one === undefined) return rows
  if (kind === 'drop') return rows.toSpliced(at, 1)
  if (kind === 'add') return rows.toSpliced(at, 0, { key: 100 + number, value: 1 })
  if (kind === 'change') return rows.with(at, { key: one.key, value: 3 })
  if (kind === 'repeat') return rows.toSpliced((at * 7) % rows.length, 0, { key: one.key, value: 9 })
  return rows.toSpliced(at, 1).toSpliced(0, 0, one)
}

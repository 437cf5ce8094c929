import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberFrom } from '#kernel/pure/expressions/index.ts'
import { fenOf, outcomeText } from './outcome.ts'
import { makeOutcomes, makeTally, mostOutcomes, otherOutcomes, workloadOf } from './simulate.ts'

const record = fc.record({
  before: fc.integer({ min: 0, max: 5 }),
  after: fc.integer({ min: 0, max: 5 }),
  township: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: 0, max: 1 }),
})
type Record = { before: number; after: number; township: number; amount: number }

function tallyOf(records: readonly Record[], partLength: number) {
  const tally = makeTally()
  for (let from = 0; from < records.length; from += partLength) {
    const part = records.slice(from, from + partLength)
    tally.add({
      before: Int32Array.from(part, (one) => one.before),
      after: Int32Array.from(part, (one) => one.after),
      townships: Int32Array.from(part, (one) => one.township),
      amounts: Uint8Array.from(part, (one) => one.amount),
    })
  }
  return tally.finish()
}

describe('the tally of a simulation', () => {
  it('adds up: to the count, to old and new outcomes, to the townships; cut into parts as it may', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (records, partLength) => {
        const { count, changed, matrix, townships, amountChanges } = tallyOf(records, partLength)
        expect(count).toBe(records.length)
        expect(changed).toBe(records.filter(({ before, after, amount }) => before !== after || amount === 1).length)
        const kept = records.filter(({ before, after, amount }) => before === after && amount === 1)
        for (const [outcome, times] of amountChanges) expect(times).toBe(kept.filter((one) => one.after === outcome).length)
        expect(amountChanges.reduce((sum, [, times]) => sum + times, 0)).toBe(kept.length)
        for (let outcome = 0; outcome <= 5; outcome += 1) {
          const from = matrix.filter(([before]) => before === outcome).reduce((sum, [, , one]) => sum + one, 0)
          const to = matrix.filter(([, after]) => after === outcome).reduce((sum, [, , one]) => sum + one, 0)
          expect(from).toBe(records.filter(({ before }) => before === outcome).length)
          expect(to).toBe(records.filter(({ after }) => after === outcome).length)
        }
        expect(townships.reduce((sum, one) => sum + one.count, 0)).toBe(count)
        expect(townships.reduce((sum, one) => sum + one.changed, 0)).toBe(changed)
        for (const { township, changes } of townships)
          for (const [before, after, times] of changes)
            expect(times).toBe(records.filter((one) => one.township === township && one.before === before && one.after === after).length)
        expect(tallyOf(records, 1)).toEqual(tallyOf(records, 100))
      }),
    )
  })

  it('keeps what is undecided first, and puts what nobody can read into one', () => {
    const outcomes = makeOutcomes()
    expect(outcomes.placeOf('')).toBe(0)
    const places = Array.from({ length: 500 }, (_, at) => outcomes.placeOf(`结果${at}`))
    expect(new Set(places).size).toBe(mostOutcomes)
    expect(outcomes.texts[places.at(-1) ?? 0]).toBe(otherOutcomes)
    expect(outcomes.placeOf('结果3')).toBe(places[3])
  })

  it('costs person-days to one decimal', () => {
    expect(workloadOf(125, 0.1)).toEqual({ visits: 125, personDays: 12.5 })
    expect(workloadOf(3, 0.25)).toEqual({ visits: 3, personDays: 0.8 })
  })
})

describe('an outcome', () => {
  it('is the outputs as people read them; money alone says only whether there is any', () => {
    expect(outcomeText([{ name: '层次', value: '第一层' }], [])).toBe('第一层')
    expect(outcomeText([{ name: '层次', value: null }], [])).toBe('')
    expect(
      outcomeText(
        [
          { name: '需要', value: true },
          { name: '措施', value: ['就业', '产业'] },
        ],
        [],
      ),
    ).toBe('是；就业、产业')
    expect(
      outcomeText(
        [
          { name: '类别', value: '甲' },
          { name: '金额', value: numberFrom(5n, 0) },
        ],
        ['金额'],
      ),
    ).toBe('甲')
    expect(outcomeText([{ name: '金额', value: numberFrom(5n, 0) }], ['金额'])).toBe('有金额')
  })

  it('sums exact fen, half a fen away from zero', () => {
    const digits = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        const fen = fenOf(numberFrom(value, scale)) ?? 0n
        const exact = value * 100n // fen × 10^scale
        const unit = 10n ** BigInt(scale)
        const distance = exact - fen * unit
        expect((distance < 0n ? -distance : distance) * 2n <= unit).toBe(true)
        if ((distance < 0n ? -distance : distance) * 2n === unit) expect(fen * unit * fen >= 0n && fen !== 0n).toBe(true)
      }),
    )
    expect(fenOf('5')).toBeNull()
  })
})

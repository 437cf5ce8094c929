import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Precedence } from '../policy/policy.ts'
import { mergeRow, type CurrentRow, type MergeVerdict, type StatedRow } from './merge-row.ts'

const rank: Precedence = { mode: 'rank', order: ['register', 'monitoring', 'building'] }
const latest: Precedence = { mode: 'latest', order: ['monitoring', 'building', 'register'] }
const precedenceOf = (field: string): Precedence => (field === 'name' ? rank : latest)
const held = (given: Partial<CurrentRow>): CurrentRow => ({ values: {}, sources: {}, exceptions: {}, conflicts: {}, ...given })

/** The row after a verdict, as the import writes it. */
function after(current: CurrentRow, stated: StatedRow, verdict: MergeVerdict): CurrentRow {
  const values = { ...current.values }
  for (const field of verdict.take) values[field] = stated.values[field]
  const conflicts: Record<string, Record<string, string | number | boolean>> = structuredClone(current.conflicts)
  for (const field of verdict.settled) delete conflicts[field]?.[stated.kind]
  for (const { field } of verdict.conflicts) {
    const value = stated.values[field]
    if (value !== undefined) conflicts[field] = { ...conflicts[field], [stated.kind]: value }
  }
  const exceptions = { ...current.exceptions, ...verdict.exceptions }
  for (const field of verdict.ordinary) delete exceptions[field]
  const before = current.sources[stated.kind]?.on ?? ''
  const on = before > stated.on ? before : stated.on
  return { values, sources: { ...current.sources, [stated.kind]: { on } }, exceptions, conflicts }
}

describe('whose value wins', () => {
  it('is the stronger source for names, whatever the day', () => {
    const current = held({ values: { name: '甲' }, sources: { register: { on: '2023-01-01' } } })
    const verdict = mergeRow(current, { kind: 'monitoring', on: '2023-12-01', fields: ['name'], values: { name: '乙' } }, precedenceOf)
    expect(verdict).toMatchObject({ take: [], conflicts: [{ field: 'name', reason: 'stronger-source', isNew: true }] })
  })

  it('is the later file for living conditions, and the stronger of the same day', () => {
    const current = held({ values: { road: 'a' }, sources: { monitoring: { on: '2023-06-01' } } })
    const stated = (on: string): StatedRow => ({ kind: 'building', on, fields: ['road'], values: { road: 'b' } })
    expect(mergeRow(current, stated('2023-07-01'), precedenceOf).take).toEqual(['road'])
    expect(mergeRow(current, stated('2023-06-01'), precedenceOf).conflicts[0]?.reason).toBe('stronger-source')
    expect(mergeRow(current, stated('2023-05-01'), precedenceOf).conflicts[0]?.reason).toBe('later-source')
  })

  it('is never a file against a correction', () => {
    const current = held({
      values: { name: '甲' },
      sources: { register: { on: '2023-01-01' } },
      exceptions: { name: { correction: 'c1' } },
    })
    const verdict = mergeRow(current, { kind: 'register', on: '2023-12-01', fields: ['name'], values: { name: '乙' } }, precedenceOf)
    expect(verdict.conflicts).toEqual([{ field: 'name', reason: 'corrected', isNew: true }])
  })

  it('is what a person chose for the batch, except against a correction', () => {
    const current = held({
      values: { name: '甲', road: 'a', phone: '1' },
      sources: { register: { on: '2023-06-01' } },
      exceptions: { phone: { correction: 'c1' } },
    })
    const fields = ['name', 'road', 'phone']
    const stated = (on: string, winner: 'file' | 'register' | 'newer'): StatedRow => ({
      kind: 'monitoring',
      on,
      fields,
      values: { name: '乙', road: 'b', phone: '2' },
      winnerOf: () => winner,
    })
    const taken = (on: string, winner: 'file' | 'register' | 'newer') => {
      const { take, conflicts } = mergeRow(current, stated(on, winner), precedenceOf)
      return { take, kept: conflicts.map(({ field, reason }) => `${field} ${reason}`) }
    }
    expect(taken('2023-01-01', 'file')).toEqual({ take: ['name', 'road'], kept: ['phone corrected'] })
    expect(taken('2023-12-01', 'register')).toEqual({ take: [], kept: ['name chosen', 'road chosen', 'phone corrected'] })
    expect(taken('2023-12-01', 'newer')).toEqual({ take: ['name', 'road'], kept: ['phone corrected'] })
    expect(taken('2023-01-01', 'newer').take).toEqual([])
  })

  it('fills what is empty, and empties only what came from the same kind', () => {
    const current = held({ values: { road: 'a' }, sources: { monitoring: { on: '2023-06-01' } } })
    expect(mergeRow(current, { kind: 'building', on: '2023-07-01', fields: ['road'], values: {} }, precedenceOf).take).toEqual([])
    expect(mergeRow(current, { kind: 'monitoring', on: '2023-07-01', fields: ['road'], values: {} }, precedenceOf).take).toEqual(['road'])
  })

  it('is the same when a file states the same again, and in every history of files', () => {
    const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined })
    const statement: fc.Arbitrary<StatedRow> = fc.record({
      kind: fc.constantFrom('register' as const, 'monitoring' as const, 'building' as const),
      on: fc.constantFrom('2023-01-01', '2023-02-01', '2023-03-01'),
      fields: fc.constantFrom(['name', 'road'], ['road'], ['name', 'phone', 'road']),
      values: fc.record({ name: value, road: value, phone: value }),
    })
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 8 }), (statements) => {
        let current = held({})
        for (const stated of statements) {
          current = after(current, stated, mergeRow(current, stated, precedenceOf))
          const again = mergeRow(current, stated, precedenceOf)
          expect({ take: again.take, news: again.conflicts.filter((one) => one.isNew), settled: again.settled }).toEqual({
            take: [],
            news: [],
            settled: [],
          })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

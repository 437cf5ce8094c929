import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeNumberBook } from './number-book.ts'

it('names the first row of every number again, and never one it has not met', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 300 }), (numbers) => {
      const book = makeNumberBook()
      const first = new Map<string, number>()
      numbers.forEach((number, index) => {
        expect(book.findOrNote(number, index + 1)).toBe(first.get(number))
        if (!first.has(number)) first.set(number, index + 1)
      })
    }),
  )
})

it('tells a hundred thousand consecutive numbers apart', () => {
  const book = makeNumberBook()
  const numbers = Array.from({ length: 100_000 }, (_, at) => `990301101203${String(at).padStart(6, '0')}`)
  expect(numbers.filter((number, at) => book.findOrNote(number, at + 1) !== undefined)).toEqual([])
  expect(numbers.filter((number, at) => book.findOrNote(number, 1) !== at + 1)).toEqual([])
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startRun } from '../run.ts'
import { findAll, findIn, patternOf, pointsOf } from './pattern.ts'

/** Small patterns that mean the same in XPath and in JavaScript. */
const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '(a|b)', '(?:ab|c)', '(a*)', '(ab?)', 'x', '[a-c]')
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?', '??')
const pattern = fc
  .array(
    fc.tuple(atom, quantifier).map(([one, times]) => one + times),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''))
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'x'), { maxLength: 12 }).map((signs) => signs.join(''))

function read(source: string, flags = '') {
  const found = patternOf(source, flags)
  if (found === null) throw new Error(`not a pattern: ${source}`)
  return found
}

describe('patterns', () => {
  it('find what JavaScript finds, where it finds it', () => {
    const check = fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), text, (ways, input) => {
      const source = ways.join('|')
      const run = startRun()
      const wanted = new RegExp(source, 'su').exec(input)
      const found = findIn(read(source, 's'), pointsOf(input, run), 0, run)
      expect(found?.slice(0, 2) ?? null).toEqual(wanted === null ? null : [wanted.index, wanted.index + wanted[0].length])
    })
    fc.assert(check, { numRuns: 3000, seed: 20 })
  })

  it.each([
    ['人+口', '', '脱贫人人口数', [2, 5]],
    ['^b$', 'm', 'a\nb\nc', [2, 3]],
    ['^b$', '', 'a\nb\nc', null],
    ['a.c', '', 'a\nc', null],
    ['a.c', 's', 'a\nc', [0, 3]],
    ['ÄB', 'i', 'xäb', [1, 3]],
    ['[^q]', 'i', 'Q', null],
    ['h e l l o [ ]', 'x', 'hello ', [0, 6]],
    ['[a-z-[aeiou]]+', '', 'aeixyz', [3, 6]],
    ['\\p{Lu}\\d+', '', 'a B12', [2, 5]],
    ['\\p{IsCJKUnifiedIdeographs}+', '', 'ab脱贫c', [2, 4]],
    ['a.b', 'q', 'aab a.b', [4, 7]],
    ['(a)|b', '', 'b', [0, 1]],
    ['', '', 'a', [0, 0]],
  ])('%j with flags %j in %j', (source, flags, input, wanted) => {
    const run = startRun()
    expect(findIn(read(source, flags), pointsOf(input, run), 0, run)?.slice(0, 2) ?? null).toEqual(wanted)
  })

  it('are refused when they are none, have back-references or unknown flags', () => {
    const none = ['(', ')', '[', 'a{2,1}', '*', 'a**', '\\', '(a)\\1', '(?=a)', '\\p{Xx}', '[z-a]', 'a{1001}', '((a{999}){999}){9}']
    expect(none.map((source) => patternOf(source, ''))).toEqual(none.map(() => null))
    expect(patternOf('a', 'g')).toBeNull()
  })

  it('take steps in proportion to the text where backtracking would never end', () => {
    const steps = (length: number) => {
      const run = startRun({ steps: 10_000_000 })
      expect(findIn(read('(a*)*(a|aa)+b'), pointsOf('a'.repeat(length), run), 0, run)).toBeNull()
      return 10_000_000 - run.stepsLeft
    }
    expect(steps(4000)).toBeLessThan(steps(2000) * 2.1)
  })

  it('are paid for when matches are looked for again and again', () => {
    const run = startRun({ steps: 100_000 })
    expect(() => findAll(read('(a+)+b|a'), pointsOf('a'.repeat(5000), run), run)).toThrow('expressions.steps-used-up')
  })
})

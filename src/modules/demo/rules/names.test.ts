import { expect, it } from 'vitest'
import { soundOfName } from '#kernel/pure/text/pinyin.ts'
import { makeName, readingOf, soundOf, surnameOf, writeByEar, writeTraditional } from './names.ts'
import { randomFrom } from './random.ts'

const random = randomFrom('names')
const names = Array.from({ length: 4000 }, (_, at) => makeName(random, { sex: at % 2 === 0 ? 'male' : 'female', bornIn: 1940 + (at % 80) }))

it('reads names aloud as the dictionary does, surnames with several readings included', () => {
  const plain = names.filter((name) => !/[·䶮𬱖]/u.test(name))
  expect(plain.filter((name) => soundOf(name) !== soundOfName(name).full)).toEqual([])
})

it('makes names with middle dots, rare characters and surnames of special readings', () => {
  const many = Array.from({ length: 30_000 }, () => makeName(random, { sex: 'male', bornIn: 1990 }))
  expect(many.some((name) => name.includes('·'))).toBe(true)
  expect(many.some((name) => name.includes('䶮'))).toBe(true)
  expect(many.some((name) => name.includes('𬱖'))).toBe(true)
  const surnames = new Set(many.map(surnameOf))
  expect(['曾', '单', '区', '解', '仇', '盖'].filter((surname) => !surnames.has(surname))).toEqual([])
})

it('writes by ear another name of the same sound and tone', () => {
  for (const name of names.slice(0, 500)) {
    const other = writeByEar(random, name)
    if (other === undefined) continue
    expect(other).not.toBe(name)
    expect(readingOf(other)).toBe(readingOf(name))
    expect(surnameOf(other)).toBe(surnameOf(name))
  }
})

it('hears traditional and spaced writing as the same name', () => {
  expect(writeTraditional('刘国华')).toBe('劉國華')
  expect(soundOf('劉 國　華')).toBe(soundOf('刘国华'))
  expect(writeTraditional('王玉')).toBeUndefined()
})

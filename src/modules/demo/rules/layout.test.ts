import { expect, it } from 'vitest'
import { listForms, listNames } from '../policy/lists.ts'
import { drawLayout, type Layout } from './layout.ts'
import { randomFrom } from './random.ts'

const plain = { legacy: false, numberIds: false }
const layouts = listNames.flatMap((list) =>
  Array.from({ length: 120 }, (_, seed) => drawLayout(randomFrom(`${seed}/${list}`), list, plain)),
)
const all = <T>(of: (layout: Layout) => T): Set<T> => new Set(layouts.map(of))

it('writes in every encoding, with no to four lines above the header, in one header row or two', () => {
  expect(all((layout) => layout.encoding)).toEqual(new Set(['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030']))
  expect(all((layout) => layout.titles.length)).toEqual(new Set([0, 1, 2, 3, 4]))
  expect(all((layout) => layout.over === undefined)).toEqual(new Set([true, false]))
  expect(all((layout) => layout.format)).toEqual(new Set(['csv', 'xlsx']))
})

it('never leaves out a column that a rule needs, and never writes a label twice', () => {
  for (const layout of layouts) {
    const keys = layout.columns.map((column) => column.key)
    const needed = Object.keys(listForms[layout.list].columns).filter((key) => !key.endsWith('?'))
    const moved = layout.place === 'address' ? ['township', 'village'] : []
    expect(needed.filter((key) => !keys.includes(key) && !moved.includes(key))).toEqual([])
    expect(keys.includes('address') || layout.place === 'cells').toBe(true)
    expect(new Set(layout.columns.map((column) => column.label)).size).toBe(layout.columns.length)
  }
})

it('keeps columns under a joint label side by side', () => {
  for (const { over, columns } of layouts) {
    if (over === undefined) continue
    const places = columns.flatMap((column, at) => (over.keys.includes(column.key) ? [at] : []))
    expect(places).toEqual(places.map((_, at) => (places[0] ?? 0) + at))
  }
})

it('draws xls and number cells where told', () => {
  expect(drawLayout(randomFrom('x'), 'housing', { legacy: true, numberIds: false }).format).toBe('xls')
  const cars = drawLayout(randomFrom('x'), 'cars', { legacy: false, numberIds: true })
  expect(cars.format).toBe('xlsx')
  expect(cars.numberIds).toBeGreaterThan(0.4)
})

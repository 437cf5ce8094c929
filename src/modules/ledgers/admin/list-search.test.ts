import { describe, expect, it } from 'vitest'
import { filterOf, listSearch, sortOf, viewOf, withField, type ListSearch } from './list-search.ts'

const read = (raw: Readonly<Record<string, unknown>>) =>
  // Safe: one value for each declared field, as `usePageSearch` makes it.
  Object.fromEntries(Object.entries(listSearch).map(([name, field]) => [name, field(raw[name])])) as unknown as ListSearch

describe('the view of a ledger in its address', () => {
  it('is read back as the filters of the server, and what does not fit is left out', () => {
    const search = read({
      view: 'board',
      states: ['open'],
      fields: [{ field: 'f2', is: ['甲'], from: 3 }, { field: 'f3' }, 7, null],
      under: '43.',
      due: 'late',
    })
    expect(search.view).toBe('board')
    expect(filterOf(search, ' 张 ')).toEqual({ fields: [{ field: 'f2', is: ['甲'], from: '3' }], states: ['open'], under: '43.', q: '张' })
    expect(viewOf(search)).toEqual({ view: 'board', states: ['open'], fields: [{ field: 'f2', is: ['甲'], from: '3' }], under: '43.' })
    expect(filterOf(read({}), '')).toEqual({ fields: [] })
  })

  it('holds one filter a field and the way of the sort', () => {
    const one = withField([], { field: 'f1', is: ['x'] })
    expect(withField(one, { field: 'f1', empty: true })).toEqual([{ field: 'f1', empty: true }])
    expect(withField(one, { field: 'f1' })).toEqual([])
    expect([sortOf('-due'), sortOf('f1'), sortOf('')]).toEqual([
      { by: 'due', descending: true },
      { by: 'f1', descending: false },
      undefined,
    ])
  })
})

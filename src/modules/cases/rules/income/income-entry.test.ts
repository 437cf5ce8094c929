import { describe, expect, it } from 'vitest'
import { changeEntries, emptyEntry, readEntry, readMonthText, type EntryContext, type EntryRow } from './income-entry.ts'

const known: EntryContext = {
  items: ['务工收入', '种植业收入', '种植业支出', '低保金'].map((item) => ({ item, incomeClass: '工资性', isCounted: true })),
  members: [
    { personId: '01890000-0000-7000-8000-000000000001', name: '单有田', relation: null },
    { personId: '01890000-0000-7000-8000-000000000002', name: '单小禾', relation: null },
  ],
  month: '202312',
}
const row = (cells: Partial<EntryRow>): EntryRow => ({ ...emptyEntry, ...cells })
const good = { item: '务工', member: '单有', from: '2023年1月', to: '2023.6', amount: '1.2万元', source: '工资', note: ' 厂里发的 ' }

describe('a row of quick entry', () => {
  it('is read as people write it', () => {
    expect(readEntry(row(good), known)).toEqual({
      state: 'ready',
      line: {
        item: '务工收入',
        personId: known.members[0]?.personId,
        monthFrom: '202301',
        monthTo: '202306',
        fen: 1_200_000,
        source: 'wage-slip',
        sourceNote: '厂里发的',
        evidenceId: null,
      },
    })
    expect(readEntry(row({ item: '低保金', from: '202310', amount: '250.5' }), known)).toMatchObject({
      state: 'ready',
      line: { personId: null, monthFrom: '202310', monthTo: '202310', fen: 25_050, source: 'said' },
    })
    expect(readEntry(emptyEntry, known)).toEqual({ state: 'empty' })
  })

  it.each<[Partial<EntryRow>, object]>([
    [{ item: '种植业' }, { item: 'unknown-item' }],
    [{ item: '' }, { item: 'unknown-item' }],
    [{ member: '单' }, { member: 'unknown-member' }],
    [{ from: '13月' }, { from: 'no-month' }],
    [{ to: '2022-12' }, { to: 'order' }],
    [{ to: '2024-01' }, { to: 'ahead' }],
    [{ amount: '约三千' }, { amount: 'no-amount' }],
    [{ source: '听说' }, { source: 'unknown-source' }],
  ])('says what is wrong with %j', (cells, problems) => {
    expect(readEntry(row({ ...good, ...cells }), known)).toEqual({ state: 'bad', problems })
  })

  it('reads months in their usual forms and no others', () => {
    expect(['202301', '2023-1', '2023/01', '２０２３年１月', '2023 1'].map(readMonthText)).toEqual(
      Array.from({ length: 5 }, () => '202301'),
    )
    expect(['2023', '23-1', '2023-13', '2023-0', ''].map(readMonthText)).toEqual(Array.from({ length: 5 }, () => undefined))
  })

  it('grows with a paste and keeps an empty row at the end', () => {
    const rows = changeEntries(
      [emptyEntry],
      [
        { row: 0, columnKey: 'item', text: '低保金' },
        { row: 2, columnKey: 'amount', text: '5' },
        { row: 1, columnKey: 'nothing', text: 'x' },
      ],
    )
    expect(rows.map(({ item, amount }) => [item, amount])).toEqual([
      ['低保金', ''],
      ['', ''],
      ['', '5'],
      ['', ''],
    ])
  })
})

import exceljs from 'exceljs'
import { describe, expect, it, vi } from 'vitest'
import { at, cellsOf, idOf, labels, openImportWizard, sheet } from '../../../../test/import-wizard.ts'
import type { ChangedUnit, DifferenceField, FixedRows, ProblemGroup, Replacement } from '../rules/import-records.ts'

const wizard = openImportWizard()
const { call, send, settled, act, badRows } = wizard

describe('cells pasted from a spreadsheet', () => {
  it('become a batch like a file', async () => {
    const pasted = sheet([cellsOf(1), cellsOf(2), cellsOf(3)], '\t').replaceAll('\n', '\r\n')
    const batch = await send('/paste', '', pasted)
    expect(batch).toMatchObject({ state: 'staged', source: 'pasted', kind: 'register', counts: { staged: 3, refused: 0 } })
    expect((await act(batch.batchId, 'apply')).state).toBe('applied')
  })
})

describe('columns', () => {
  it('are mapped by hand where the labels are strange, and remembered for the next file of the sender', async () => {
    const strange = labels.map((label) => (label === '人编号' ? '内码' : label))
    const refused = await send('?sender=%E7%94%B2%E5%B1%80', 'a.csv', sheet([cellsOf(11), cellsOf(12)], ',', strange))
    expect(refused).toMatchObject({ state: 'refused', error: { code: 'sheets.missing-columns' }, can: { map: true } })
    const column = refused.columns.find((one) => one.label === '内码')
    expect(column?.samples?.[0]).toMatch(/^99\*+01$/)
    await call('PUT', `/${refused.batchId}/columns`, {
      kind: 'register',
      columns: [{ column: column?.column, key: 'personNo' }],
      remember: true,
    })
    expect(await settled(refused.batchId)).toMatchObject({ state: 'staged', counts: { staged: 2 } })
    const next = await send('?sender=%E7%94%B2%E5%B1%80', 'b.csv', sheet([cellsOf(13)], ',', strange))
    expect(next).toMatchObject({ state: 'staged', counts: { staged: 1 } })
    expect(next.columns.find((one) => one.label === '内码')).toMatchObject({ key: 'personNo', how: 'remembered' })
    expect((await send('', 'c.csv', sheet([cellsOf(14)], ',', strange))).state).toBe('refused')
    const stranger = { columns: [{ column: 0, key: 'noSuchField' }] }
    await expect(call('PUT', `/${next.batchId}/columns`, stranger)).rejects.toThrow('registry.unknown-field')
  })
})

describe('rows with problems', () => {
  const rows = [
    cellsOf(21, { 姓名: '' }),
    cellsOf(22, { 身份证号: '9903911970' }),
    cellsOf(23),
    cellsOf(24, { 户类型: '脱贫（老）户' }),
    cellsOf(25, { 户类型: '脱贫（老）户' }),
    cellsOf(26, { 人编号: `${cellsOf(23)[at('人编号')]}` }),
  ]

  it('are listed alone, numbers that need not be seen hidden, mended in place and checked at once', async () => {
    const { batchId, counts } = await send('', '底册.csv', sheet(rows))
    expect(counts).toMatchObject({ staged: 4, refused: 2, suspicious: 3 })
    const bad = await badRows(batchId)
    expect(bad.map((row) => [row.row, row.problems.map((problem) => problem.reason)])).toEqual([
      [2, ['no-name']],
      [3, ['id-form']],
      [5, ['unknown-label']],
      [6, ['unknown-label']],
      [7, ['person-twice']],
    ])
    expect(bad[0]?.cells[at('身份证号')]).toMatch(/^990\*+.\d?[\dX]$/)
    expect(bad[1]?.cells[at('身份证号')]).toBe('9903911970')
    expect(bad[1]?.cells[at('联系电话')]).toMatch(/\*/)
    const hidden = { cells: [{ sheet: '', row: 2, column: at('身份证号'), value: idOf(99) }] }
    await expect(call('PATCH', `/${batchId}/rows`, hidden)).rejects.toThrow('registry.number-hidden')
    const fixed = await call<FixedRows>('PATCH', `/${batchId}/rows`, {
      cells: [
        { sheet: '', row: 2, column: at('姓名'), value: '单新名' },
        { sheet: '', row: 3, column: at('身份证号'), value: idOf(22) },
        { sheet: '', row: 5, column: at('户类型'), value: '还是不对' },
      ],
    })
    expect(fixed).toMatchObject({ stillBad: 3, fixes: { cells: 3, rows: 3, isWaiting: true } })
    expect(fixed.rows.map((row) => row.problems.map((problem) => problem.reason))).toEqual([[], [], ['unknown-label']])
    expect(fixed.rows[0]?.mended).toEqual({ [at('姓名')]: '' })
    await expect(call('POST', `/${batchId}/apply`, {})).rejects.toThrow('registry.fixes-waiting')
    expect(await act(batchId, 'recheck')).toMatchObject({ state: 'staged', counts: { staged: 5, refused: 1 }, can: { apply: true } })
    expect((await badRows(batchId, '?severity=refused')).map((row) => row.row)).toEqual([7])
  })

  it('are mended by one replacement in a column, with the count before', async () => {
    const { batchId } = await send('', '底册.csv', sheet(rows))
    const groups = await call<ProblemGroup[]>('GET', `/${batchId}/problem-groups`)
    const group = groups.find((one) => one.reason === 'unknown-label')
    expect(group).toMatchObject({ column: at('户类型'), rows: 2, values: [{ value: '脱贫（老）户', rows: 2 }] })
    expect(group?.allowed).toContain('脱贫户')
    const change = { column: at('户类型'), from: '脱贫（老）户', to: '脱贫户' }
    expect(await call('POST', `/${batchId}/replacements/preview`, change)).toMatchObject({ rows: 2, examples: [{ row: 5 }, { row: 6 }] })
    expect(await call('POST', `/${batchId}/replacements/preview`, { ...change, to: '错的' })).toMatchObject({ problem: 'unknown-label' })
    const [made] = await call<Replacement[]>('POST', `/${batchId}/replacements`, change)
    expect(made).toMatchObject({ label: '户类型', rows: 2, from: '脱贫（老）户', to: '脱贫户' })
    expect((await act(batchId, 'recheck')).counts).toMatchObject({ suspicious: 1 })
    expect(await call('POST', `/${batchId}/replacements/${made?.replacementId}/remove`, {})).toEqual([])
    expect((await act(batchId, 'recheck')).counts).toMatchObject({ suspicious: 3 })
  })

  it('come back corrected in the workbook that was sent out, whatever was sorted or deleted in it', async () => {
    const { batchId } = await send('', '底册.csv', sheet(rows))
    await call('PATCH', `/${batchId}/rows`, { cells: [{ sheet: '', row: 3, column: at('身份证号'), value: idOf(22) }] })
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.load(Uint8Array.from(await wizard.workbook(batchId)).buffer)
    const [first] = workbook.worksheets
    expect(first?.getRow(7).getCell(at('人编号') + 1).note).toBeDefined()
    expect(first?.getRow(2).getCell(at('姓名') + 1).value).toBeNull()
    if (first === undefined) throw new Error('no sheet')
    first.getRow(2).getCell(at('姓名') + 1).value = '单新名'
    first.getRow(7).getCell(at('人编号') + 1).value = `${cellsOf(26)[at('人编号')]}`
    first.spliceRows(4, 1) // a good row was deleted: the rows below move up
    const stranger = cellsOf(77)
    first.addRow(stranger)
    const corrected = Buffer.from(await workbook.xlsx.writeBuffer())
    const batch = await send(`/${batchId}/returned`, '改好了.xlsx', corrected)
    expect(batch).toMatchObject({
      state: 'staged',
      counts: { staged: 6, refused: 0, suspicious: 2 },
      returned: { fileName: '改好了.xlsx', rows: 2, cells: 2, unknownCount: 1 },
      fixes: { cells: 3, rows: 3, isWaiting: false },
    })
    const again = await send(`/${batchId}/returned`, '原表.csv', sheet(rows))
    expect(again).toMatchObject({ state: 'staged', error: { code: 'registry.not-corrected' }, counts: { staged: 6 } })
  })
})

describe('whose value wins', () => {
  it('is chosen per field, shown in the differences and applied', async () => {
    const first = await send('?asOf=2023-10-01', '底册.csv', sheet([cellsOf(41), cellsOf(42)]))
    await act(first.batchId, 'apply')
    const older = await send(
      '?asOf=2023-09-01',
      '旧底册.csv',
      sheet([cellsOf(41, { 户类型: '一般农户' }), cellsOf(42, { 姓名: '单旧名' })]),
    )
    const fields = await call<DifferenceField[]>('GET', `/${older.batchId}/difference-fields`)
    expect(fields).toContainEqual({ entity: 'household', field: 'householdType', taken: 0, kept: 1 })
    await call('PUT', `/${older.batchId}/choices`, { fields: { householdType: 'file' } })
    const chosen = await settled(older.batchId)
    expect(chosen).toMatchObject({
      state: 'staged',
      choices: { fields: { householdType: 'file' } },
      differences: { household: { changed: 1 } },
    })
    expect(await call('GET', `/${older.batchId}/difference-fields`)).toContainEqual({
      entity: 'household',
      field: 'householdType',
      taken: 1,
      kept: 0,
    })
    expect((await act(older.batchId, 'apply')).state).toBe('applied')
    const { items } = await call<{ items: ChangedUnit[] }>('GET', `/${older.batchId}/changes`)
    expect(items.filter((unit) => unit.no === cellsOf(41)[at('户编号')])).toMatchObject([{ changed: 1, made: 0, touched: false }])
  })
})

describe('a batch', () => {
  it('is taken back in part while the rest stays, and the rest afterwards', async () => {
    const batch = await send('', '底册.csv', sheet([cellsOf(51), cellsOf(52), cellsOf(53)]))
    await act(batch.batchId, 'apply')
    const list = () => call<{ items: ChangedUnit[] }>('GET', `/${batch.batchId}/changes`)
    const { items } = await list()
    expect(items.map(({ made, changed, isNew, touched }) => ({ made, changed, isNew, touched }))).toEqual(
      Array.from({ length: 3 }, () => ({ made: 2, changed: 0, isNew: true, touched: false })),
    )
    const [first, second] = items
    const part = await act(batch.batchId, 'undo', { reason: '这一户弄错了', part: { householdIds: [first?.id] } })
    expect(part).toMatchObject({ state: 'applied', undonePart: { households: 1, persons: 1, villages: 0 }, can: { undo: true } })
    expect((await list()).items).toHaveLength(2)
    const nothing = await act(batch.batchId, 'undo', { reason: '这一户弄错了', part: { householdIds: [first?.id] } })
    expect(nothing).toMatchObject({ state: 'applied', error: { code: 'registry.nothing-to-undo' } })
    const later = await send('?asOf=2023-12-19', '改.csv', sheet([cellsOf(Number(second?.no.slice(-2)), { 联系电话: '15400009999' })]))
    await act(later.batchId, 'apply')
    expect((await list()).items.find((unit) => unit.id === second?.id)).toMatchObject({ touched: true })
    expect(await act(batch.batchId, 'undo', { reason: '全部弄错了' })).toMatchObject({ error: { code: 'registry.touched-later' } })
    const rest = await act(batch.batchId, 'undo', { reason: '没动过的撤回', part: 'untouched' })
    expect(rest).toMatchObject({ state: 'applied', undonePart: { households: 2, persons: 2 } })
    await act(later.batchId, 'undo', { reason: '先撤后来的' })
    expect((await act(batch.batchId, 'undo', { reason: '再撤剩下的' })).state).toBe('undone')
  })

  it('that was discarded leaves no row and no file', async () => {
    const batch = await send('', '底册.csv', sheet([cellsOf(61, { 姓名: '' }), cellsOf(62)]))
    expect(await badRows(batch.batchId)).toHaveLength(1)
    await call('POST', `/${batch.batchId}/discard`, {})
    await vi.waitFor(async () => expect(await badRows(batch.batchId)).toEqual([]), { timeout: 100_000, interval: 20 })
    await expect(call('GET', `/${batch.batchId}/problems/workbook`)).rejects.toThrow('registry.not-found')
  })
})

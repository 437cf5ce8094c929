import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { makeCorpus } from './corpus.ts'
import { isWholeId } from './facts.ts'

const corpus = await makeCorpus()

describe('the corpus of ugly sheets', () => {
  it('has at least 200 shapes, half of them written down by hand', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(200)
    expect(corpus.filter((one) => one.origin === 'written' && one.list !== 'none').length).toBeGreaterThanOrEqual(100)
    expect(new Set(corpus.map((one) => one.name)).size).toBe(corpus.length)
  })

  it('is the same in every run', async () => {
    const again = await makeCorpus()
    expect(again.map((one) => one.months.map((file) => file.bytes.toString('base64')))).toEqual(
      corpus.map((one) => one.months.map((file) => file.bytes.toString('base64'))),
    )
  })

  it('has rows, columns and whole numbers of identity in every truth', () => {
    for (const { name, months } of corpus) {
      for (const { tables } of months) {
        expect(tables.flatMap((table) => table.rows).length, name).toBeGreaterThan(4)
        const ids = tables.flatMap((table) => table.rows.flatMap((row) => (typeof row.values['id'] === 'string' ? [row.values['id']] : [])))
        expect(
          ids.filter((id) => id.length !== 15 && !isWholeId(id)),
          name,
        ).toEqual([])
      }
    }
  })

  it('stands in workbooks where its truth says, as another reader finds', async () => {
    for (const { name, format, months } of corpus.filter((one) => one.format.startsWith('xlsx'))) {
      const book = new ExcelJS.Workbook()
      // Safe: ExcelJS wants its own type of buffer and takes Node's.
      await book.xlsx.load(months[0].bytes as unknown as ArrayBuffer)
      for (const table of months[0].tables) {
        const sheet = book.getWorksheet(table.sheet)
        const found = table.rows.map((row) =>
          table.columns['name'] === undefined ? '' : sheet?.getRow(row.row).getCell(table.columns['name'] + 1).text,
        )
        expect(
          found.map((text) => text?.replaceAll(' ', '')),
          `${name} ${format}`,
        ).toEqual(table.rows.map((row) => row.values['name'] ?? ''))
      }
    }
  })
})

import { readFileSync } from 'node:fs'
import { extractText } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { fillTemplate, printDocument, type PaperValue, type PaperValues } from '#kernel/server/documents/index.ts'
import type { Block } from '#kernel/server/documents/layout.ts'
import { readLayout } from '#kernel/server/documents/read-layout.ts'
import { letters, shapes } from '../../../../../test/papers/shapes.ts'
import { writeDocx } from '../../../../../test/papers/write-docx.ts'
import { noticeColumns } from '../../rules/notices/notice-fields.ts'
import { paperFields } from '../../rules/papers/paper-fields.ts'
import { paperKindNames, paperKinds } from '../../rules/papers/paper-kinds.ts'
import { judgeTemplate, type AskedField } from '../../rules/papers/paper-template-check.ts'
import { trialValues } from './paper-templates.ts'

const fileOf = (kind: string) => new URL(`../../policy/papers/${kind}.docx`, import.meta.url)
const plain = (text: string) => text.replace(/\s/g, '')

/** Every text in the values that a template asks for. */
function textsOf(values: PaperValues, names: ReadonlySet<string>): string[] {
  const texts = (value: PaperValue): string[] =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? (value as PaperValues[]).flatMap((row) => textsOf(row, names)) : []
  return Object.entries(values).flatMap(([name, value]) => (names.has(name) ? texts(value) : []))
}

/** The fields of a template in their order, as `checkTemplate` tells them; without a child for each of nine papers. */
async function fieldsOf(docx: Buffer): Promise<AskedField[]> {
  const words = (blocks: readonly Block[]): string =>
    blocks
      .map((block) =>
        block.kind === 'table'
          ? block.cells.map((cell) => words(cell.blocks)).join('')
          : block.runs.map((run) => ('text' in run ? run.text : '')).join(''),
      )
      .join('')
  const within: string[] = []
  return [...words((await readLayout(docx)).blocks).matchAll(/\{([#/]?)([^{}]*)\}/g)].flatMap(([, sign, name = '']) => {
    if (sign === '/') within.pop()
    const field = sign === '/' ? [] : [{ name, isList: sign === '#', within: [...within] }]
    if (sign === '#') within.push(name)
    return field
  })
}

describe('the shipped papers', () => {
  for (const kind of paperKindNames) {
    it(`${paperKinds[kind].zh}: asks for what there is, and shows all of it in print`, async () => {
      const docx = readFileSync(fileOf(kind))
      expect(docx.equals(await writeDocx(shapes[kind] ?? [], {}, letters.includes(kind) ? 'letter' : 'form'))).toBe(true)
      const fields = await fieldsOf(docx)
      expect(judgeTemplate(kind, fields)).toEqual({ unknown: [], leftOut: [] })
      const values = trialValues(kind)
      const { pdf, pages } = await printDocument(await fillTemplate(docx, values), paperKinds[kind].zh)
      const text = plain((await extractText(new Uint8Array(pdf), { mergePages: true })).text)
      const wanted = textsOf(values, new Set(fields.map((field) => field.name)))
      expect(wanted.length).toBeGreaterThan(3)
      expect(wanted.filter((word) => !text.includes(plain(word)))).toEqual([])
      expect(text).not.toMatch(/[{}]/)
      expect(pages).toBeLessThanOrEqual(2)
    })
  }

  it('print a notice with the columns that were released and no others', async () => {
    const columns = noticeColumns.filter((column) => column !== '户主姓名')
    const headers: Readonly<Record<string, string>> = { 组: '组别', 人数: '人数', 监测对象类别: '类别', 主要风险: '主要风险' }
    const docx = readFileSync(fileOf('notice'))
    const list = [1, 2].map((at) => ({
      序号: String(at),
      ...Object.fromEntries(noticeColumns.map((column) => [column, `〔${column}${String(at)}〕`])),
    }))
    for (let set = 0; set < 2 ** columns.length; set += 5) {
      const leftOut: readonly string[] = columns.filter((_, at) => ((set >> at) & 1) === 1)
      const filled = await fillTemplate(docx, { ...trialValues('notice'), 名单: list }, leftOut)
      const cells = (await readLayout(filled)).blocks.flatMap((block) => (block.kind === 'table' ? block.cells : []))
      const texts = cells.map((cell) =>
        cell.blocks.flatMap((block) => ('runs' in block ? block.runs.map((run) => ('text' in run ? run.text : '')) : [])).join(''),
      )
      const shown = noticeColumns.filter((column) => !leftOut.includes(column))
      const rows = [1, 2].flatMap((at) => [String(at), ...shown.map((column) => `〔${column}${String(at)}〕`)])
      expect(texts).toEqual(['序号', ...shown.map((column) => headers[column] ?? '户主'), ...rows])
    }
  })

  it('never put a number, a telephone, health or a birthday on a notice', () => {
    const { 名单: list, ...rest } = paperFields.notice
    expect(Object.keys(list.rows ?? {})).toEqual(['序号', '组', '户主姓名', '人数', '监测对象类别', '主要风险'])
    expect(Object.keys(rest).filter((name) => /证件|健康|出生|账号|成员/.test(name))).toEqual([])
  })
})

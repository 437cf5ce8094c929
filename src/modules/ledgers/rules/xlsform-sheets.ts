import { columnName } from '#kernel/pure/tables/index.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Words } from './template.ts'
import { formProblem, type Place, type XlsformCode } from './xlsform-words.ts'

/** A workbook as texts: what the kernel reads of it. */
export interface FormSheet {
  readonly name: string
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
  readonly isHidden?: boolean
}

/** What was found wrong (`problems`: nothing is made) and what was left out (`notes`). */
export class Findings {
  readonly problems: TemplateProblem[] = []
  readonly notes: TemplateProblem[] = []
  say(code: XlsformCode, place: Place, values: Readonly<Record<string, string>> = {}): void {
    const problem = formProblem(code, place, values)
    if (this.problems.length < mostProblems && !this.problems.some((one) => one.said.zh === problem.said.zh)) this.problems.push(problem)
  }
  note(code: XlsformCode, place: Place, values: Readonly<Record<string, string>> = {}): void {
    const found = formProblem(code, place, values)
    if (this.notes.length < mostProblems && !this.notes.some((one) => one.said.zh === found.said.zh)) this.notes.push(found)
  }
}
const mostProblems = 200

/** A row by the names of its columns. */
export interface FormRow {
  readonly row: number
  get(column: string): string
  place(column?: string): Place
}

/** The rows of a sheet below its head; nothing where the sheet has none. Heads are compared in small letters, `list name` is `list_name`. */
export class FormTable {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly FormRow[]
  constructor({ name, rows }: FormSheet) {
    this.name = name
    const [head, ...body] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    this.heads = (head?.cells ?? []).map(headName)
    this.rows = body.map(({ row, cells }) => ({
      row,
      get: (column) => plain(cells[this.heads.indexOf(column)] ?? ''),
      place: (column) => ({
        sheet: name,
        row,
        ...(column === undefined || !this.heads.includes(column)
          ? {}
          : { column, cell: `${columnName(this.heads.indexOf(column))}${row}` }),
      }),
    }))
  }
}

const aliases: Readonly<Record<string, string>> = {
  'list name': 'list_name',
  listname: 'list_name',
  relevance: 'relevant',
  calculate: 'calculation',
  readonly: 'read_only',
  'read only': 'read_only',
  required_msg: 'required_message',
  constraint_msg: 'constraint_message',
  value: 'name',
}

function headName(cell: string): string {
  const text = cell.replace(/\s+/g, ' ').trim()
  const [name = '', ...language] = text.split(/:{1,2}/)
  const plainHead = name.trim().toLowerCase()
  const known = aliases[plainHead] ?? plainHead
  return language.length === 0 ? known : `${known}::${language.join(':').trim().toLowerCase()}`
}

/** Without the sign that our own export puts before what a spreadsheet would take for a formula. */
function plain(cell: string): string {
  const text = cell.trim()
  return /^'[=+\-@＝＋－＠]/.test(text) ? text.slice(1) : text
}

const isChinese = (language: string): boolean => /中文|汉语|简体|chinese|\bzh\b|zh-|zh_/.test(language)
const isEnglish = (language: string): boolean => /english|英文|英语|\ben\b|en-|en_/.test(language)

/** Columns of one text (`label`, `label::中文 (zh)`, `label::English (en)`) and those of other languages. */
export function languagesOf(heads: readonly string[], name: string): { zh: string[]; en: string[]; others: string[] } {
  const own = heads.filter((head) => head === name || head.startsWith(`${name}::`))
  const of = (test: (language: string) => boolean) => own.filter((head) => head.includes('::') && test(head.slice(name.length + 2)))
  const [zh, en] = [of(isChinese), of(isEnglish)]
  const bare = own.filter((head) => head === name)
  return { zh: [...zh, ...bare], en, others: own.filter((head) => ![...zh, ...en, ...bare].includes(head)) }
}

/** A text of a row in both languages: English as Chinese, and the other way round, where one is missing. */
export function wordsOf(row: FormRow, heads: readonly string[], name: string): (Words & { column: string }) | undefined {
  const { zh, en, others } = languagesOf(heads, name)
  const first = (columns: readonly string[]) => columns.find((column) => row.get(column) !== '')
  const column = first(zh) ?? first(en) ?? first(others)
  if (column === undefined) return undefined
  const english = first(en)
  const chinese = first(zh)
  return {
    zh: row.get(chinese ?? column),
    en: row.get(english ?? column),
    column,
  }
}

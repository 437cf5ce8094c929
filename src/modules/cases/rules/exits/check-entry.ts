import { maskIdNumber, tidyIdNumber, tidyLabel, tidyName } from '#kernel/pure/text/index.ts'

/** The columns of what departments send back, in the order of the list that was sent out. */
export const checkColumns = ['name', 'idNumber', 'department', 'result', 'remark'] as const
export type CheckColumn = (typeof checkColumns)[number]
export type CheckRow = Readonly<Record<CheckColumn, string>>
export const emptyCheckRow: CheckRow = { name: '', idNumber: '', department: '', result: '', remark: '' }
/** Rows that are taken at a time. */
export const mostCheckRows = 500

/** Somebody who is checked: in which case, and by which departments. */
export interface CheckPerson {
  readonly caseId: string
  readonly personId: string
  readonly name: string
  readonly idMasked: string
  /** What an officer knows the household by. */
  readonly home: string
  readonly departments: readonly string[]
  /** Situations of the negative list in force for the case. */
  readonly words: readonly string[]
}

export type CheckRowProblem = 'no-person' | 'several' | 'other-number' | 'no-department' | 'no-result' | 'no-remark' | 'twice'

/** A result as it would be noted. */
export interface ReadResult {
  readonly caseId: string
  readonly personId: string
  readonly department: string
  readonly result: 'nothing' | 'found'
  readonly word: string | null
  readonly what: string | null
}

export type JudgedCheckRow =
  | { readonly state: 'empty' }
  | { readonly state: 'ready'; readonly home: string; readonly read: ReadResult }
  | { readonly state: 'bad'; readonly column: CheckColumn; readonly problem: CheckRowProblem }

/** What is known beside the rows; `byNumber`: persons of cases by their whole number, as far as one was written. `department`: of rows that name none. */
export interface CheckKnown {
  readonly people: readonly CheckPerson[]
  readonly byNumber: ReadonlyMap<string, string>
  readonly department: string
}

/** Reads rows as departments write them. A row that says the same person and department again is bad: nobody knows which counts. */
export function judgeCheckRows(rows: readonly CheckRow[], known: CheckKnown): JudgedCheckRow[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const judged = judgeRow(row, known)
    if (judged.state !== 'ready') return judged
    const key = `${judged.read.personId} ${judged.read.department}`
    if (seen.has(key)) return bad('name', 'twice')
    seen.add(key)
    return judged
  })
}

const bad = (column: CheckColumn, problem: CheckRowProblem): JudgedCheckRow => ({ state: 'bad', column, problem })

function judgeRow(row: CheckRow, known: CheckKnown): JudgedCheckRow {
  if (checkColumns.every((column) => row[column].trim() === '')) return { state: 'empty' }
  const found = findPerson(row, known)
  if ('problem' in found) return bad(found.column, found.problem)
  const written = row.department.trim() === '' ? known.department : row.department
  const department = oneOf(written, found.departments)
  if (department === undefined) return bad('department', 'no-department')
  const said = readResult(row, found.words)
  if (said === undefined) return bad('result', 'no-result')
  if (said.result === 'found' && said.what === null) return bad('remark', 'no-remark')
  const { caseId, personId, home } = found
  return { state: 'ready', home, read: { caseId, personId, department, ...said } }
}

type Found = CheckPerson | { readonly column: CheckColumn; readonly problem: CheckRowProblem }

/** By name, and by number where one is written: whole, or masked as our own lists show it. Two people of one name need the number. */
function findPerson(row: CheckRow, { people, byNumber }: CheckKnown): Found {
  const name = tidyName(row.name)
  const number = tidyIdNumber(row.idNumber)
  const named = people.filter((one) => name === '' || tidyName(one.name) === name)
  if (name === '' && number === '') return { column: 'name', problem: 'no-person' }
  if (number === '') return only(named, 'name')
  if (isMasked(number))
    return only(
      named.filter((one) => sameMask(one.idMasked, number)),
      'idNumber',
      named.length > 0,
    )
  const personId = byNumber.get(number)
  const whole = named.filter((one) => one.personId === personId)
  return only(whole, 'idNumber', named.length > 0)
}

function only(found: readonly CheckPerson[], column: CheckColumn, isNamed = false): Found {
  const [first, second] = found
  if (first === undefined) return { column, problem: isNamed ? 'other-number' : 'no-person' }
  return second === undefined ? first : { column, problem: 'several' }
}

export const isMasked = (number: string): boolean => /[*×xX＊•●]{3,}/.test(number)

/** Masked with whatever signs and however many of them: what is left of the number must be the same. */
function sameMask(ours: string, theirs: string): boolean {
  const [head = '', tail = ''] = theirs.split(/[*×xX＊•●]+(?=\d{2,4}[\dXx]?$)/)
  const plain = ours.includes('*') ? ours : maskIdNumber(ours)
  const [ourHead, ourTail] = [plain.slice(0, plain.indexOf('*')), plain.slice(plain.lastIndexOf('*') + 1)]
  const fits = (one: string, other: string) => one === '' || other === '' || one.endsWith(other) || other.endsWith(one)
  const begins = head.startsWith(ourHead) || ourHead.startsWith(head)
  return head.length + tail.length >= 4 && begins && fits(tail.toUpperCase(), ourTail.toUpperCase())
}

/** The word itself, or the only one that begins with or holds what was written. */
function oneOf(written: string, words: readonly string[]): string | undefined {
  const text = tidyLabel(written)
  if (text === '') return undefined
  const same = words.find((word) => tidyLabel(word) === text)
  if (same !== undefined) return same
  const near = words.filter((word) => tidyLabel(word).includes(text) || text.includes(tidyLabel(word)))
  return near.length === 1 ? near[0] : undefined
}

const nothing =
  /^(无|没有|未|否|正常|0|none|nothing|no)$|^(无|没有|未)(查到|查得|发现|检索到|异常|记录|相关|信息|情况|登记|命中|匹配|名下|任何)/i
const foundAlone = /^(有|是|查到|查到情况|发现|异常|命中|found|yes|1)$/i

/** 无 or 未查到 is nothing; anything else says what was found, with the remark; 有 alone does not say it. */
function readResult(row: CheckRow, words: readonly string[]): Pick<ReadResult, 'result' | 'word' | 'what'> | undefined {
  const said = row.result
    .normalize('NFKC')
    .replace(/[\s。.，,；;]+$/u, '')
    .trim()
  const remark = row.remark.trim()
  if (said === '') return undefined
  if (nothing.test(said)) return { result: 'nothing', word: null, what: null }
  const parts = [foundAlone.test(said) ? '' : said, remark].filter((part) => part !== '')
  const what = parts.join('；').slice(0, 500)
  const word = words.find((one) => what.includes(one) || said === one) ?? null
  return { result: 'found', word, what: what.length < 2 ? null : what }
}

/** Labels as departments write them; compared without marks and spaces. */
const labels: Readonly<Record<CheckColumn, readonly string[]>> = {
  name: ['姓名', '人员姓名', '被核对人', 'name'],
  idNumber: ['证件号码', '证件号', '身份证号', '身份证号码', '身份证', '公民身份号码', 'idnumber'],
  department: ['部门', '核对部门', '反馈部门', '单位', '反馈单位', 'department'],
  result: ['结果', '核对结果', '比对结果', '反馈结果', '查询结果', 'result'],
  remark: ['备注', '说明', '情况', '具体情况', '情况说明', 'remark'],
}
const headWithin = 12

/** Rows of a file or a pasted block: by their heads where a row names at least name and result, else in the order of our columns. */
export function readCheckCells(cells: readonly (readonly string[])[]): CheckRow[] {
  const heads = cells.slice(0, headWithin).map((row) => row.map((cell) => columnOf(cell)))
  const at = heads.findIndex((head) => head.includes('name') && head.includes('result'))
  const head = heads[at] ?? checkColumns
  const body = at < 0 ? cells : cells.slice(at + 1)
  const rows = body.map((row) => toRow(row, head))
  return rows.filter((row) => checkColumns.some((column) => row[column] !== '') && !isFooter(row))
}

const columnOf = (cell: string) => checkColumns.find((column) => labels[column].some((label) => tidyLabel(label) === tidyLabel(cell)))

function toRow(cells: readonly string[], head: readonly (CheckColumn | undefined)[]): CheckRow {
  const textOf = (column: CheckColumn) => (cells[head.indexOf(column)] ?? '').trim()
  return {
    name: textOf('name'),
    idNumber: textOf('idNumber'),
    department: textOf('department'),
    result: textOf('result'),
    remark: textOf('remark'),
  }
}

/** The line with who took the list out, below our own lists: one long cell. */
const isFooter = (row: CheckRow) => row.name.length > 20 && row.idNumber === '' && row.result === ''

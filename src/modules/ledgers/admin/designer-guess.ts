import { guessHeader, type RowBlock } from '#kernel/pure/tables/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'
import type { Field, FieldKind } from '../rules/template.ts'

/** A column of pasted rows as a field of a template; `keep` is false for running numbers. */
export interface GuessedField {
  readonly column: number
  readonly name: string
  readonly kind: FieldKind
  readonly keep: boolean
  readonly required: boolean
  readonly rest: Partial<Field>
  readonly samples: readonly string[]
}

export interface GuessedTable {
  readonly fields: readonly GuessedField[]
  /** The rows below the head, as pasted. */
  readonly rows: readonly (readonly string[])[]
  /** The head's columns, as pasted. */
  readonly header: readonly string[]
  /** A title line above the head: the name of the register. */
  readonly title: string
}

const mostChoices = 12

/** Fields of a register from cells of Excel: titles above the head are left out, kinds follow from the heads and from what stands below. */
export function guessTable(cells: readonly (readonly string[])[]): GuessedTable | undefined {
  const at = headerRow(cells)
  const header = cells[at]
  if (header === undefined) return undefined
  const rows = cells.slice(at + 1).filter((row) => row.some((cell) => cell.trim() !== ''))
  const heads = header.map((cell, column) => readHead(cell, valuesOf(rows, column)))
  const names = uniqueNames(heads.map(({ name }) => name))
  const fields = header.flatMap((_cell, column): GuessedField[] => {
    const name = names[column] ?? ''
    if (name === '') return []
    const values = valuesOf(rows, column)
    const guess = guessKind({ unit: heads[column]?.unit ?? '', name }, values, rows.length)
    const isNumbering = /^(序号|编号|行号|no\.?)$/i.test(name) && isRunning(values)
    const isFilled = rows.length >= 3 && values.length === rows.length
    return [
      {
        column,
        name,
        ...guess,
        keep: !isNumbering,
        required: isFilled && !isNumbering && column <= 2,
        samples: [...new Set(values)].slice(0, 3),
      },
    ]
  })
  const title = cells
    .slice(0, at)
    .flatMap((row) => row.filter((cell) => cell.trim() !== ''))
    .map((cell) => cell.trim())
    .find((cell) => cell.length <= 40)
  return fields.length === 0 ? undefined : { fields, rows, header, title: (title ?? '').replace(/[（(].*$/, '').slice(0, 60) }
}

function valuesOf(rows: readonly (readonly string[])[], column: number): string[] {
  return rows.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '')
}

/** The row of heads: found by its look over values; a paste of heads alone is its first row with more than one text. */
function headerRow(cells: readonly (readonly string[])[]): number {
  const block: RowBlock = { sheet: '', rows: cells.map((row, at) => ({ row: at, cells: [...row] })) }
  const found = guessHeader(block)
  if (found !== undefined) return found.bottom
  const first = cells.findIndex((row) => row.filter((cell) => cell.trim() !== '').length > 1)
  return first < 0 ? 0 : first
}

interface Head {
  name: string
  unit: string
}

/** `面积（亩）` is 面积 in 亩; line breaks and stars of required columns go. */
function readHead(cell: string, values: readonly string[]): Head {
  const plain = cell.replace(/\s+/g, '').replace(/[*＊]/g, '')
  const match = /^(.+?)[（(]([^（）()]{1,8})[)）]$/.exec(plain)
  const unit = match?.[2] ?? ''
  return match !== null && (units.test(unit) || (values.length > 0 && values.every(isNumeric)))
    ? { name: (match[1] ?? '').slice(0, 60), unit }
    : { name: plain.slice(0, 60), unit: '' }
}

const units =
  /^(元|万元|千元|亿元|元\/.{1,3}|人|户|人次|天|日|月|个|亩|公顷|平方米|㎡|m²|%|岁|辆|次|名|米|公里|千米|km|公斤|kg|斤|吨|头|只|羽|株|千瓦|千瓦时|度|台|套|处|座|小时|年)$/i

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return name === '' || times === 1 ? name : `${name}${times}`
  })
}

type Guess = Pick<GuessedField, 'kind' | 'rest'>
const as = (kind: FieldKind, rest: Partial<Field> = {}): Guess => ({ kind, rest })

function guessKind(head: Head, values: readonly string[], rowCount: number): Guess {
  return byHead(head, values) ?? byValues(head, values, rowCount)
}

/** What the head alone says, as long as the values do not speak against it. */
function byHead({ name, unit }: Head, values: readonly string[]): Guess | undefined {
  const most = (test: (value: string) => boolean) => values.filter(test).length >= values.length * 0.9
  if (/(身份证|证件)(号|号码)?$/.test(name)) return as('text', { sensitive: true })
  if (/(电话|手机|联系方式)(号码?)?$/.test(name))
    return as('text', { sensitive: true, ...(values.length > 0 && most(isPhone) ? { format: 'phone' as const } : {}) })
  if (/(银行卡|账号|卡号|账户)/.test(name)) return as('text', { sensitive: true })
  if (/^(所在|所属|行政)?村(名|名称|委会)?$|^村居$|^村（社区）$|^所在村/.test(name)) return as('area', { level: 'village' })
  if (/^(所在|所属)?(乡镇|镇|乡|街道)(名|名称)?$/.test(name)) return as('area', { level: 'township' })
  if (/^是否|(是否.*)$/.test(name) && most(isYesNo)) return as('yes-no')
  if ((unit === '元' || (unit === '' && /(金额|资金|工资|补贴|补助|奖金|贷款|分红|收入|支出|费用|款)$/.test(name))) && most(isNumeric))
    return as('money')
  if (/(日期|时间|年月日)$/.test(name) && most(isDay)) return as('date')
  if (/(月份|年月)$/.test(name) && most(isMonth)) return as('month')
  if (/(照片|图片)$/.test(name) && values.length === 0) return as('photo')
  if (/(签名|签字)$/.test(name) && values.length === 0) return as('signature')
  if (/(附件|扫描件)$/.test(name) && values.length === 0) return as('file')
  if (unit !== '' && most(isNumeric)) return as('number', { unit, places: placesOf(values) })
  return undefined
}

function byValues({ name }: Head, values: readonly string[], rowCount: number): Guess {
  const all = (test: (value: string) => boolean) => values.length > 0 && values.every(test)
  if (values.length === 0) return as(/(备注|说明|意见|情况|内容|措施|原因|描述)$/.test(name) ? 'long-text' : 'text')
  if (all((value) => /^\d{17}[\dX]$/i.test(value) || /^1\d{10}$/.test(value))) return as('text', { sensitive: true })
  if (all(isYesNo)) return as('yes-no')
  if (all(isNumeric) && !all((value) => /^0\d/.test(value))) return as('number', { places: placesOf(values) })
  if (all(isMonth) && all((value) => !isFullDay(value))) return as('month')
  if (all(isDay)) return as('date')
  const different = [...new Set(values)]
  const isNote = /(备注|说明|意见|情况|内容|措施|原因|描述|名称|姓名)$/.test(name)
  const repeats = different.length <= mostChoices && rowCount >= 3 && different.length * 2 <= values.length
  if (!isNote && repeats && different.every((value) => value.length <= 20))
    return as('choice', { choices: different.map((value) => ({ key: value, name: { zh: value, en: value } })) })
  return as(values.some((value) => value.length > 40) ? 'long-text' : 'text')
}

const isPhone = (value: string) => /^1\d{10}$/.test(value)
const isYesNo = (value: string) => /^(是|否|有|无|√|×|Y|N)$/i.test(value)
const isNumeric = (value: string) => /^-?\d{1,3}(,\d{3})+(\.\d+)?$|^-?\d{1,15}(\.\d+)?$/.test(value)
const isFullDay = (value: string) => /\d{4}\D+\d{1,2}\D+\d{1,2}/.test(value) || /^\d{8}$/.test(value)
const isMonth = (value: string) => /^\d{4}[年./-]\d{1,2}月?$|^(19|20)\d{4}$/.test(value)
const isDay = (value: string) => /\D/.test(value) && parseDay(value) !== undefined && !isMonth(value)

function placesOf(values: readonly string[]): number {
  return Math.min(6, Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0)))
}

function isRunning(values: readonly string[]): boolean {
  return values.every((value, at) => value === String(at + 1))
}

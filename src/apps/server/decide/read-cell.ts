import { fromJson, readDate, readNumber, type FeelType, type Json, type Value } from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'

/** Words that people write for true and false. */
const yes = new Set(['true', '是', '有', '对', '真', 'yes', 'y', '√'])
const no = new Set(['false', '否', '无', '没有', '不是', '假', 'no', 'n', '×'])

/**
 * A cell of a sheet as a fact of that type: `12,500.50` and full-width digits are numbers, `2023/9/5` and `2023年9月5日` days, 是 and 否
 * booleans. Null for an empty cell; `undefined` where the cell is none of its type, which is never taken for 0 or false.
 */
export function readCell(text: string, type: FeelType): Value | undefined {
  const cell = text.trim()
  if (cell === '') return null
  if (typeof type === 'object') return readComposed(cell, type)
  switch (type) {
    case 'Any':
      return guess(cell)
    case 'string':
      return cell
    case 'number':
      return readNumber(plainDigits(cell)) ?? undefined
    case 'boolean':
      return yes.has(cell.toLowerCase()) ? true : no.has(cell.toLowerCase()) ? false : undefined
    case 'date': {
      const day = parseDay(cell.normalize('NFKC'))
      return (day === undefined ? null : readDate(day)) ?? undefined
    }
    case 'time':
    case 'date and time':
    case 'years and months duration':
    case 'days and time duration':
    case 'Null':
      return orUndefined(cell, type)
  }
}

/** A fact of JSON as its type says; texts are read as cells are. */
export function readJsonFact(json: Json, type: FeelType): Value | undefined {
  return typeof json === 'string' ? readCell(json, type) : orUndefined(json, type)
}

function orUndefined(json: Json, type: FeelType): Value | undefined {
  try {
    return fromJson(json, type)
  } catch (fault) {
    if (isNamedError(fault)) return undefined
    throw fault
  }
}

function plainDigits(cell: string): string {
  const plain = cell.normalize('NFKC').replace(/[\s¥￥]/g, '')
  return /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(/^\+/, '')
}

/** A fact of no declared type: a plain number (no leading zero, at most 15 digits: longer ones are codes), true or false, a day, else a text. */
function guess(cell: string): Value {
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(cell)) return readNumber(cell) ?? cell
  if (cell === 'true' || cell === 'false') return cell === 'true'
  return (/^\d{4}-\d{2}-\d{2}$/.test(cell) ? readDate(cell) : null) ?? cell
}

/** Lists and contexts stand in a cell as JSON; a list also as words between `;` or `、`. */
function readComposed(cell: string, type: Exclude<FeelType, string>): Value | undefined {
  if (/^[[{]/.test(cell)) {
    try {
      // Safe: what JSON.parse gives is Json.
      return orUndefined(JSON.parse(cell) as Json, type)
    } catch {
      return undefined
    }
  }
  if (!('list' in type)) return undefined
  const items = cell.split(/[;；、]/).map((item) => readCell(item, type.list))
  return items.includes(undefined) ? undefined : items.map((item) => item ?? null)
}

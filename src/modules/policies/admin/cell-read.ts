import { isNamedError } from '#kernel/pure/errors/index.ts'
import { parseExpression, parseUnaryTests } from '#kernel/pure/expressions/index.ts'
import type { CellForm } from './cell-show.ts'

const anyWords = ['', '-', '—', '–', '－', '任意', '不限', '无限制', '均可', 'any', '*']
const unknownWords = ['未知', '空', '为空', '空白', '不明', '待核', 'unknown', 'null']
const knownWords = ['已知', '不为空', '非空', 'known', 'not(null)']
const yesWords = ['是', '有', '真', '对', '√', '✓', 'y', 'yes', 'true']
const noWords = ['否', '无', '没有', '不是', '假', '×', '✗', 'n', 'no', 'false']

/**
 * A condition as an officer types or pastes it, in FEEL: `≥7000`, `大于7000`, `7000以上`, `7000～9000`, `介于7000和9000之间`, `不是 低保`, `任意`,
 * `未知`. 以上, 以下 and 以内 include the number, 超过 and 不满 do not (民法典 art. 1259). FEEL itself and anything after `=` is taken as it is;
 * what cannot be understood is given back as typed, and the check says what is wrong with it.
 */
export function readCondition(typed: string, form: CellForm): string {
  const text = typed.trim()
  if (form.words?.includes(text) === true && form.kind === 'text') return quote(text)
  const lower = text.toLowerCase()
  if (anyWords.includes(lower)) return '-'
  if (/^=[^=]/.test(text) && !isPlainNumber(text.slice(1))) return text.slice(1).trim()
  if (unknownWords.includes(lower)) return 'null'
  if (knownWords.includes(lower)) return 'not(null)'
  if (form.kind === 'boolean') return readTruth(lower) ?? readRaw(text, form)
  if (form.kind === 'text') return readWords(text, form)
  if (form.kind === 'any' && !/^[<>≥≤＞＜≠\d]|^(大于|小于|不|高于|低于|超过|至少|最多|介于)/.test(text)) return readRaw(text, form)
  return readComparisons(text, form)
}

/** An output as typed, in FEEL: words get quotes, days become dates, `=` begins a calculation. */
export function readOutput(typed: string, form: CellForm): string {
  const text = typed.trim()
  if (text === '') return ''
  const lower = text.toLowerCase()
  if (form.kind === 'text' && form.words?.includes(text) === true) return quote(text)
  if (text.startsWith('=')) return text.slice(1).trim()
  if (unknownWords.includes(lower)) return 'null'
  if (form.kind === 'boolean') return readYesNo(lower) ?? text
  if (form.kind === 'number') return readNumberText(text) ?? text
  if (form.kind === 'date') return readDay(text) ?? text
  if (form.kind === 'text') return /^".*"$/s.test(text) ? text : quote(text)
  return readNumberText(text) ?? ((isName(text, form) || /["([{+*<>=?]/.test(text)) && isFeel(text, form) ? text : quote(text))
}

function isName(text: string, { names }: CellForm): boolean {
  return Array.isArray(names) ? names.includes(text) : Object.prototype.hasOwnProperty.call(names, text)
}

function readYesNo(lower: string): string | undefined {
  return yesWords.includes(lower) ? 'true' : noWords.includes(lower) ? 'false' : undefined
}

function readTruth(lower: string): string | undefined {
  const refused = /^(?:不是|not)\s+(.+)$/.exec(lower)?.[1]
  const value = readYesNo(refused ?? lower)
  return value === undefined || refused === undefined ? value : `not(${value})`
}

function readRaw(text: string, form: CellForm): string {
  return /["(]/.test(text) || isCondition(text, form) ? text : quote(text)
}

function isFeel(text: string, form: CellForm): boolean {
  return isReadable(() => parseExpression(text, { names: form.names }))
}

function isCondition(text: string, form: CellForm): boolean {
  return isReadable(() => parseUnaryTests(text, { names: form.names }))
}

function isReadable(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (!isNamedError(error)) throw error
    return false
  }
}

/** One or several words, maybe refused: `脱贫户、监测户`, `不是 低保`. */
function readWords(text: string, form: CellForm): string {
  if (/["]/.test(text)) return text
  const refused = /^(?:不是|不为|不属于|不含|不包括|除了?|≠|!=|not\b)\s*[:：]?\s*(.+?)(?:之?外|以外)?$/i.exec(text)
  const inner = refused?.[1] ?? /^(?:是|为|属于|等于)[\s:：]+(.+)$/.exec(text)?.[1] ?? text
  const list = splitWords(inner.replace(/^\((.*)\)$/s, '$1'), form)
    .map(quote)
    .join(', ')
  return refused === null ? list : `not(${list})`
}

function splitWords(text: string, { words = [] }: CellForm): string[] {
  if (words.includes(text)) return [text]
  const parts = text.split(/[、，,；;|\n]/).flatMap((part) => {
    const trimmed = part.trim()
    const pieces = trimmed.split(/\s*(?:或者?|\/|\bor\b)\s*/)
    return pieces.length > 1 && pieces.every((piece) => words.includes(piece)) ? pieces : [trimmed]
  })
  return parts.filter((part) => part !== '')
}

type Comparison = readonly [pattern: RegExp, operator: string]
const before: readonly Comparison[] = [
  [/^(?:>=|=>|≥|⩾|≧|大于或?等于|大于或者等于|不(?:小|低|少|早)于|至少|最少|at least)\s*/i, '>='],
  [/^(?:<=|=<|≤|⩽|≦|小于或?等于|小于或者等于|不(?:大|高|多|晚)于|不超过|至多|最多|at most)\s*/i, '<='],
  [/^(?:!=|<>|≠|不等于|不是|not)\s*/i, '!='],
  [/^(?:>|大于|高于|超过|多于|晚于|above)\s*/i, '>'],
  [/^(?:<|小于|低于|不足|不满|未满|少于|早于|below)\s*/i, '<'],
  [/^(?:==?|等于|是)\s*/, '='],
]
const after: readonly Comparison[] = [
  [/(?:元|人|户|个月|岁|年|天)?(?:及以上|（含）以上|\(含\)以上|或以上|以上|起|以后)$/, '>='],
  [/(?:元|人|户|个月|岁|年|天)?(?:及以下|（含）以下|\(含\)以下|或以下|以下|以内|为止)$/, '<='],
  [/(?:以外|之后)$/, '>'],
  [/(?:以前|之前)$/, '<'],
]

/** Numbers and days: alternatives with 或, ranges, comparisons. */
function readComparisons(text: string, form: CellForm): string {
  const plain = halfWidth(text)
  if (/["]/.test(plain) || (/^(not\s*\(|[[\](])/.test(plain) && isCondition(plain, form))) return plain
  const refused = /^(?:不是|除了?|not)\s*[:：]?\s*(.+)$/i.exec(plain)
  const parts = (refused?.[1] ?? plain).split(/\s*(?:或者?|；|;|、|\||\bor\b)\s*|,(?!\d{3}(?!\d))\s*/).filter((part) => part.trim() !== '')
  const read = parts.map((part) => readRange(part.trim(), form))
  const known = read.filter((part): part is string => part !== undefined)
  if (known.length !== parts.length || known.length === 0) return plain
  return refused === null ? known.join(', ') : `not(${known.join(', ')})`
}

function readRange(text: string, form: CellForm): string | undefined {
  const both =
    /^(?:介于|在)?\s*(.+?)\s*(?:～|~|—+|至|到|和|与|\.\.)\s*(.+?)\s*(?:之间)?$/.exec(text) ?? (form.kind === 'date' ? null : dashed(text))
  const [low, high] = [readOperand(both?.[1], form), readOperand(both?.[2], form)]
  if (low !== undefined && high !== undefined && !hasSign(text)) return `[${low}..${high}]`
  const two = text.split(/\s*(?:并且|而且|且|&+|\band\b)\s*|\s+(?=[<>])|(?<=\d)(?=[<>≥≤])/).filter((part) => part !== '')
  if (two.length === 2) {
    const [one, other] = two.map((part) => readComparison(part, form))
    const [lower, upper] = one?.operator.startsWith('>') === true ? [one, other] : [other, one]
    if (lower === undefined || upper === undefined || !lower.operator.startsWith('>') || !upper.operator.startsWith('<')) return undefined
    return `${lower.operator === '>=' ? '[' : '('}${lower.operand}..${upper.operand}${upper.operator === '<=' ? ']' : ')'}`
  }
  const single = readComparison(text, form)
  if (single === undefined) return undefined
  if (single.operator === '=') return single.operand
  return single.operator === '!=' ? `not(${single.operand})` : `${single.operator} ${single.operand}`
}

function dashed(text: string): RegExpExecArray | null {
  return /^(\d[\d.,万]*)\s*[-－]\s*(\d[\d.,万]*(?:元|人|户|个月|岁|年|天)?)$/.exec(text)
}

function hasSign(text: string): boolean {
  return /[<>≥≤]/.test(text)
}

function readComparison(text: string, form: CellForm): { operator: string; operand: string } | undefined {
  const found = [...before, ...after].find(([pattern]) => pattern.test(text))
  const operand = readOperand(found === undefined ? text : text.replace(found[0], ''), form)
  return operand === undefined ? undefined : { operator: found?.[1] ?? '=', operand }
}

/** A number, a day, or a name or calculation in FEEL that can be read. */
function readOperand(text: string | undefined, form: CellForm): string | undefined {
  const trimmed = (text ?? '').trim()
  if (trimmed === '') return undefined
  const value = form.kind === 'date' ? readDay(trimmed) : (readNumberText(trimmed) ?? readDay(trimmed))
  if (value !== undefined) return value
  return isFeel(trimmed, form) && !hasSign(trimmed) ? trimmed : undefined
}

function isPlainNumber(text: string): boolean {
  return readNumberText(halfWidth(text.trim())) !== undefined
}

/** `7,000元` is 7000, `1.2万` is 12000, `60%` is 0.6; exact, by moving the point. */
function readNumberText(text: string): string | undefined {
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(万|%|％)?\s*(?:元|人|户|口|个|个月|月|岁|年|天|亩|分)?$/.exec(halfWidth(text))
  if (match === null) return undefined
  const [, sign = '', whole = '', decimals = '', scale = ''] = match
  const shift = scale === '万' ? 4 : scale === '' ? 0 : -2
  const digits = (shift < 0 ? '00' : '') + whole.replace(/,/g, '') + decimals.padEnd(Math.max(shift, 0), '0')
  const point = digits.length - Math.max(decimals.length, Math.max(shift, 0)) + shift
  const number = `${digits.slice(0, point).replace(/^0+(?=\d)/, '')}.${digits.slice(point)}`.replace(/\.?0*$/, '')
  return `${sign}${number === '' ? '0' : number}`
}

function readDay(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (match === null) return /^date\(".*"\)$/.test(text) ? text : undefined
  const [, year = '', month = '', day = ''] = match
  return `date("${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}")`
}

/** Signs and digits that Chinese input methods write wide. */
function halfWidth(text: string): string {
  return text.replace(/[＜＞＝！－（）［］．，：％０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
}

function quote(word: string): string {
  return `"${word.replace(/["\\]/g, (sign) => `\\${sign}`)}"`
}

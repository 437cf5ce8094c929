import { isNamedError } from '../errors/index.ts'
import { defineWords, fill, type Catalogue, type Language } from '../words/index.ts'
import type { Notice } from './values.ts'

/** What is wrong with an expression, said to the officer who writes it. Errors by their code; notices and problems by theirs. */
export const expressionWords = defineWords({
  'expressions.not-readable': {
    zh: '第 {line} 行第 {column} 个字{found}读不懂{expected}。',
    en: 'Line {line}, column {column}: {found} cannot be read here{expected}.',
  },
  'expressions.too-long': {
    zh: '式子太长（最多 {limit} 个字），请拆成几个。',
    en: 'The expression is too long (at most {limit} signs); split it.',
  },
  'expressions.too-deep': {
    zh: '式子一层套一层太深，或函数不停地调用自己，已停止计算。请改写。',
    en: 'The expression is nested too deep, or a function calls itself without end; it was stopped.',
  },
  'expressions.steps-used-up': {
    zh: '计算量太大，已停止，没有得出结果。请缩小循环或列表。',
    en: 'The calculation was stopped because it took too many steps; there is no result. Use shorter loops or lists.',
  },
  'expressions.too-large': {
    zh: '生成的文字或列表太大（最多 {limit}），已停止。',
    en: 'A text or list became too large (at most {limit}); it was stopped.',
  },
  'expressions.not-a-value': { zh: '“{path}”的内容不符合要求的类型。', en: 'What stands in “{path}” is not of the wanted type.' },
  'unknown-name': { zh: '没有“{name}”这个名称{near}', en: 'There is nothing named “{name}”{near}' },
  'no-function': { zh: '没有“{name}”这个函数{near}', en: 'There is no function “{name}”{near}' },
  'wrong-arguments': { zh: '函数“{name}”的参数个数或类型不对。', en: 'The function “{name}” cannot be called with these values.' },
  'no-entry': { zh: '其中没有“{name}”这一项{near}', en: 'It has no “{name}”{near}' },
  'no-result': { zh: '{left}与{right}之间不能用“{operator}”计算。', en: '“{operator}” has no result for {left} and {right}.' },
  'not-comparable': { zh: '{left}与{right}不能比较。', en: '{left} and {right} cannot be compared.' },
  'no-condition': { zh: '这里要的是“是”或“否”，而这是{type}。', en: 'A condition is needed here, but this is {type}.' },
  'no-range': { zh: '区间的两端有一端没有值，或两端不能比较。', en: 'An end of the range has no value, or the ends cannot be compared.' },
  'no-list': {
    zh: '循环的对象不是列表，也不是整数或日期的区间。',
    en: 'What is gone through is neither a list nor a range of whole numbers or days.',
  },
  'unknown-type': { zh: '没有这个类型。', en: 'There is no such type.' },
  'name-twice': { zh: '“{name}”写了两次。', en: '“{name}” is written twice.' },
  'external-function': { zh: '外部程序的函数不会运行，结果为空。', en: 'Functions of other programs are never run; the result is null.' },
})

/** The parts of these sentences. */
export const partWords = defineWords({
  found: { zh: '“{word}”', en: '“{word}”' },
  end: { zh: '（末尾）', en: 'the end' },
  expected: { zh: '，这里应当是{list}', en: '; expected {list}' },
  near: { zh: '，是不是“{name}”？', en: '; did you mean “{name}”?' },
  stop: { zh: '。', en: '.' },
  value: { zh: '一个值或名称', en: 'a value or name' },
  operator: { zh: '运算符（+ - * / = < > and or 等）', en: 'an operator' },
  'then ': { zh: 'then（那么）', en: 'then' },
  'else ': { zh: 'else（否则）', en: 'else' },
  'return ': { zh: 'return', en: 'return' },
  satisfies: { zh: 'satisfies', en: 'satisfies' },
  'in ': { zh: 'in', en: 'in' },
  quote: { zh: '结束的引号 "（文字的引号没有成对）', en: 'a closing quote "' },
  nothing: { zh: '到此为止（多了内容）', en: 'nothing more' },
  or: { zh: ' 或 ', en: ' or ' },
  Any: { zh: '任意值', en: 'any value' },
  Null: { zh: '空值', en: 'null' },
  number: { zh: '数字', en: 'a number' },
  string: { zh: '文字', en: 'a text' },
  boolean: { zh: '是/否', en: 'yes or no' },
  date: { zh: '日期', en: 'a day' },
  time: { zh: '时间', en: 'a time' },
  'date and time': { zh: '日期时间', en: 'a date and time' },
  'years and months duration': { zh: '年月时长', en: 'a duration in months' },
  'days and time duration': { zh: '天时时长', en: 'a duration in days' },
  list: { zh: '列表', en: 'a list' },
  context: { zh: '一组值', en: 'a context' },
  range: { zh: '区间', en: 'a range' },
  function: { zh: '函数', en: 'a function' },
})

const words: Catalogue = expressionWords
const parts: Catalogue = partWords
const signs: Readonly<Record<string, string>> = { '"': 'quote', end: 'nothing' }
const wordsOfLanguage = ['then', 'else', 'return', 'in']

/** The sentence for an error of this room; null for another error. */
export function sayExpressionError(error: unknown, language: Language): string | null {
  if (!isNamedError(error)) return null
  const sentence = words[error.code]
  if (sentence === undefined) return null
  const { found, expected } = error.details
  const values = Object.fromEntries(Object.entries(error.details).map(([name, value]) => [name, sayValue(value)]))
  if (error.code !== 'expressions.not-readable') return fill(sentence, language, values)
  const word = typeof found === 'string' && found !== '' ? fill(partWords.found, language, { word: found }) : partWords.end[language]
  const list = Array.isArray(expected) ? expected.map((code) => sayPart(String(code), language)).join(partWords.or[language]) : ''
  return fill(sentence, language, { ...values, found: word, expected: list === '' ? '' : fill(partWords.expected, language, { list }) })
}

/** The sentence for a notice of a run or a problem of an inspection. */
export function sayNotice(notice: Notice, language: Language): string {
  const sentence = words[notice.code]
  if (sentence === undefined) return notice.code
  const { near } = notice.details
  const values: Record<string, string> = {
    near: near === undefined ? partWords.stop[language] : fill(partWords.near, language, { name: near }),
  }
  for (const [name, value] of Object.entries(notice.details)) if (name !== 'near') values[name] = sayDetail(name, value, language)
  return fill(sentence, language, values)
}

/** Types are said in words, names and signs as they are written. */
function sayDetail(name: string, value: string | number, language: Language): string {
  return name === 'left' || name === 'right' || name === 'type' ? sayPart(String(value).replace(/<.*$/s, ''), language) : String(value)
}

function sayPart(code: string, language: Language): string {
  // With a blank behind: a key `then` would make the catalogue look like a promise.
  const key = wordsOfLanguage.includes(code) ? `${code} ` : (signs[code] ?? code)
  return parts[key]?.[language] ?? code
}

function sayValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

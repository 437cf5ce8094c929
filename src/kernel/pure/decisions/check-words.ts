import { NamedError } from '#kernel/pure/errors/index.ts'
import { sayExpressionError } from '#kernel/pure/expressions/index.ts'
import { defineWords, fill, type Language, type Words } from '#kernel/pure/words/index.ts'
import type { TableFinding, TableFindingCode } from './check.ts'
import { printValue } from './check-ranges.ts'

/** Sentences for what a check finds; rows are given from 1 as `rows`, `first`, `others`; examples as `example`. */
export const checkWords: Readonly<Record<TableFindingCode, Words>> = defineWords({
  gap: { zh: '有情况没有规则：{where}。例如：{example}', en: 'No row for: {where}. For example: {example}' },
  overlap: {
    zh: '第 {rows} 行重叠，同一户会同时符合。例如：{example}',
    en: 'Rows {rows} overlap: one record meets both. For example: {example}',
  },
  unreachable: {
    zh: '第 {first} 行永远轮不到：已被第 {others} 行全部占去',
    en: 'Row {first} is never reached: rows {others} take all of it',
  },
  never: { zh: '第 {rows} 行永远不会符合：“{input}”的条件不可能出现', en: 'Row {rows} never holds: what it asks of {input} cannot occur' },
  'not-allowed': {
    zh: '第 {rows} 行“{input}”写了不允许的值 {outside}（允许：{allowed}），是否写错？',
    en: 'Row {rows}, {input}: {outside} is not among the allowed values ({allowed}); misspelt?',
  },
  'value-without-row': { zh: '“{input}”的取值 {values} 没有专门的规则', en: '{input}: no row names {values}' },
  'type-conflict': {
    zh: '第 {rows} 行“{input}”的条件 {cell} 类型不对：应为{wanted}',
    en: 'Row {rows}, {input}: {cell} is of the wrong kind, {wanted} is needed',
  },
  'bad-cell': {
    zh: '第 {rows} 行“{input}”的条件读不懂：{cell}。{why}',
    en: 'Row {rows}, {input}: cannot read {cell}. {why}',
  },
  'bad-output': {
    zh: '第 {rows} 行“{output}”的结果读不懂：{cell}。{why}',
    en: 'Row {rows}, {output}: cannot read {cell}. {why}',
  },
  'output-not-allowed': {
    zh: '第 {rows} 行“{output}”的结果 {cell} 不在允许的范围：{allowed}',
    en: 'Row {rows}, {output}: {cell} is not among {allowed}',
  },
  'output-type': {
    zh: '第 {rows} 行“{output}”的结果 {cell} 类型不对：应为 {wanted}',
    en: 'Row {rows}, {output}: {cell} is of the wrong kind, {wanted} is needed',
  },
  'not-checkable': {
    zh: '第 {rows} 行“{input}”的条件 {cell} 无法自动检查，请用测试用例核对',
    en: 'Row {rows}, {input}: {cell} cannot be checked by itself; add a test',
  },
  'too-large': { zh: '表太大，{what} 没有查完', en: 'The table is too large: the search for {what} was not finished' },
})

/** Kinds of value in the sentences. */
const kindWords: Readonly<Record<string, Words>> = defineWords({
  number: { zh: '数字', en: 'a number' },
  string: { zh: '文字（加引号）', en: 'a text in quotes' },
  boolean: { zh: '是否（true/false）', en: 'true or false' },
  date: { zh: '日期', en: 'a date' },
  months: { zh: '年月时长', en: 'years and months' },
  nanos: { zh: '天数时长', en: 'days and hours' },
})

/** Parts of the check by the findings that they look for. */
const partWords: Readonly<Record<string, Words>> = defineWords({
  gap: { zh: '漏掉的情况', en: 'gaps' },
  overlap: { zh: '重叠的行', en: 'overlaps' },
  unreachable: { zh: '轮不到的行', en: 'rows never reached' },
})

/** A finding as a sentence for the officer who edits the table. */
export function sayTableFinding(finding: TableFinding, language: Language): string {
  const { rows, example, details, error } = finding
  const why = error === undefined ? null : sayExpressionError(new NamedError(error.code, 422, error.details), language)
  const comma = language === 'zh' ? '、' : ', '
  const numbers = rows.map((row) => row + 1)
  const known = (words: Words | undefined, otherwise: string | number | undefined) =>
    words === undefined ? String(otherwise ?? '') : words[language]
  return fill(checkWords[finding.code], language, {
    ...details,
    why: why ?? '',
    rows: numbers.join(comma),
    first: numbers[0] ?? '',
    others: numbers.slice(1).join(comma),
    input: finding.input ?? '',
    output: finding.output ?? '',
    example: (example ?? []).map((fact) => `${fact.input} = ${printValue(fact.value)}`).join(language === 'zh' ? '，' : ', '),
    wanted: known(kindWords[String(details['wanted'] ?? '')], details['wanted']),
    what: known(partWords[String(details['what'] ?? '')], details['what']),
  })
}

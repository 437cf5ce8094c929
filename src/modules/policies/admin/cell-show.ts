import { isNamedError } from '#kernel/pure/errors/index.ts'
import {
  parseExpression,
  parseUnaryTests,
  printNumber,
  type ComparisonOperator,
  type Names,
  type Node,
} from '#kernel/pure/expressions/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import { cellWords } from './cell-words.ts'

/** What a column holds; `any`: nobody has said. */
export type CellKind = 'number' | 'text' | 'boolean' | 'date' | 'any'

/** How a cell of a column is written and shown. */
export interface CellForm {
  readonly kind: CellKind
  readonly language: Language
  /** The words that may stand in it, where they are known. */
  readonly words?: readonly string[]
  /** The names that a cell may use: facts and parameters. */
  readonly names: Names
}

const signs: Readonly<Record<ComparisonOperator, string>> = { '=': '', '!=': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥' }

/**
 * A condition of a table as officers write it: `[7000..9000)` is `≥7000 且 <9000`, `not("低保")` is `不是 低保`, `-` is `—`. What has no such
 * form stays as FEEL, begun with `=`. `readCondition` turns all of it back.
 */
export function showCondition(feel: string, form: CellForm): string {
  const text = feel.trim()
  if (text === '' || text === '-') return '—'
  const parsed = tryTo(() => parseUnaryTests(text, { names: form.names }))
  if (parsed === undefined) return text
  const t = cellWords
  const { language } = form
  const parts = parsed.tests.map((test) => showTest(test, text, form))
  if (parts.some((part) => part === undefined)) return `= ${text}`
  const isUnknown = parsed.tests.length === 1 && isNull(parsed.tests[0])
  if (isUnknown) return parsed.negated ? t.known[language] : t.unknown[language]
  const joined = parts.join(form.kind === 'text' ? t.comma[language] : t.or[language])
  return parsed.negated ? `${t.not[language]} ${joined}` : joined
}

function showTest(test: Node, text: string, form: CellForm): string | undefined {
  if (test.kind === 'test') {
    const operand = showOperand(test.operand, text, form)
    return operand === undefined || form.kind === 'text' ? undefined : `${signs[test.operator]}${operand}`
  }
  if (test.kind === 'interval') {
    const [low, high] = [showOperand(test.low, text, form), showOperand(test.high, text, form)]
    if (low === undefined || high === undefined) return undefined
    if (test.lowClosed && test.highClosed) return `${low}～${high}`
    const and = cellWords.and[form.language]
    return `${test.lowClosed ? '≥' : '>'}${low}${and}${test.highClosed ? '≤' : '<'}${high}`
  }
  return showOperand(test, text, form)
}

/** A value or a name; anything composed is not shown in words, so that nothing is read back as something else. */
function showOperand(node: Node, text: string, form: CellForm): string | undefined {
  const words = cellWords
  if (isNull(node)) return words.unknown[form.language]
  if (node.kind === 'literal') {
    const { value } = node
    if (typeof value === 'boolean') return value ? words.yes[form.language] : words.no[form.language]
    if (typeof value === 'string') return form.kind === 'text' && isPlainWord(value, form) ? value : undefined
    return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number' ? printNumber(value) : undefined
  }
  if (node.kind === 'call') {
    const [day] = node.values
    const isDay = node.target.kind === 'variable' && node.target.name === 'date' && node.values.length === 1
    return isDay && day?.kind === 'literal' && typeof day.value === 'string' && form.kind === 'date' ? day.value : undefined
  }
  if (node.kind === 'variable' || node.kind === 'arithmetic')
    return form.kind === 'number' || form.kind === 'date' ? text.slice(node.from, node.to) : undefined
  return undefined
}

/** Whether a word can be shown without its quotes and is read back as itself. */
function isPlainWord(word: string, form: CellForm): boolean {
  if (form.words?.includes(word) === true) return !/[、，,；;|]/.test(word)
  return word.trim() === word && word !== '' && !/["=、，,；;|/\n\t-]|^(不是|除|任意|不限|未知|已知|为空|—)/.test(word)
}

/** An output as officers write it: words without quotes, numbers and days as they are, a calculation with `=` before it. */
export function showOutput(feel: string, form: CellForm): string {
  const text = feel.trim()
  if (text === '') return ''
  const parsed = tryTo(() => parseExpression(text, { names: form.names }))
  if (parsed === undefined) return text
  const { root } = parsed
  if (isNull(root)) return cellWords.unknown[form.language]
  if (root.kind === 'literal' && typeof root.value === 'string')
    return form.kind === 'number' || form.kind === 'boolean' || root.value.trim() !== root.value || /^[="]/.test(root.value)
      ? `= ${text}`
      : root.value
  if (root.kind === 'variable' || root.kind === 'arithmetic') return `= ${text}`
  return showOperand(root, text, { ...form, kind: form.kind === 'text' ? 'any' : form.kind }) ?? `= ${text}`
}

function isNull(node: Node | undefined): boolean {
  return node?.kind === 'literal' && node.value === null
}

function tryTo<Found>(read: () => Found): Found | undefined {
  try {
    return read()
  } catch (error) {
    if (!isNamedError(error)) throw error
    return undefined
  }
}

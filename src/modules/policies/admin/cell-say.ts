import { isNamedError } from '#kernel/pure/errors/index.ts'
import {
  inspect,
  inspectTests,
  parseExpression,
  parseUnaryTests,
  sayExpressionError,
  sayNotice,
  type FeelType,
  type Node,
} from '#kernel/pure/expressions/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import { readCondition, readOutput } from './cell-read.ts'
import { showCondition, showOutput, type CellForm } from './cell-show.ts'
import { editorWords } from './editor-words.ts'
import { readingWords } from './cell-words.ts'
import type { TableColumn } from './table-columns.ts'

const shown = new WeakMap<CellForm, Map<string, string>>()
const checked = new WeakMap<CellForm, Map<string, string | undefined>>()

/** A cell as it stands in the sheet: in words where they are read back as the same FEEL, else the FEEL itself. */
export function showCell(feel: string, { part, form }: Pick<TableColumn, 'part' | 'form'>): string {
  if (part === 'note') return feel
  return remembered(shown, form, `${part}${feel}`, () => {
    const text = part === 'input' ? showCondition(feel, form) : showOutput(feel, form)
    const again = part === 'input' ? readCondition(text, form) : readOutput(text, form)
    return again.replace(/\s+/g, '') === plainFeel(feel, part).replace(/\s+/g, '') ? text : `= ${feel.trim()}`
  })
}

function plainFeel(feel: string, part: TableColumn['part']): string {
  const text = feel.trim()
  return part === 'input' && text === '' ? '-' : text
}

/** What was typed or pasted, in FEEL. */
export function readCell(typed: string, { part, form }: Pick<TableColumn, 'part' | 'form'>): string {
  if (part === 'note') return typed
  return part === 'input' ? readCondition(typed, form) : readOutput(typed, form)
}

/** What is wrong with a cell by itself, in a sentence; undefined for nothing. Gaps and overlaps are the whole table's. */
export function problemOf(feel: string, { part, form }: Pick<TableColumn, 'part' | 'form'>): string | undefined {
  if (part === 'note' || feel.trim() === '' || feel.trim() === '-') return undefined
  return remembered(checked, form, `${part}${feel}`, () => {
    try {
      return part === 'input' ? conditionProblem(feel, form) : outputProblem(feel, form)
    } catch (error) {
      return sayExpressionError(error, form.language) ?? undefined
    }
  })
}

function conditionProblem(feel: string, form: CellForm): string | undefined {
  const tests = parseUnaryTests(feel, { names: form.names })
  const [problem] = inspectTests(tests, typeOf(form)).problems
  if (problem !== undefined) return sayNotice(problem, form.language)
  return wrongWord(
    tests.tests.map((test) => wordIn(test)),
    form,
  )
}

function outputProblem(feel: string, form: CellForm): string | undefined {
  const parsed = parseExpression(feel, { names: form.names })
  const { problems, type } = inspect(parsed)
  if (problems[0] !== undefined) return sayNotice(problems[0], form.language)
  if (form.kind !== 'any' && type !== 'Any' && type !== 'Null' && type !== typeOf(form))
    return editorWords[`needs.${form.kind}`][form.language]
  return wrongWord([wordIn(parsed.root)], form)
}

function wordIn(node: Node): string | undefined {
  return node.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined
}

function wrongWord(found: readonly (string | undefined)[], { words, language }: CellForm): string | undefined {
  const wrong = words === undefined ? undefined : found.find((word) => word !== undefined && !words.includes(word))
  return wrong === undefined
    ? undefined
    : fill(editorWords.notAllowed, language, { word: wrong, words: (words ?? []).join(language === 'zh' ? '、' : ', ') })
}

function typeOf({ kind }: CellForm): FeelType {
  return kind === 'any' ? 'Any' : kind === 'text' ? 'string' : kind
}

/** The cell said at length, for the line below the sheet's tools. */
export function sayCell(feel: string, column: TableColumn): string {
  const { part, form, title } = column
  const { language } = form
  if (part === 'note') return feel
  if (part === 'output')
    return feel.trim() === ''
      ? fill(readingWords.outputEmpty, language, { output: title })
      : fill(readingWords.output, language, { output: title, value: showCell(feel, column).replace(/^= /, '') })
  if (feel.trim() === '' || feel.trim() === '-') return fill(readingWords.any, language, { input: title })
  return fill(readingWords.whole, language, { input: title, tests: sayTests(feel, form) })
}

function sayTests(feel: string, form: CellForm): string {
  const { language } = form
  try {
    const { tests, negated } = parseUnaryTests(feel, { names: form.names })
    const [only] = tests
    if (tests.length === 1 && only !== undefined && only.kind === 'literal' && only.value === null)
      return readingWords[negated ? 'known' : 'unknown'][language]
    const said = tests.map((test) => sayTest(test, feel, { form, isBare: negated }))
    return negated
      ? fill(readingWords.not, language, { value: said.join(language === 'zh' ? '、' : ', ') })
      : said.join(readingWords.or[language])
  } catch (error) {
    if (!isNamedError(error)) throw error
    return fill(readingWords.formula, language, { text: feel })
  }
}

function sayTest(test: Node, text: string, { form, isBare }: { form: CellForm; isBare: boolean }): string {
  const { language } = form
  const show = (node: Node) => showCell(text.slice(node.from, node.to), { part: 'input', form }).replace(/^= /, '')
  if (test.kind === 'test') return fill(readingWords[`op.${test.operator}`], language, { value: show(test.operand) })
  if (test.kind === 'interval') {
    const kind = (isClosed: boolean) => readingWords[isClosed ? 'included' : 'excluded'][language]
    const [low, high] = [show(test.low), show(test.high)]
    return fill(readingWords.between, language, { low, lowKind: kind(test.lowClosed), high, highKind: kind(test.highClosed) })
  }
  if (test.kind === 'comparison' || test.kind === 'and' || test.kind === 'or')
    return fill(readingWords.formula, language, { text: text.slice(test.from, test.to) })
  return isBare ? show(test) : fill(readingWords['op.='], language, { value: show(test) })
}

function remembered<Kept>(all: WeakMap<CellForm, Map<string, Kept>>, form: CellForm, key: string, make: () => Kept): Kept {
  let own = all.get(form)
  if (own === undefined) all.set(form, (own = new Map()))
  const known = own.get(key)
  if (known !== undefined || own.has(key)) return known as Kept // safe: what was put in under this key
  const made = make()
  own.set(key, made)
  return made
}

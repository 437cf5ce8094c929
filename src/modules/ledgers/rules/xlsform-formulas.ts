import type { Check, Column, Field } from './template.ts'
import { readCalculation, readConstraint, readRelevant, readYesNo } from './xlsform-meaning.ts'
import type { RowQuestion } from './xlsform-rows.ts'
import { feelText } from './xlsform-pieces.ts'
import { yesNo, type Question, type Scope } from './xlsform-scope.ts'
import { wordsOf, type Findings, type FormRow } from './xlsform-sheets.ts'
import { toFeel } from './xlsform-to-feel.ts'
import { joined, parseXPath, XPathFault, type XPath } from './xlsform-xpath.ts'

/** Puts the expressions of a form into its fields, each read with the questions that it may name. */
export class FormulaReader {
  readonly checks: Check[] = []
  private given: { questions: readonly RowQuestion[]; heads: readonly string[]; findings: Findings; refused: ReadonlySet<string> }

  constructor(given: {
    questions: readonly RowQuestion[]
    heads: readonly string[]
    findings: Findings
    /** Names of rows that were refused already. */
    refused: ReadonlySet<string>
  }) {
    this.given = given
    // What a calculation gives follows from it, and from the calculations that it reads: again until nothing changes.
    for (let pass = 0; pass < given.questions.length && this.infer(); pass += 1);
  }

  /** Gives calculations the kind of what they calculate; whether one changed. */
  private infer(): boolean {
    let isChanged = false
    const questions = this.given.questions.map((question) => {
      const kind = isFree(question) ? this.kindOf(question) : undefined
      if (kind === undefined || kind.kind === question.field.kind) return question
      isChanged = true
      return { ...question, field: { ...question.field, ...kind } }
    })
    this.given = { ...this.given, questions }
    return isChanged
  }

  private kindOf(question: RowQuestion): { kind: Field['kind']; places?: number } | undefined {
    try {
      const { type } = toFeel(parseXPath(question.row.get('calculation')), this.scopeOf(question, false), 'natural')
      return type === 'number' ? { kind: 'number', places: 6 } : type === 'date' ? { kind: 'date' } : { kind: 'text' }
    } catch (fault) {
      if (fault instanceof XPathFault) return undefined // said when the formula is read
      throw fault
    }
  }

  /** The fields in their order, tables with their columns. */
  fields(): Field[] {
    const { questions } = this.given
    return questions
      .filter(({ inside }) => inside === undefined)
      .map((question) => {
        if (question.field.kind !== 'table') return this.finished(question)
        const columns = questions.filter(({ inside }) => inside === question.name).map((one): Column => this.finished(one))
        return { ...this.finished(question), columns }
      })
  }

  private scopeOf(of: RowQuestion, withSelf: boolean): Scope {
    const { questions } = this.given
    const plain = (one: RowQuestion): Question => ({ name: one.name, field: one.field })
    const own = questions.filter(({ inside }) => inside === of.inside).map(plain)
    const tables = questions.filter(({ field }) => field.kind === 'table')
    const columns =
      of.inside === undefined
        ? questions.flatMap((one): Question[] => {
            const table = tables.find(({ name }) => name === one.inside)
            return table === undefined ? [] : [{ ...plain(one), inside: plain(table) }]
          })
        : []
    const known = new Set([...own, ...columns].map(({ name }) => name))
    return {
      questions: [...own, ...columns],
      outside: new Set(questions.map(({ name }) => name).filter((name) => !known.has(name))),
      ...(withSelf ? { self: plain(of) } : {}),
    }
  }

  private finished(question: RowQuestion): Field {
    const calculated = question.isCalculated ? this.calculated(question) : {}
    const field: Field = { ...question.field, ...calculated }
    const visibleWhen = this.visible(question)
    return {
      ...field,
      ...(question.isNote ? { computed: feelText(this.noteText(question)) } : {}),
      ...(visibleWhen === undefined ? {} : { visibleWhen }),
      ...(question.isNote || question.isCalculated ? {} : { ...this.first(question), ...this.bounds(question) }),
    }
  }

  private noteText({ row }: RowQuestion): string {
    return wordsOf(row, this.given.heads, 'label')?.zh ?? ''
  }

  /** Reads a cell; what is refused is said with its place. */
  private cell<Of>(row: FormRow, column: string, read: (node: XPath) => Of): Of | undefined {
    try {
      return read(parseXPath(row.get(column)))
    } catch (fault) {
      if (!(fault instanceof XPathFault)) throw fault
      // What names a row that was refused is not refused for that: each thing is said once.
      const isSaid = fault.code === 'xpath-field' && this.given.refused.has(fault.what.slice(2, -1))
      if (!isSaid) this.given.findings.say(fault.code, row.place(column), { what: fault.what })
      return undefined
    }
  }

  private visible(question: RowQuestion): string | undefined {
    const nodes = question.relevants.map((row) => this.cell(row, 'relevant', (node) => node)).filter((node) => node !== undefined)
    const all = joined('and', nodes)
    const last = question.relevants.at(-1)
    if (all === undefined || last === undefined || nodes.length < question.relevants.length) return undefined
    return this.cell(last, 'relevant', () => readRelevant(all, this.scopeOf(question, false)))
  }

  private calculated(question: RowQuestion): Partial<Field> {
    const { row, field } = question
    if (row.get('calculation') === '') {
      this.given.findings.say('no-calculation', row.place('calculation'))
      return {}
    }
    if (this.reads(question).has(question.name)) {
      this.given.findings.say('ring', row.place('calculation'), { what: field.name.zh })
      return {}
    }
    const scope = this.scopeOf(question, false)
    return (
      this.cell(row, 'calculation', (node) => {
        if (field.kind === 'yes-no') {
          const text = readYesNo(node, scope)
          if (text !== undefined) return { computed: text }
        }
        const { text, type } = readCalculation(node, scope)
        if (type === 'boolean') {
          this.given.findings.say('calculation-kind', row.place('calculation'))
          return {}
        }
        return { computed: text }
      }) ?? {}
    )
  }

  /** All questions that a calculation reads, directly and through other calculations. */
  private reads(question: RowQuestion): ReadonlySet<string> {
    const found = new Set<string>()
    const waiting = [question]
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      for (const name of namesIn(one.row.get('calculation'))) {
        if (found.has(name)) continue
        found.add(name)
        waiting.push(...this.given.questions.filter((other) => other.name === name && other.isCalculated))
      }
    }
    return found
  }

  /** A default: fixed as it is written, or a formula where it has a function or a question in it. */
  private first(question: RowQuestion): Partial<Field> {
    const { row, field } = question
    const text = row.get('default')
    if (text === '') return {}
    if (/\$\{|[A-Za-z-]+\(.*\)/.test(text)) {
      const scope = this.scopeOf(question, false)
      const read = this.cell(row, 'default', (node) => readCalculation(node, scope).text)
      return read === undefined ? {} : { default: read }
    }
    const fixed = fixedDefault(field, text)
    if (fixed === undefined) this.given.findings.say('default', row.place('default'), { what: text.slice(0, 40) })
    return fixed === undefined ? {} : { default: fixed }
  }

  /** Bounds of a number without a message of their own; any other constraint becomes a check. */
  private bounds(question: RowQuestion): Partial<Field> {
    const { row, field, inside } = question
    const { findings, heads } = this.given
    if (row.get('constraint') === '') return {}
    const message = wordsOf(row, heads, 'constraint_message')
    const found = this.cell(row, 'constraint', (node) => boundsOf(node))
    const isNumber = field.kind === 'number' || field.kind === 'money'
    if (found !== undefined && isNumber && (message === undefined || message.zh === boundsMessage(found).zh)) return found
    if (inside !== undefined) {
      findings.say('repeat-constraint', row.place('constraint'))
      return {}
    }
    const holds = this.cell(row, 'constraint', (node) => readConstraint(node, this.scopeOf(question, true)))
    if (holds === undefined) return {}
    if (message !== undefined && (message.zh.length > 200 || message.en.length > 300)) findings.say('message', row.place(message.column))
    const said = message ?? { zh: `“${field.name.zh}”填得不对`, en: `${field.name.en} is not right` }
    this.checks.push({
      key: `c-${field.key}`.slice(0, 40),
      holds,
      says: { zh: said.zh.slice(0, 200), en: said.en.slice(0, 300) },
      level: 'refuse',
    })
    return {}
  }
}

/** Whether a question is a calculation of which nobody says what it gives. */
const isFree = ({ row, tokens }: RowQuestion): boolean => row.get('type').toLowerCase() === 'calculate' && tokens.get('kind') === undefined

/** Names between `${` and `}`. */
const namesIn = (text: string): string[] => [...text.matchAll(/\$\{\s*([^}\s]+)\s*\}/g)].map(([, name]) => name ?? '')

function fixedDefault({ kind, choices }: Field | Column, text: string): string | undefined {
  if (kind === 'text' || kind === 'long-text') return feelText(text)
  if (kind === 'number' || kind === 'money') return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `date(${feelText(text)})` : undefined
  if (kind === 'yes-no') return text === yesNo.yes ? 'true' : text === yesNo.no ? 'false' : undefined
  if (kind !== 'choice' && kind !== 'choices') return undefined
  const found = (kind === 'choice' ? [text] : text.split(/\s+/)).map((name) => choices?.find(({ key }) => key === name))
  if (found.includes(undefined)) return undefined
  const names = found.map((one) => feelText(one?.name.zh ?? ''))
  return kind === 'choice' ? names[0] : `[${names.join(', ')}]`
}

/** `. >= 0 and . <= 100` as bounds. */
export function boundsOf(node: XPath): { min?: string; max?: string } | undefined {
  if (node.kind !== 'binary') return undefined
  if (node.operator === 'and') {
    const [a, b] = [boundsOf(node.left), boundsOf(node.right)]
    return a?.min !== undefined && a.max === undefined && b?.max !== undefined && b.min === undefined ? { ...a, ...b } : undefined
  }
  const text = numberOf(node.right)
  if (node.left.kind !== 'self' || text === undefined) return undefined
  return node.operator === '>=' ? { min: text } : node.operator === '<=' ? { max: text } : undefined
}

function numberOf(node: XPath): string | undefined {
  if (node.kind === 'number') return node.text
  return node.kind === 'negative' && node.operand.kind === 'number' ? `-${node.operand.text}` : undefined
}

/** What is said when an answer is out of its bounds. */
export function boundsMessage({ min, max }: { min?: string; max?: string }): { zh: string; en: string } {
  if (min === undefined) return { zh: `最大 ${max ?? ''}`, en: `At most ${max ?? ''}` }
  return max === undefined
    ? { zh: `最小 ${min}`, en: `At least ${min}` }
    : { zh: `应在 ${min} 到 ${max} 之间`, en: `Between ${min} and ${max}` }
}

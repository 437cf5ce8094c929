import {
  checkModel,
  linkModels,
  prepareModel,
  readDmn,
  sayProblem,
  sayTableFinding,
  xmlWords,
  type CheckedElement,
  type DecisionTable,
  type DrgElement,
  type ModelProblem,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import { isNamedError, type NamedError } from '#kernel/pure/errors/index.ts'
import { printType, sayExpressionError, type FeelType } from '#kernel/pure/expressions/index.ts'
import { fill, type Catalogue, type Words } from '#kernel/pure/words/index.ts'
import type { ExampleResult, FactCard, ParameterValue, PolicyExample, PolicyFinding, Subject } from '../contract.ts'
import { findingWords, kindWords, sourceWords, subjectWords, type FindingWord } from './finding-words.ts'
import { nearestOf } from './nearest-of.ts'
import { parameterContext, valueOfParameter } from './parameter-values.ts'
import { runExample } from './run-example.ts'

/** What a text is checked against. */
export interface Surroundings {
  readonly subject: Subject
  /** The decision that others ask for; '' where any will do. */
  readonly decision: string
  readonly facts: readonly Pick<FactCard, 'name' | 'of' | 'type' | 'decimals' | 'words'>[]
  /** All parameters in force on the first day. */
  readonly parameters: readonly Pick<ParameterValue, 'name' | 'value'>[]
  readonly asOf: string
  /** Steps of each part of the check of one of so many tables; about a second for all unless told. */
  readonly stepsFor?: ((tables: number) => number | undefined) | undefined
  /** What could not be finished is an error. */
  readonly isWhole?: boolean
}

/** What a check says of a table's text; `model` is absent where it cannot be read. */
export interface CheckedTable {
  readonly findings: PolicyFinding[]
  readonly model: PreparedModel | undefined
}

/** A finding in both languages. Values that are words of a catalogue are given as `Words`. */
export function finding(
  code: FindingWord,
  severity: PolicyFinding['severity'],
  values: Readonly<Record<string, string | number | Words>> = {},
  place: Partial<Pick<PolicyFinding, 'decision' | 'rows' | 'input'>> = {},
): PolicyFinding {
  const said = (language: 'zh' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]))
  const [zh, en] = [fill(findingWords[code], 'zh', said('zh')), fill(findingWords[code], 'en', said('en'))]
  return { severity, code, zh, en, decision: '', rows: [], input: null, ...place }
}

/** Steps of the checks of all tables of a text, and of all its examples: about a second each. Of a larger text what was not finished is told. */
const stepsOfChecks = 900_000
const stepsOfExamples = 10_000_000

/** Everything about the text of a table that an officer should mend (`error`) or look at, without its examples. Never throws for what was written. */
export function checkTableText(content: string, around: Surroundings): CheckedTable {
  let model: PreparedModel
  try {
    model = prepareModel(linkModels(readDmn(content)))
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    return { findings: [finding('unreadable', 'error', { why: sayUnreadable(fault) })], model: undefined }
  }
  const facts = factsFor(around.subject, around.facts)
  const decimals = Object.fromEntries(facts.flatMap((fact) => (fact.decimals === null ? [] : [[fact.name, fact.decimals]])))
  const tables = model.graph.main.elements.filter((one) => tableIn(one) !== undefined).length
  const steps = around.stepsFor?.(tables) ?? Math.max(20_000, Math.min(300_000, Math.floor(stepsOfChecks / Math.max(1, tables))))
  const checked = checkModel(model, { fixed: parameterContext(around.parameters), decimals, steps })
  return {
    model,
    findings: [
      ...missingDecision(model, around),
      ...ofNames(model, around),
      ...ofProblems(model, checked),
      ...(around.isWhole === true ? checked.flatMap(ofTableWhole) : checked.flatMap(ofTable)),
      ...ofWords(model, around),
    ],
  }
}

/** The facts that a text about a subject may name, each name once. Where all are given by whoever asks, any fact may be given. */
export function factsFor<Fact extends Pick<FactCard, 'name' | 'of'>>(subject: Subject, facts: readonly Fact[]): Fact[] {
  const own = facts.filter((fact) => fact.of === subject)
  if (subject !== 'given') return own
  return [...new Map([...facts.filter((fact) => fact.of !== subject), ...own].map((fact) => [fact.name, fact])).values()]
}

/** Runs examples one by one; what fails is an error, what cannot be read as well. */
export function checkExamples(
  model: PreparedModel,
  examples: readonly PolicyExample[],
  given: { decision: string; parametersOn: (asOf: string | undefined) => readonly Pick<ParameterValue, 'name' | 'value'>[] },
): { findings: PolicyFinding[]; results: ExampleResult[] } {
  const findings: PolicyFinding[] = examples.length === 0 ? [finding('no-examples', 'note')] : []
  const results: ExampleResult[] = []
  const steps = Math.max(50_000, Math.min(1_000_000, Math.floor(stepsOfExamples / Math.max(1, examples.length))))
  for (const example of examples)
    try {
      const parameters = parameterContext(given.parametersOn(example.asOf))
      const result = runExample({ model, decision: given.decision, parameters, steps }, example)
      results.push(result)
      if (!result.isEqual) findings.push(finding('example-failed', 'error', firstDifference(result), { decision: given.decision }))
    } catch (fault) {
      const why = { zh: sayExpressionError(fault, 'zh'), en: sayExpressionError(fault, 'en') }
      if (!isNamedError(fault) || why.zh === null || why.en === null) throw fault
      findings.push(finding('example-unreadable', 'error', { name: example.name, why: { zh: why.zh, en: why.en } }))
      results.push({ name: example.name, isEqual: false, expected: example.expected, found: {} })
    }
  return { findings, results }
}

/** The first output of an example that is otherwise, as texts. */
export function firstDifference({
  name,
  expected,
  found,
}: ExampleResult): Record<'name' | 'output' | 'expected' | 'found', string | Words> {
  const output = Object.keys(expected).find((one) => !isSame(expected[one], found[one])) ?? Object.keys(expected)[0] ?? ''
  return { name, output, expected: shown(expected[output]), found: shown(found[output]) }
}

function isSame(one: unknown, other: unknown): boolean {
  const [left, right] = [plain(one ?? null), plain(other ?? null)]
  return left === right || (/\d/.test(left) && Number(left) === Number(right))
}

function shown(value: unknown): Words {
  if (value === null || value === undefined) return { zh: '未知', en: 'unknown' }
  const text = Array.isArray(value) ? `[${value.map(plain).join('、')}]` : plain(value)
  return { zh: text, en: text }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const xml: Catalogue = xmlWords

function sayUnreadable({ code, details }: NamedError): Words {
  const told = (name: string) => (details[name] === undefined ? undefined : plain(details[name]))
  const [line, element] = [told('line'), told('element') ?? told('found') ?? code]
  const what = xml[told('reason') ?? ''] ?? { zh: element, en: element }
  return line === undefined ? what : { zh: `第 ${line} 行，${what.zh}`, en: `line ${line}, ${what.en}` }
}

function missingDecision({ graph }: PreparedModel, { decision }: Surroundings): PolicyFinding[] {
  const isThere = graph.main.elements.some((one) => one.kind === 'decision' && (decision === '' || one.name === decision))
  return isThere ? [] : [finding('decision-missing', 'error', { name: decision })]
}

/** Inputs that nothing supplies, or that are of another kind than what supplies them. */
function ofNames(model: PreparedModel, around: Surroundings): PolicyFinding[] {
  const facts = new Map(factsFor(around.subject, around.facts).map((fact) => [fact.name, fact]))
  const parameters = new Map(around.parameters.map((one) => [one.name, one]))
  return model.graph.main.elements.flatMap((element): PolicyFinding[] => {
    if (element.kind !== 'inputData') return []
    const name = element.variable?.name ?? element.name
    const place = { decision: element.name }
    const [fact, parameter] = [facts.get(name), parameters.get(name)]
    const found = kindOfType(model.elements.types.typeOf(model.graph.main, element.variable?.typeRef).feel)
    if (fact !== undefined)
      return found === undefined || found === fact.type
        ? []
        : [finding('fact-type', 'error', { name, source: sourceWords.facts, wanted: kindWords[fact.type], found: kindWords[found] }, place)]
    if (parameter === undefined) {
      const near = nearestOf(name, [...facts.keys(), ...parameters.keys()])
      const hint = near === undefined ? { zh: '', en: '' } : sentence('name-near', { name: near })
      return [finding('unknown-name', 'error', { name, subject: subjectWords[around.subject], near: hint }, place)]
    }
    if (parameter.value === null) return [finding('parameter-empty', 'warning', { name, asOf: around.asOf }, place)]
    const value = valueOfParameter(parameter)
    const wanted = typeof value === 'string' || Array.isArray(value) ? 'text' : 'number'
    return found === undefined || found === wanted
      ? []
      : [finding('fact-type', 'error', { name, source: sourceWords.parameters, wanted: kindWords[wanted], found: kindWords[found] }, place)]
  })
}

function sentence(code: FindingWord, values: Readonly<Record<string, string>>): Words {
  return { zh: fill(findingWords[code], 'zh', values), en: fill(findingWords[code], 'en', values) }
}

/** The kind of a declared type, of its items where it is a list; `undefined` where it is not told. */
function kindOfType(type: FeelType): FactCard['type'] | undefined {
  if (typeof type === 'object' && 'list' in type) return kindOfType(type.list)
  const name = printType(type)
  return name === 'string' ? 'text' : name === 'number' || name === 'boolean' || name === 'date' ? name : undefined
}

/** More of them than anybody mends at once; each is searched for in all cells. */
const mostProblems = 200

/** What the reader of the model says: arrows, rings, names, expressions, each with the rows it stands in. */
function ofProblems(model: PreparedModel, checked: readonly CheckedElement[]): PolicyFinding[] {
  const told = new Set(
    checked.flatMap(({ name, findings }) => (findings.some((one) => one.code === 'bad-cell' || one.code === 'bad-output') ? [name] : [])),
  )
  const seen = new Set<string>()
  const untold = model.problems.filter((one) => one.code !== 'expression-unreadable' || !told.has(one.of))
  const bySeverity = [...untold.filter((one) => one.severity === 'error'), ...untold.filter((one) => one.severity !== 'error')]
  return bySeverity.slice(0, mostProblems).flatMap((problem) => {
    const place = placeOf(model, problem)
    const rows = place.rows.length === 0 ? undefined : place.rows.join('、')
    const where = rows === undefined ? '' : `第 ${rows} 行“${place.input ?? ''}”：`
    const whereEn = rows === undefined ? '' : `Row ${rows}, ${place.input ?? ''}: `
    const [zh, en] = [`${where}${sayProblem(problem, 'zh')}`, `${whereEn}${sayProblem(problem, 'en')}`]
    if (seen.has(zh)) return []
    seen.add(zh)
    return [{ severity: problem.severity, code: problem.code, zh, en, decision: problem.of, ...place }]
  })
}

/** The rows (from 1) and the column in whose cells a doubtful text stands. */
function placeOf({ graph }: PreparedModel, problem: ModelProblem): Pick<PolicyFinding, 'rows' | 'input'> {
  const { text } = problem.details
  const table = tableIn(graph.main.elements.find((one) => one.name === problem.of))
  if (typeof text !== 'string' || text === '' || table === undefined) return { rows: [], input: null }
  const columns = [
    ...table.inputs.map((one, at) => ({
      name: one.label ?? one.expression.text,
      cells: table.rules.map((rule) => rule.inputEntries[at]?.text),
    })),
    ...table.outputs.map((one, at) => ({
      name: one.label ?? one.name ?? table.outputLabel ?? problem.of,
      cells: table.rules.map((rule) => rule.outputEntries[at]?.text),
    })),
  ]
  for (const { name, cells } of columns) {
    const rows = cells.flatMap((cell, row) => (cell !== undefined && holds(cell, text) ? [row + 1] : []))
    if (rows.length > 0) return { rows, input: name }
  }
  return { rows: [], input: table.inputs.find((one) => holds(one.expression.text, text))?.label ?? null }
}

/** Whether a cell holds a text, and not only as a part of a longer name. */
function holds(cell: string, text: string): boolean {
  const isName = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign)
  for (let at = cell.indexOf(text); at !== -1; at = cell.indexOf(text, at + 1)) {
    const isInside = (isName(text[0]) && isName(cell[at - 1])) || (isName(text[text.length - 1]) && isName(cell[at + text.length]))
    if (!isInside) return true
  }
  return false
}

/** The table that is the logic of a decision or function. */
export function tableIn(element: DrgElement | undefined): DecisionTable | undefined {
  if (element?.kind === 'decision') return element.expression?.kind === 'table' ? element.expression : undefined
  const body = element?.kind === 'businessKnowledgeModel' ? element.encapsulatedLogic?.body : undefined
  return body?.kind === 'table' ? body : undefined
}

function ofTable({ name, findings }: CheckedElement): PolicyFinding[] {
  return findings.map((one) => ({
    severity: one.severity,
    code: one.code,
    zh: sayTableFinding(one, 'zh'),
    en: sayTableFinding(one, 'en'),
    decision: name,
    rows: one.rows.map((row) => row + 1),
    input: one.input ?? one.output ?? null,
  }))
}

/** The same, where nobody knows whether there is a gap: it cannot be published, and what to do is told once. */
function ofTableWhole(element: CheckedElement): PolicyFinding[] {
  const found = ofTable(element)
  const known = found.filter((one) => one.code !== 'too-large')
  return known.length === found.length ? found : [...known, finding('not-finished', 'error', {}, { decision: element.name })]
}

/** Cells that name a choice which the fact never takes, where the column itself does not say what is allowed. */
function ofWords({ graph }: PreparedModel, { facts, subject }: Surroundings): PolicyFinding[] {
  const choices = new Map(factsFor(subject, facts).flatMap((fact) => (fact.words === null ? [] : [[fact.name, fact.words] as const])))
  return graph.main.elements.flatMap((element) => {
    const table = tableIn(element)
    return (table?.inputs ?? []).flatMap((input, at): PolicyFinding[] => {
      const name = input.expression.text.trim()
      const words = choices.get(name)
      if (words === undefined) return []
      return (table?.rules ?? []).flatMap((rule, row): PolicyFinding[] => {
        const cell = rule.inputEntries[at]?.text.trim() ?? ''
        // Only plain choices: what a function is given need not be one.
        if (!/^(not\()?\s*"[^"]*"(\s*,\s*"[^"]*")*\s*\)?$/.test(cell)) return []
        const wrong = [...cell.matchAll(/"([^"]*)"/g)].flatMap(([, word = '']) => (words.includes(word) ? [] : [`“${word}”`]))
        if (wrong.length === 0) return []
        const place = { decision: element.name, rows: [row + 1], input: input.label ?? name }
        const values = { rows: row + 1, input: input.label ?? name, word: wrong.join('、'), name, words: words.join('、') }
        return [finding('unknown-word', 'error', values, place)]
      })
    })
  })
}

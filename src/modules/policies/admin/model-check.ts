import {
  checkModel,
  interpret,
  linkModels,
  prepareModel,
  sayProblem,
  sayTableFinding,
  type Definitions,
  type PreparedModel,
  type TableFinding,
} from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { readDate, toJson, type FeelContext, type Json } from '#kernel/pure/expressions/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import type { FactCard, ParameterValue, PolicyExample } from '../contract.ts'
import { parameterContext } from '../rules/parameter-values.ts'
import { compareExample, scopeOfExample } from '../rules/run-example.ts'

/** What is checked: the model under the officer's hands, its examples, what surrounds it. Plain data, so that a worker can be asked. */
export interface CheckRequest {
  readonly definitions: Definitions
  readonly facts: readonly Pick<FactCard, 'name' | 'decimals'>[]
  readonly parameters: readonly Pick<ParameterValue, 'name' | 'value'>[]
  readonly examples: readonly PolicyExample[]
  /** The decision that the examples speak of. */
  readonly decision: string
  readonly language: Language
}

/** A finding in words; rows from 0. `example` is a record to which it happens; `range` all values like it, as a cell writes them. */
export interface SaidFinding {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: string
  readonly text: string
  readonly decision: string
  readonly rows: readonly number[]
  readonly input: string | undefined
  readonly output: string | undefined
  readonly example: readonly { readonly fact: string; readonly value: Json; readonly range: string }[]
}

export interface ExampleOutcome {
  readonly isEqual: boolean
  readonly found: PolicyExample['expected']
  /** Rows that made the result, by decision; rows from 0. */
  readonly fired: readonly { readonly decision: string; readonly rows: readonly number[] }[]
  /** Facts that were needed and not given. */
  readonly unknown: readonly string[]
}

export interface CheckAnswer {
  readonly findings: readonly SaidFinding[]
  readonly outcomes: readonly ExampleOutcome[]
}

/** Everything the editor says about a model: problems, gaps, overlaps, and what the examples give. Never throws for what an officer wrote. */
export function checkPolicyModel(request: CheckRequest): CheckAnswer {
  const { definitions, facts, parameters, language } = request
  const prepared = prepareModel(linkModels(definitions))
  const fixed = parameterContext(parameters)
  const decimals = Object.fromEntries(facts.flatMap(({ name, decimals: places }) => (places === null ? [] : [[name, places]])))
  const checked = checkModel(prepared, { fixed, decimals, steps: 120_000 })
  const ofTables = checked.flatMap(({ name, findings }) => findings.map((one) => saidFinding(one, name, language)))
  const told = new Set(ofTables.filter(({ code }) => code === 'bad-cell' || code === 'bad-output').map((one) => one.decision))
  const ofModel = prepared.problems.flatMap((problem): SaidFinding[] =>
    problem.code === 'expression-unreadable' && told.has(problem.of)
      ? []
      : [{ ...blank, severity: problem.severity, code: problem.code, decision: problem.of, text: sayProblem(problem, language) }],
  )
  return { findings: [...ofModel, ...ofTables], outcomes: runExamples(prepared, request, fixed) }
}

const blank = { rows: [], input: undefined, output: undefined, example: [] } as const

function saidFinding(finding: TableFinding, decision: string, language: Language): SaidFinding {
  return {
    severity: finding.severity,
    code: finding.code,
    text: sayTableFinding(finding, language),
    decision,
    rows: finding.rows,
    input: finding.input,
    output: finding.output,
    example: (finding.example ?? []).map(({ input, value, range }) => ({ fact: input, value: toJson(value), range })),
  }
}

/** What each example gives by the reference interpreter, and which rows made it. */
function runExamples(model: PreparedModel, { examples, decision }: CheckRequest, parameters: FeelContext): ExampleOutcome[] {
  return examples.map((example) => {
    const today = example.asOf === undefined ? null : readDate(example.asOf)
    const inputs = readable(() => scopeOfExample({ model, decision, parameters }, example))
    if (inputs === undefined) return { isEqual: false, found: {}, fired: [], unknown: [] }
    const answer = interpret(model, { name: decision, inputs, ...(today === null ? {} : { today }) })
    const { isEqual, found } = compareExample(decision, example, answer.value)
    return {
      found,
      isEqual,
      fired: answer.decisions.flatMap((made) =>
        made.tables.map((table) => ({ decision: made.name, rows: table.byDefault ? [] : table.fired })),
      ),
      unknown: answer.unknown.filter((name) => example.facts[name] === undefined),
    }
  })
}

/** The facts of an example; undefined where one is not of its type. */
function readable(read: () => FeelContext): FeelContext | undefined {
  try {
    return read()
  } catch (error) {
    if (!isNamedError(error)) throw error
    return undefined
  }
}

import { checkModel, linkModels, prepareModel, readDmn, sayTableFinding, type PreparedModel } from '#kernel/pure/decisions/index.ts'
import type { CheckedText, FactCard, ParameterValue, PolicyExample, PolicyFinding } from '../contract.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { checkPortable } from './check-portable.ts'
import { checkExamples, checkTableText, factsFor, finding, firstDifference } from './check-text.ts'
import { parameterContext } from './parameter-values.ts'
import { runExample } from './run-example.ts'

type Parameter = Pick<ParameterValue, 'name' | 'value'>
type Entry = Pick<PolicyEntry, 'zh' | 'en' | 'subject' | 'decision' | 'handedIn'>

/** A table in force with its examples. */
export interface TableInForce {
  readonly entry: Entry
  readonly content: string
  readonly examples: readonly PolicyExample[]
}

/** What there is to be checked of a text, as plain data: it can be asked of another thread. */
export type CheckQuestion = { readonly isWhole: boolean } & (
  | {
      readonly kind: 'table'
      readonly entry: Entry
      readonly content: string
      readonly examples: readonly PolicyExample[]
      /** First day of the text. */
      readonly asOf: string
      /** Parameters in force on its first day and on the days of its examples. */
      readonly parameters: Readonly<Record<string, readonly Parameter[]>>
    }
  | {
      readonly kind: 'values'
      readonly names: readonly string[]
      /** All parameters, the new values among them. */
      readonly merged: readonly Parameter[]
      readonly tables: readonly TableInForce[]
    }
)

/** What answers need besides the question. */
export interface CheckTools {
  readonly facts: readonly FactCard[]
  readonly modelOf: (content: string) => PreparedModel
}

/** The model of a text. Throws `decisions.*` for a text that is none. */
export function readModel(content: string): PreparedModel {
  return prepareModel(linkModels(readDmn(content)))
}

/** Steps of each part of a whole check, for all tables together: some seconds. */
const stepsOfWhole = 6_000_000

/** Steps of each part for one of so many tables: enough to know, or, where `isWhole` is not asked, about a second in all. */
function stepsFor(isWhole: boolean, tables: number): number | undefined {
  return isWhole ? Math.max(300_000, Math.floor(stepsOfWhole / Math.max(1, tables))) : undefined
}

/** What stands against a text and what its examples give. Never throws for what was written. */
export function answerCheck(question: CheckQuestion, tools: CheckTools): CheckedText {
  if (question.kind === 'values') return { findings: tablesThatRead(question, tools), results: [] }
  const { entry, content, asOf, parameters, isWhole } = question
  const { subject, decision } = entry
  const parametersOn = (day: string = asOf) => parameters[day] ?? []
  const around = { subject, decision, facts: tools.facts, parameters: parametersOn(), asOf, isWhole }
  const { findings, model } = checkTableText(content, { ...around, stepsFor: (tables) => stepsFor(isWhole, tables) })
  if (model === undefined || decision === '') return { findings, results: [] }
  const away = checkPortable(model, entry, parametersOn())
  const examples = checkExamples(model, question.examples, { decision, parametersOn })
  return { findings: [...findings, ...away, ...examples.findings], results: examples.results }
}

type ValuesQuestion = Extract<CheckQuestion, { kind: 'values' }>

/** What the tables in force that name the values become with them: what breaks a table is an error, an example that changes a warning. */
function tablesThatRead(question: ValuesQuestion, tools: CheckTools): PolicyFinding[] {
  const names = new Set(question.names)
  const reading = question.tables.flatMap((table) => {
    const model = tools.modelOf(table.content)
    return model.graph.main.elements.some((one) => one.kind === 'inputData' && names.has(one.name)) ? [{ table, model }] : []
  })
  const steps = stepsFor(question.isWhole, reading.length)
  return reading.flatMap(({ table, model }) => [
    ...brokenBy(model, table.entry, { question, tools, steps }),
    ...changedExamples(model, table, question.merged),
  ])
}

function brokenBy(
  model: PreparedModel,
  entry: Entry,
  { question, tools, steps }: { question: ValuesQuestion; tools: CheckTools; steps: number | undefined },
): PolicyFinding[] {
  const decimals = Object.fromEntries(
    factsFor(entry.subject, tools.facts).flatMap((fact) => (fact.decimals === null ? [] : [[fact.name, fact.decimals]])),
  )
  return checkModel(model, { fixed: parameterContext(question.merged), decimals, steps }).flatMap(({ name, findings }) =>
    findings
      .filter((one) => one.severity === 'error' || (question.isWhole && one.code === 'too-large'))
      .map((one) => {
        const why = { zh: sayTableFinding(one, 'zh'), en: sayTableFinding(one, 'en') }
        const table = { zh: entry.zh, en: entry.en }
        return finding('breaks-table', 'error', { table, why }, { decision: name, rows: one.rows.map((row) => row + 1) })
      }),
  )
}

function changedExamples(model: PreparedModel, { entry, examples }: TableInForce, merged: readonly Parameter[]): PolicyFinding[] {
  const parameters = parameterContext(merged)
  return examples.flatMap((example) => {
    const result = runExample({ model, decision: entry.decision, parameters }, example)
    if (result.isEqual) return []
    const table = { zh: entry.zh, en: entry.en }
    return [finding('example-changes', 'warning', { ...firstDifference(result), table }, { decision: entry.decision })]
  })
}

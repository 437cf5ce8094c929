import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import {
  doubleOf,
  equals,
  type FeelDateTime,
  isContext,
  isList,
  printValue,
  readDateTime,
  startRun,
  subtractNumbers,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import {
  type Answer,
  type Definitions,
  interpret,
  linkModels,
  type PreparedModel,
  prepareModel,
  readDmn,
} from '#kernel/pure/decisions/index.ts'
import { findElement } from '#kernel/pure/decisions/graph-find.ts'
import { type ExpectedResult, readSuite, type TestCase } from './cases.ts'

/** What came of one case; `reasons` is empty when it passed. */
export interface Outcome {
  /** The folder of the model below the folder that was run. */
  readonly group: string
  readonly file: string
  readonly id: string
  readonly reasons: readonly string[]
}

/** Numbers are equal within this, as in the kit's own runners: it gives no more digits for roots and logarithms. */
const precision = 1e-8

/** Runs every file of cases below a folder, each against the model of its folder. */
export function runFolder(folder: string): Outcome[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return files.filter((file) => file.endsWith('.xml')).flatMap((file) => runFile(folder, join(folder, file)))
}

function runFile(folder: string, path: string): Outcome[] {
  const of = { group: relative(folder, dirname(path)) || basename(folder), file: basename(path) }
  const failed = (error: unknown): Outcome[] => [{ ...of, id: '', reasons: [`the file cannot be read: ${tell(error)}`] }]
  let model: PreparedModel | Outcome[]
  let suite
  try {
    suite = readSuite(readFileSync(path, 'utf8'))
    if (suite === undefined) return []
    model = loadModel(dirname(path), suite.modelName)
  } catch (error) {
    return failed(error)
  }
  return suite.cases.map((one) => ({ ...of, id: one.id, reasons: runCase(model, one) }))
}

/** The model of a file of cases, and the other models of its folder: one of them may be imported. */
function loadModel(folder: string, name: string): PreparedModel {
  const models = new Map<string, Definitions>()
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.dmn')))
    models.set(file, readDmn(readFileSync(join(folder, file), 'utf8')))
  const main = models.get(name) ?? models.get(`${name}.dmn`) ?? (models.size === 1 ? [...models.values()][0] : undefined)
  if (main === undefined) throw new Error(`there is no model ${name}`)
  return prepareModel(linkModels(main, importedBy(main, [...models.values()])))
}

function importedBy(main: Definitions, all: readonly Definitions[]): Definitions[] {
  const needed = new Set<Definitions>()
  const visit = (model: Definitions): void => {
    for (const { namespace } of model.imports) {
      const found = all.find((one) => one.namespace === namespace)
      if (found === undefined || found === main || needed.has(found)) continue
      needed.add(found)
      visit(found)
    }
  }
  visit(main)
  return [...needed]
}

function runCase(model: PreparedModel, one: TestCase): string[] {
  const inputs = new Map(
    one.inputs.map((input) => [input.namespace === undefined ? input.name : `${input.namespace}#${input.name}`, input.value]),
  )
  return one.results.flatMap((result) => {
    const asked = one.invocable ?? result.name
    if (findElement(model.graph, asked, result.namespace) === undefined) return [`${asked}: the model has nothing of this name`]
    try {
      const named = { name: asked, inputs, ...moment() }
      const answer = interpret(model, result.namespace === undefined ? named : { ...named, namespace: result.namespace })
      return judge(result, one.invocable === undefined ? answer.value : ofService(model, one.invocable, answer, result.name), answer)
    } catch (error) {
      return [`${result.name}: the program failed: ${tell(error)}`]
    }
  })
}

/** The present moment: some cases ask only that `now()` and `today()` give one. */
function moment(): { now?: FeelDateTime } {
  const now = readDateTime(new Date().toISOString())
  return now === null ? {} : { now }
}

/** The output of a service that a result speaks of: its only one, or the one of that name among several. */
function ofService(model: PreparedModel, service: string, { value }: Answer, name: string): Value {
  const element = model.graph.main.elements.find((one) => one.name === service)
  const isOne = element?.kind !== 'decisionService' || element.outputDecisions.length < 2
  return !isOne && isContext(value) && name !== service ? (value.get(name) ?? null) : value
}

function judge(result: ExpectedResult, value: Value, { findings }: Answer): string[] {
  if (isSame(value, result.expected)) return []
  const why = findings.slice(0, 3).map((one) => `${one.notice?.code ?? one.code} of ${one.of} ${JSON.stringify(one.details)}`)
  return [
    `${result.name}: expected ${printValue(result.expected, startRun())}, found ${printValue(value, startRun())}${why.length > 0 ? ` (${why.join('; ')})` : ''}`,
  ]
}

function isSame(a: Value, b: Value): boolean {
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((item, place) => isSame(item, b[place] ?? null))
  if (isContext(a) || isContext(b))
    return (
      isContext(a) && isContext(b) && a.size === b.size && [...a].every(([name, one]) => isSame(one, b.get(name) ?? null) && b.has(name))
    )
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && a.kind === 'number' && b.kind === 'number') {
    const difference = subtractNumbers(a, b)
    return difference !== null && Math.abs(doubleOf(difference)) < precision
  }
  return equals(a, b, startRun()) === true
}

function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'details' in error ? `${error.message} ${JSON.stringify(error.details)}` : error.message
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import {
  inputsOf,
  linkModels,
  prepareModel,
  readDmn,
  sayProblem,
  type Decision,
  type Definitions,
  type NeededInput,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import type { FeelType } from '#kernel/pure/expressions/index.ts'

export const decideErrors = defineErrors('decide', {
  /** `path`. */
  noFile: 400,
  /** `megabytes`, `limit`. */
  tooLarge: 400,
  /** `problems`: sentences. */
  notUsable: 422,
  /** `name`, `names`. */
  noDecision: 400,
  /** The model has no decision at all. */
  nothingToDecide: 400,
  /** `reason`. */
  notJson: 400,
  noFacts: 400,
})

const mostMegabytes = 20

/** A decision table with the facts that it needs. */
export interface DecisionModel {
  readonly model: PreparedModel
  /** What is asked: the decision named, or those on which no other one stands. */
  readonly decisions: readonly Decision[]
  /** Facts of all of them, each once; a fact without a type has that of the column which looks at it. */
  readonly inputs: readonly NeededInput[]
  /** Sentences of what is to be looked at. */
  readonly warnings: readonly string[]
}

/**
 * Reads a DMN file with the models beside it that it imports. Throws `decisions.*` for what is no DMN and `decide.*` for a model that cannot be
 * used: an unreadable cell, a ring, an arrow to nothing.
 */
export function readDecisionModel(path: string, wanted?: string): DecisionModel {
  const main = readDmn(readText(path))
  const model = prepareModel(linkModels(main, importedBy(main, dirname(path))))
  const errors = model.problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) throw decideErrors.notUsable({ problems: sayAll(errors) })
  const decisions = asked(main, wanted)
  const inputs = new Map(decisions.flatMap((one) => inputsOf(model, one.name)).map((input) => [`${input.namespace}#${input.name}`, input]))
  const typed = typesOfColumns(model)
  return {
    model,
    decisions,
    inputs: Array.from(inputs.values(), (input) => (input.type === 'Any' ? { ...input, type: typed.get(input.name) ?? 'Any' } : input)),
    warnings: model.problems.filter((problem) => problem.severity === 'warning').map((one) => sayProblem(one, 'zh')),
  }
}

function readText(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) throw decideErrors.noFile({ path })
  const megabytes = statSync(path).size / 1024 ** 2
  if (megabytes > mostMegabytes) throw decideErrors.tooLarge({ megabytes: Math.ceil(megabytes), limit: mostMegabytes })
  return decodeText(readFileSync(path))
}

/** UTF-8 or UTF-16 with or without its mark, else GB18030, as Chinese Windows writes. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The models of the folder that a model imports, and those that these import. */
function importedBy(main: Definitions, folder: string): Definitions[] {
  if (main.imports.length === 0) return []
  const files = readdirSync(folder).filter((name) => extname(name).toLowerCase() === '.dmn')
  const all = files.flatMap((name) => readNeighbour(join(folder, name)))
  const needed = new Map<string, Definitions>()
  const visit = (model: Definitions): void => {
    for (const { namespace } of model.imports) {
      const found = all.find((one) => one.namespace === namespace)
      if (found === undefined || namespace === main.namespace || needed.has(namespace)) continue
      needed.set(namespace, found)
      visit(found)
    }
  }
  visit(main)
  return [...needed.values()]
}

/** A neighbour that cannot be read is not the file that was asked for: if it is needed, the import is missing and is named. */
function readNeighbour(path: string): Definitions[] {
  try {
    return [readDmn(readText(path))]
  } catch {
    return []
  }
}

function sayAll(problems: PreparedModel['problems']): string {
  const shown = problems.slice(0, 8).map((problem) => `\n  ${sayProblem(problem, 'zh')}\n  ${sayProblem(problem, 'en')}`)
  return shown.join('') + (problems.length > shown.length ? `\n  … (${problems.length})` : '')
}

function asked(main: Definitions, wanted: string | undefined): Decision[] {
  const decisions = main.elements.filter((one) => one.kind === 'decision')
  if (decisions.length === 0) throw decideErrors.nothingToDecide()
  if (wanted === undefined) {
    const below = new Set(decisions.flatMap((one) => one.informationRequirements.map((need) => need.href)))
    const tops = decisions.filter((one) => one.id === undefined || !below.has(`#${one.id}`))
    return tops.length === 0 ? decisions : tops
  }
  const found = decisions.find((one) => one.name === wanted) ?? decisions.find((one) => one.id === wanted)
  if (found === undefined) throw decideErrors.noDecision({ name: wanted, names: decisions.map((one) => one.name).join('、') })
  return [found]
}

const columnTypes: readonly FeelType[] = ['number', 'string', 'boolean', 'date']

/** The types that the columns of tables declare for the facts they look at. */
function typesOfColumns({ graph }: PreparedModel): Map<string, FeelType> {
  const found = new Map<string, FeelType>()
  for (const element of graph.main.elements) {
    const logic = element.kind === 'decision' ? element.expression : undefined
    if (logic?.kind !== 'table') continue
    for (const { expression } of logic.inputs) {
      const type = columnTypes.find((one) => one === expression.typeRef?.replace(/^feel:/, ''))
      if (type !== undefined) found.set(expression.text.trim(), type)
    }
  }
  return found
}

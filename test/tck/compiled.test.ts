import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  compileDecision,
  decideModelColumns,
  decideModelRecord,
  interpret,
  linkModels,
  prepareModel,
  readDmn,
  type InputColumn,
} from '#kernel/pure/decisions/index.ts'
import { printValue, startRun, type Value } from '#kernel/pure/expressions/index.ts'
import { readSuite } from './cases.ts'

const kit = 'test/tck/compliance-level-2'
const shown = (value: Value) => printValue(value, startRun())

/** The inputs of all cases for a model. */
function casesOf(folder: string): Map<string, Value>[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.xml'))
  const suites = files.map((file) => readSuite(readFileSync(join(folder, file), 'utf8')))
  return suites.flatMap((suite) => suite?.cases ?? []).map((one) => new Map(one.inputs.map((input) => [input.name, input.value])))
}

it('every table of the kit says the same compiled, in columns and one by one, as interpreted', () => {
  let compared = 0
  for (const group of readdirSync(kit).filter((one) => !one.includes('LICENSE'))) {
    const folder = join(kit, group)
    const file = readdirSync(folder).find((one) => one.endsWith('.dmn'))
    if (file === undefined) continue
    const model = prepareModel(linkModels(readDmn(readFileSync(join(folder, file), 'utf8'))))
    const cases = casesOf(folder)
    for (const element of model.graph.main.elements) {
      const compiled = compileDecision(model, element.name)
      if ('reason' in compiled) continue
      const names = new Set(cases.flatMap((inputs) => [...inputs.keys()]))
      const facts = Object.fromEntries(
        [...names].map((name): [string, InputColumn] => [
          name,
          { kind: 'values', values: cases.map((inputs) => inputs.get(name) ?? null) },
        ]),
      )
      const columns = decideModelColumns(compiled, facts, cases.length)
      for (const [at, inputs] of cases.entries()) {
        const expected = shown(interpret(model, { name: element.name, inputs }).value)
        expect([group, element.name, shown(decideModelRecord(compiled, inputs).value)]).toEqual([group, element.name, expected])
        expect([group, element.name, shown(columns.valueOf(at))]).toEqual([group, element.name, expected])
        compared += 1
      }
    }
  }
  expect(compared).toBeGreaterThan(50)
})

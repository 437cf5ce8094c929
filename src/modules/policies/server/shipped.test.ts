import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  checkModel,
  compileDecision,
  decideModelRecord,
  inputsOf,
  interpret,
  linkModels,
  prepareModel,
  readDmn,
  sayProblem,
  writeDmn,
} from '#kernel/pure/decisions/index.ts'
import { printValue, startRun, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import { Parameters, type ParameterValue } from '../contract.ts'
import { parameterContext, valueOfParameter } from '../rules/parameter-values.ts'
import { runExample, scopeOfExample } from '../rules/run-example.ts'
import { valuesReadBy } from '../../../../test/shipped-policies.ts'
import { factCatalogue } from '../policy/facts.ts'
import { shippedPolicies } from './shipped.ts'

const shipped = shippedPolicies()
const tables = shipped.flatMap((policy) =>
  policy.entry.form === 'table' ? policy.texts.map((text) => ({ policy, text, name: `${policy.entry.key} ${text.area}` })) : [],
)
const parameterTexts = shipped.flatMap(({ entry, texts }) =>
  entry.form === 'parameters' ? texts.map((text) => ({ entry, text, values: Parameters.parse(JSON.parse(text.content)).values })) : [],
)
const shown = (value: Value) => printValue(value, startRun())

function preparedOf(content: string) {
  return prepareModel(linkModels(readDmn(content)))
}

/** Parameters for an example: those it names itself are its own, so that tables are compiled with them. */
function fixedFor(parameters: ReadonlyMap<string, ParameterValue>, scope: FeelContext): FeelContext {
  const names = [...parameters.keys()]
  return new Map(names.flatMap((name): [string, Value][] => ((scope.get(name) ?? null) === null ? [] : [[name, scope.get(name) ?? null]])))
}

describe('the policies that are shipped', () => {
  it('are all there: every file belongs to an entry and every key stands once', () => {
    const folder = new URL('../policy/', import.meta.url)
    const files = ['tables', 'parameters', 'examples'].flatMap((name) =>
      readdirSync(new URL(name, folder)).map((file) => `${name}/${file}`),
    )
    const own = shipped.filter(({ entry }) => !entry.key.startsWith('screening.'))
    const named = own.flatMap(({ entry, texts }) => [...texts.map(({ file }) => file), ...(entry.examples === '' ? [] : [entry.examples])])
    expect(files.toSorted()).toEqual([...new Set(named)].toSorted())
    expect(new Set(shipped.map(({ entry }) => entry.key)).size).toBe(shipped.length)
  })

  it('say from when to when: no two texts of one area hold on the same day', () => {
    const clashes = shipped.flatMap(({ entry, texts }) =>
      texts.flatMap((one, at) =>
        texts
          .slice(at + 1)
          .filter(
            (other) =>
              other.area === one.area && one.effectiveFrom <= (other.effectiveTo ?? '9') && other.effectiveFrom <= (one.effectiveTo ?? '9'),
          )
          .map(() => `${entry.key} ${one.area}`),
      ),
    )
    expect(clashes).toEqual([])
  })

  it('give each parameter one name, and say why a value is empty', () => {
    const owner = new Map<string, string>()
    for (const { entry, values } of parameterTexts)
      for (const one of values) {
        expect([one.name, owner.get(one.name) ?? entry.key]).toEqual([one.name, entry.key])
        owner.set(one.name, entry.key)
        if (one.value === null) expect([one.name, one.note]).not.toEqual([one.name, ''])
        if (one.value === null) expect([one.name, one.latitude]).toEqual([one.name, 'fill'])
        expect(valueOfParameter(one) === null).toBe(one.value === null)
      }
    const facts = new Set(factCatalogue.map(({ name }) => name))
    expect([...owner.keys()].filter((name) => facts.has(name))).toEqual([])
  })
})

describe.each(tables)('the table $name', ({ policy, text }) => {
  const model = preparedOf(text.content)
  const parameters = valuesReadBy(policy)
  const fixed = parameterContext([...parameters.values()])
  const { decision } = policy.entry

  it('reads without a problem and survives writing', () => {
    expect(model.problems.map((one) => sayProblem(one, 'zh'))).toEqual([])
    expect(writeDmn(readDmn(text.content))).toBe(text.content)
  })

  it('has no gap, no overlap, no dead row', () => {
    const decimals = Object.fromEntries(factCatalogue.flatMap(({ name, decimals: of }) => (of === null ? [] : [[name, of]])))
    const wrong = checkModel(model, { fixed, decimals }).flatMap(({ name, findings }) =>
      findings.filter((one) => one.severity === 'error').map((one) => ({ name, ...one })),
    )
    expect(wrong).toEqual([])
  })

  it('names a clause or says that it is an interpretation, row by row', () => {
    for (const element of model.graph.main.elements) {
      if (element.kind !== 'decision' || element.expression?.kind !== 'table') continue
      expect(element.expression.annotations.map((one) => one.name)).toEqual(['条款', '说明'])
      for (const rule of element.expression.rules)
        expect([element.name, rule.annotationEntries[0]?.text ?? '']).not.toEqual([element.name, ''])
    }
  })

  it('speaks only of facts of the catalogue and parameters that it may read', () => {
    const facts = new Set(factCatalogue.map(({ name }) => name))
    const inputs = inputsOf(model, decision)
    expect(inputs.length).toBeGreaterThan(0)
    expect(inputs.map(({ name }) => name).filter((name) => !facts.has(name) && !parameters.has(name))).toEqual([])
    expect(model.graph.main.elements.find((one) => one.name === decision)?.kind).toBe('decision')
  })

  it('judges its examples as they say, interpreted and compiled', () => {
    expect(policy.examples.length).toBeGreaterThan(0)
    const of = { model, decision, parameters: fixed }
    expect(policy.examples.map((one) => runExample(of, one)).filter((one) => !one.isEqual)).toEqual([])
    for (const one of policy.examples) {
      const scope = scopeOfExample(of, one)
      const compiled = compileDecision(model, decision, { fixed: fixedFor(parameters, scope) })
      expect(compiled).not.toHaveProperty('reason')
      if ('reason' in compiled) continue
      const interpreted = interpret(model, { name: decision, inputs: scope }).value
      expect([one.name, shown(decideModelRecord(compiled, scope).value)]).toEqual([one.name, shown(interpreted)])
    }
  })
})

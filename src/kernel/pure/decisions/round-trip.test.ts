import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Definitions, type DrgElement, type Expression, interpret, linkModels, prepareModel, readDmn, writeDmn } from './index.ts'
import { aggregations, hitPolicies } from './model.ts'

/** Any text that XML can hold: no control characters, no halves of characters, line breaks as XML reads them. */
const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((one) => one.replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))
const name = fc.oneof(fc.constantFrom('收入', 'a b', "it's", '甲/乙', 'x'), text)
const typeRef = fc.constantFrom(undefined, 'number', 'tKind')
const noted = {
  id: fc.option(name, { nil: undefined }),
  label: fc.option(name, { nil: undefined }),
  description: fc.option(text, { nil: undefined }),
}
const variable = fc.record({ ...noted, name, typeRef })
const tests = fc.record({ ...noted, text })
const literal = fc.record({ ...noted, kind: fc.constant('literal' as const), text, typeRef })

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const part = fc.record({ ...noted, typeRef, value: tie('expression') })
  const boxed = { ...noted, typeRef }
  return {
    expression: fc.oneof(
      { depthSize: 'small' },
      literal,
      table(),
      fc.record({ ...boxed, kind: fc.constant('list' as const), items: fc.array(tie('expression'), { maxLength: 3 }) }),
      fc.record({
        ...boxed,
        kind: fc.constant('context' as const),
        entries: fc.array(fc.record({ ...noted, variable: fc.option(variable, { nil: undefined }), value: tie('expression') }), {
          maxLength: 3,
        }),
      }),
      fc.record({
        ...boxed,
        kind: fc.constant('function' as const),
        functionKind: fc.constantFrom('FEEL' as const, 'Java' as const, 'PMML' as const),
        parameters: fc.array(variable, { maxLength: 2 }),
        body: fc.option(tie('expression'), { nil: undefined }),
      }),
      fc.record({
        ...boxed,
        kind: fc.constant('invocation' as const),
        called: fc.option(literal, { nil: undefined }),
        bindings: fc.array(fc.record({ ...noted, parameter: variable, value: fc.option(tie('expression'), { nil: undefined }) }), {
          maxLength: 2,
        }),
      }),
      fc.record({ ...boxed, kind: fc.constant('conditional' as const), condition: part, whenTrue: part, whenFalse: part }),
      fc.record({ ...boxed, kind: fc.constant('filter' as const), in: part, match: part }),
      fc.record({ ...boxed, kind: fc.constant('for' as const), iteratorVariable: name, in: part, return: part }),
      fc.record({ ...boxed, kind: fc.constantFrom('every' as const, 'some' as const), iteratorVariable: name, in: part, satisfies: part }),
    ),
  }
})

/** A table of any shape: each rule has an entry for each column. */
function table(): fc.Arbitrary<Expression> {
  const sizes = fc.record({ inputs: fc.nat({ max: 3 }), outputs: fc.integer({ min: 1, max: 2 }), annotations: fc.nat({ max: 1 }) })
  return sizes.chain(({ inputs, outputs, annotations }) => {
    const exactly = <One>(one: fc.Arbitrary<One>, length: number) => fc.array(one, { minLength: length, maxLength: length })
    const rule = fc.record({
      ...noted,
      inputEntries: exactly(tests, inputs),
      outputEntries: exactly(literal, outputs),
      annotationEntries: exactly(fc.record({ text }), annotations),
    })
    return fc.record({
      ...noted,
      kind: fc.constant('table' as const),
      typeRef,
      hitPolicy: fc.constantFrom(...hitPolicies),
      aggregation: fc.constantFrom(undefined, ...aggregations),
      outputLabel: fc.option(name, { nil: undefined }),
      inputs: exactly(fc.record({ ...noted, expression: literal, values: fc.option(tests, { nil: undefined }) }), inputs),
      outputs: exactly(fc.record({ ...noted, name, typeRef, defaultEntry: fc.option(literal, { nil: undefined }) }), outputs),
      annotations: exactly(fc.record({ name }), annotations),
      rules: fc.array(rule, { maxLength: 4 }),
    })
  })
}

const decision: fc.Arbitrary<DrgElement> = fc.record({
  ...noted,
  kind: fc.constant('decision' as const),
  name,
  variable: fc.option(variable, { nil: undefined }),
  informationRequirements: fc.array(fc.record({ ...noted, of: fc.constantFrom('decision' as const, 'input' as const), href: name }), {
    maxLength: 2,
  }),
  knowledgeRequirements: fc.array(fc.record({ ...noted, href: name }), { maxLength: 1 }),
  authorityRequirements: fc.constant([]),
  expression,
})

const model: fc.Arbitrary<Definitions> = fc.record({
  ...noted,
  version: fc.constantFrom('1.2' as const, '1.3' as const, '1.4' as const, '1.5' as const),
  name,
  namespace: fc.constant('urn:m'),
  prefixes: fc.constant({}),
  imports: fc.constant([]),
  itemDefinitions: fc.constant([]),
  elements: fc.array(decision, { maxLength: 3 }),
})

describe('any model', () => {
  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(model, (one) => {
        const { prefixes: _, ...read } = readDmn(writeDmn(one))
        const { prefixes: __, ...written } = one
        expect(read).toEqual(written)
      }),
    )
  })

  it('gives an answer or says why not, within its steps, whatever stands in it', () => {
    fc.assert(
      fc.property(model, (one) => {
        const prepared = prepareModel(linkModels(one))
        for (const element of one.elements) {
          const answer = interpret(prepared, { name: element.name, inputs: new Map(), steps: 20_000 })
          expect(answer.findings.every((finding) => finding.of.length >= 0)).toBe(true)
        }
      }),
    )
  })

  it('that was cut or changed somewhere is read or refused by name, never half', () => {
    fc.assert(
      fc.property(model, fc.nat(), fc.string({ maxLength: 3 }), (one, at, instead) => {
        const written = writeDmn(one)
        const place = at % written.length
        const changed = written.slice(0, place) + instead + written.slice(place + 1)
        try {
          readDmn(changed)
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^decisions\.(not-xml|not-dmn|bad-element)$/) })
        }
      }),
    )
  })
})

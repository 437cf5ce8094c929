import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf, interpret, type Facts, type InputColumn } from '#kernel/pure/decisions/index.ts'
import { numberFrom, type Value } from '#kernel/pure/expressions/index.ts'
import { grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { judgeHouseholds, recordOf, type JudgingTable } from '../../rules/classes/judge-households.ts'
import { tablesInForce } from './tables-in-force.ts'

const world = openTestWorld()

/** Every word that stands in a cell of the model, and one that does not. */
function wordsOf({ model }: JudgingTable): string[] {
  const words = new Set(['别的'])
  for (const element of model.graph.main.elements) {
    const logic = element.kind === 'decision' ? element.expression : undefined
    if (logic?.kind !== 'table') continue
    for (const text of [
      ...logic.inputs.map((input) => input.values?.text ?? ''),
      ...logic.rules.flatMap((rule) => rule.inputEntries.map((cell) => cell.text)),
    ])
      for (const [, word = ''] of text.matchAll(/"([^"]*)"/g)) words.add(word)
  }
  return [...words]
}

/** A value of a fact, or null: counts and months near the lines of the tables, amounts in yuan, words that cells know. */
function valuesOf(type: unknown, words: readonly string[]): fc.Arbitrary<Value> {
  const known: fc.Arbitrary<Value> =
    type === 'number'
      ? fc.oneof(
          fc.integer({ min: 0, max: 13 }).map((n) => numberFrom(BigInt(n), 0)),
          fc.integer({ min: 0, max: 2_000_000 }).map((fen) => numberFrom(BigInt(fen), 2)),
        )
      : type === 'boolean'
        ? fc.boolean()
        : fc.constantFrom(...words)
  return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: fc.constant(null) })
}

describe('the shipped tables of the classification', () => {
  it('judge many households as the interpreter judges each, whatever is known of them', async () => {
    await givenEmptyCounty((scope) => world.as(scope), { countyCode: '990301', name: '青禾县' })
    const ctx = world.as(grantSystem('990301', 'test'))
    const [county] = await inTransaction(ctx, (db) => tablesInForce({ ...ctx, db }, { asOf: '2023-12-31' }))
    expect(county?.tables.map((table) => table.column)).toEqual(['layer', 'labourClass', 'card', 'advice', 'alert'])
    for (const table of county?.tables ?? []) {
      const inputs = inputsOf(table.model, table.decision).filter((input) => !table.fixed.has(input.name))
      const words = wordsOf(table)
      const record = fc.tuple(...inputs.map((input) => valuesOf(input.type, words)))
      fc.assert(
        fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), (records) => {
          const facts: Facts = Object.fromEntries(
            inputs.map((input, at): [string, InputColumn] => [
              input.name,
              { kind: 'values', values: records.map((one) => one[at] ?? null) },
            ]),
          )
          const { compiled } = table
          const byColumns = judgeHouseholds(table, { facts, count: records.length, today: null })
          const one = { ...table, compiled: { of: table.decision, reason: 'no-table' as const } }
          const byInterpreter = judgeHouseholds(one, { facts, count: records.length, today: null })
          expect('reason' in compiled).toBe(false)
          for (const at of records.keys()) {
            const said = [byColumns, byInterpreter].map(({ words: known, codes, rowsOf }) => [known[codes[at] ?? -1], rowsOf(at)])
            expect(said[0]).toEqual(said[1])
            const isOpen = (byColumns.codes[at] ?? -1) < 0
            const { unknown } = interpret(table.model, { name: table.decision, inputs: recordOf(facts, at, table.fixed) })
            // What is missing is among what is not known, and nothing is missing of what was decided.
            for (const name of byColumns.missing.get(at) ?? []) expect([...unknown, ...table.unset]).toContain(name)
            if (!isOpen) expect(byColumns.missing.get(at)).toBe(undefined)
          }
        }),
        { numRuns: 40 },
      )
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, inspect, parseExpression, type FeelType } from '#kernel/pure/expressions/index.ts'
import { readDay, type Day } from '#kernel/pure/time/index.ts'
import type { FactCard } from '../contract.ts'
import { factCatalogue, factsAbout } from '../policy/facts.ts'
import { factDay, type Cells, type FactNeeds, type FactResult, type HouseholdRow } from './fact.ts'
import { householdFacts, personFacts, villageFacts } from './fact-functions.ts'

const functions = { household: householdFacts, person: personFacts, village: villageFacts }

/** A day of the tests. */
function day(text: string): Day {
  const read = readDay(text)
  if (read === undefined) throw new Error(text)
  return read
}

/** Cells as the register may hold them: what was read, what is empty, and what nobody should have written. */
const cell = fc.oneof(
  fc.constantFrom(
    null,
    'true',
    'false',
    '0',
    '1',
    '750000',
    '-3',
    '12.345',
    '202306',
    '2023',
    '202313',
    '2023-06-15',
    '户主',
    '其他',
    'male',
  ),
  fc.constantFrom(
    '普通劳动力',
    '无劳动力',
    '弱劳动力或半劳动力',
    '健康',
    '残疾,患有大病',
    '一级',
    '农村低保',
    '未享受',
    '脱贫户',
    '一般农户',
  ),
  fc.constantFrom('脱贫不稳定户', '突发严重困难户', 'C级', '因病', '非在校生', '小学', 'exited', '已实施', '帮扶消除', 'edge,dibao'),
  fc.string({ maxLength: 6 }),
)

/** A row that refuses what was not asked for. */
function rowOf(names: readonly string[] | undefined, values: readonly (string | null)[]): Cells {
  return {
    cell: (key) => {
      const place = names?.indexOf(key) ?? -1
      if (place < 0) throw new Error(`${key} was not named`)
      return values[place] ?? null
    },
  }
}

const on = factDay(day('2023-12-31'))

function resultsOf(card: FactCard, values: readonly (string | null)[], members: number): FactResult {
  const needs = functionNeeds(card)
  const people = Array.from({ length: members }, (_, at) => rowOf(needs.member, values.slice(at + 1)))
  const areaPath = '43.4305.430525.430525101.430525101203.07.'
  const row: HouseholdRow = {
    ...rowOf(needs.household, values),
    areaPath,
    hasOpenLead: true,
    get members() {
      if (needs.member === undefined) throw new Error('members were not named')
      return people
    },
  }
  if (card.of === 'household') return householdFacts[card.name]?.value(row, on) ?? null
  if (card.of === 'person') return personFacts[card.name]?.value({ own: rowOf(needs.member, values), household: row }, on) ?? null
  const counted = {
    households: 2,
    persons: 5,
    registeredHouseholds: 1,
    registeredPersons: null,
    monitoredHouseholds: 1,
    openHouseholds: 0,
  }
  const village = { areaPath, kinds: members > 0 ? ['exited', 'key-support'] : [], counted, cell: () => values[0] ?? null }
  return villageFacts[card.name]?.value(village, on) ?? null
}

function functionNeeds(card: FactCard): FactNeeds {
  if (card.of === 'household') return householdFacts[card.name]?.needs ?? {}
  return card.of === 'person' ? (personFacts[card.name]?.needs ?? {}) : {}
}

const feelTypes = { number: 'number', text: 'string', boolean: 'boolean', date: 'date' } as const

describe('the catalogue of facts', () => {
  it.each(['household', 'person', 'village'] as const)(
    'has for every fact of a %s exactly one function, and for every function a fact',
    (of) => {
      expect(
        factsAbout(of)
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(Object.keys(functions[of]).toSorted())
    },
  )

  it('names every fact and every key once for each subject', () => {
    const keys = factCatalogue.map(({ key }) => key)
    const names = factCatalogue.map(({ of, name }) => `${of} ${name}`)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  it.each(factCatalogue)('lets a cell speak of $of $name', (card) => {
    const type: FeelType = card.isList === true ? { list: 'string' } : feelTypes[card.type]
    const expression = parseExpression(card.name, { names: { [card.name]: type } })
    const { problems, reads } = inspect(expression)
    expect({ problems, reads }).toEqual({ problems: [], reads: [card.name] })
    expect(evaluate(expression, new Map([[card.name, '甲']]))).toBe('甲')
  })

  it.each(factCatalogue.filter(({ of }) => of !== 'given'))('gives of $of $name what the catalogue says, or that it is unknown', (card) => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 12, maxLength: 20 }), fc.integer({ min: 0, max: 3 }), (values, members) => {
        const result = resultsOf(card, values, members)
        if (result === null) return
        const kind = typeof result
        if (card.isList === true) expect(Array.isArray(result)).toBe(true)
        else expect(kind).toBe({ number: 'number', text: 'string', boolean: 'boolean', date: 'number' }[card.type])
        if (kind === 'number') expect(Number.isSafeInteger(result)).toBe(true)
        const said = Array.isArray(result) ? result : [result]
        if (card.words !== null) for (const word of said) expect(card.words).toContain(word)
      }),
      { numRuns: 60 },
    )
  })

  it.each(factCatalogue.filter(({ of }) => of === 'household' || of === 'person'))(
    'knows nothing of $of $name where the row says nothing and nobody is there, unless the register itself settles it',
    (card) => {
      const settled = ['县代码', '乡镇代码', '行政村代码', '有未结线索']
      const notThere = [
        '监测对象类别',
        '监测状态',
        '是监测对象',
        '主要风险',
        '风险个数',
        '所在户监测对象类别',
        '所在户监测状态',
        '所在户是监测对象',
      ]
      if (settled.includes(card.name) || notThere.includes(card.name) || card.name.startsWith('标签')) return
      expect(resultsOf(card, [], 0)).toBeNull()
    },
  )
})

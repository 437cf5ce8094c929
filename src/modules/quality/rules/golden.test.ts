import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rulePolicies } from '../policy/rules.ts'
import { compileRules, listRulesOn, type CompiledRule } from './catalogue.ts'
import { householdFields, personFields, planFields, villageFields, workFields, type CellKind } from './facts.ts'
import { factsOfCase, type GoldenCase } from './golden-cases.ts'

const asOf = '2023-12-31'
const checkDay = 20231231
const folder = join(import.meta.dirname, 'golden')
// Safe: the tables are files of this shape; the tests below would fail on another.
const tables = Object.assign(
  {},
  ...readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object),
) as Record<string, { fails: GoldenCase[]; passes: GoldenCase[] }>
const registry = JSON.parse(readFileSync(join(import.meta.dirname, '../../registry/policy/fields.json'), 'utf8')) as {
  fields: { key: string; type: string; entity: string }[]
}
const typeOf = new Map(registry.fields.map((field) => [field.key, field.type]))
const isMoney = (key: string) => typeOf.get(key) === 'money'
const rules = compileRules({ asOf, countyName: '本县', lineFen: 750_000 })

/** How often a rule finds the case wrong. */
function judge(rule: CompiledRule, given: GoldenCase, read: Set<string> = new Set()): number {
  const facts = factsOfCase(given, { checkDay, isMoney })
  const watched = <Facts extends object>(record: Facts): Facts =>
    new Proxy(record, { get: (target, key) => (read.add(String(key)), Reflect.get(target, key) as unknown) })
  facts.household.members = facts.household.members.map(watched)
  facts.household.head = facts.household.members.find((member) => member.relationToHead === '户主') ?? null
  read.delete('relationToHead')
  const person = facts.household.members[0] ?? facts.person
  for (const member of facts.household.members) member.works = member.works.map(watched)
  if (person.plan !== null) person.plan = watched(person.plan)
  read.delete('works')
  read.delete('plan')
  if (rule.subject === 'household') return Number(rule.isWrong(watched(facts.household)))
  if (rule.subject === 'village') return Number(rule.isWrong(watched(facts.village)))
  return Number(rule.isWrong(person, watched(facts.household)))
}

describe('every rule', () => {
  it('has a golden table with two rows that fail and two that pass, at least', () => {
    const thin = rulePolicies.filter(({ rule }) => (tables[rule]?.fails.length ?? 0) < 2 || (tables[rule]?.passes.length ?? 0) < 2)
    expect(thin.map(({ rule }) => rule)).toEqual([])
    expect(Object.keys(tables).filter((id) => !rulePolicies.some(({ rule }) => rule === id))).toEqual([])
    expect(new Set(rulePolicies.map(({ rule }) => rule)).size).toBe(139)
  })

  it.each(rules.map((rule) => [rule.policy.rule, rule.policy.zh, rule] as const))(
    '%s %s finds what fails and nothing else',
    (id, _zh, rule) => {
      const table = tables[id] ?? { fails: [], passes: [] }
      const overlooked = table.fails.filter((given) => judge(rule, given) !== (given.rows ?? 1))
      const mistaken = table.passes.filter((given) => judge(rule, given) !== 0)
      expect({ overlooked, mistaken }).toEqual({ overlooked: [], mistaken: [] })
    },
  )

  it('says which fields it reads, and reads no other', () => {
    const meaning: Record<string, string> = {
      age: 'birthDate',
      head: 'relationToHead',
      sharesIdNumber: 'idNumber',
      sharesPhone: 'personPhone',
    }
    const known = new Set(Object.keys({ ...personFields, ...householdFields, ...workFields, ...planFields, ...villageFields }))
    /** Parts of a sum that only some exports have; an export without them is judged all the same. */
    const mayRead = (key: string) => key.startsWith('transfer') || key === 'propertyEntrusted' || key === 'expenseForestFruit'
    const wrong = rules.flatMap(({ policy }, at) => {
      const read = new Set<string>()
      const rule = rules[at]
      const table = tables[policy.rule]
      if (rule !== undefined) for (const given of [...(table?.fails ?? []), ...(table?.passes ?? [])]) judge(rule, given, read)
      const keys = [...read].map((key) => meaning[key] ?? key).filter((key) => known.has(key))
      return keys
        .filter((key) => !policy.reads.includes(key) && !(policy.rule === 'Q068' && mayRead(key)))
        .map((key) => `${policy.rule} ${key}`)
    })
    expect(wrong).toEqual([])
  })

  it('speaks both languages, names who mends it and what to do', () => {
    for (const rule of listRulesOn(asOf)) {
      expect(rule.zh + rule.fix.zh).toMatch(/^[^a-z]*[\u4e00-\u9fff]/)
      expect(rule.en).toMatch(/^[A-Z0-9].+/)
      expect(rule.fix.en.length).toBeGreaterThan(10)
      expect(rule.reads.length).toBeGreaterThan(0)
    }
  })
})

it('the fields that rules read are fields of the register, read as what they are', () => {
  const kindOf: Record<string, CellKind> = {
    money: 'number',
    decimal: 'number',
    integer: 'number',
    yearMonth: 'month',
    date: 'day',
    idNumber: 'id',
    phone: 'phone',
  }
  const wrong = [personFields, householdFields, workFields, planFields, villageFields].flatMap((fields) =>
    Object.entries(fields).filter(([key, kind]) => !typeOf.has(key) || (kindOf[typeOf.get(key) ?? ''] ?? 'text') !== kind),
  )
  expect(wrong).toEqual([])
})

it('a rule holds from its first day on', () => {
  expect(listRulesOn('2020-12-31')).toEqual([])
  expect(listRulesOn('2021-01-01')).toHaveLength(139)
})

import { describe, expect, it } from 'vitest'
import { labelKey } from '#kernel/server/sheets/index.ts'
import { ListKind } from '../contract.ts'
import file from './list-kinds.json' with { type: 'json' }
import { kindOf, listKinds } from './list-kinds.ts'
import { defaultThresholds, ListKindsPolicy, petitionTopics } from './policy.ts'

describe('the kinds of lists', () => {
  it('are what the schema reads, one for each kind of the contract', () => {
    expect(ListKindsPolicy.parse(file).kinds).toEqual(listKinds)
    expect(listKinds.map((kind) => kind.kind)).toEqual(ListKind.options)
  })

  it('claim no label twice within a kind, and need only fields that they have', () => {
    for (const { kind, fields, needs, key } of listKinds) {
      const labels = fields.flatMap((field) => [...field.labels, ...field.aliases].map((label) => labelKey(label)))
      expect({ kind, twice: labels.filter((label, at) => labels.indexOf(label) !== at) }).toEqual({ kind, twice: [] })
      const keys = new Set(fields.map((field) => field.key))
      for (const one of [...needs.flat(), ...(key === 'person' || key === 'place' ? [] : [key])]) expect(keys).toContain(one)
    }
  })

  it('name the topics that the thresholds ask for', () => {
    const known = new Set(petitionTopics.topics.map((topic) => topic.topic))
    for (const topic of defaultThresholds.leads.L12.topics) expect(known).toContain(topic)
    expect(kindOf('petition').fields.some((field) => field.key === 'content')).toBe(true)
  })
})

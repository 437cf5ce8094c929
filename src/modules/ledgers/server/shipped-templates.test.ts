import { describe, expect, it } from 'vitest'
import { problemsOfShipped } from './known-policies.ts'
import { openAll, readShippedFiles } from './shipped-templates.ts'

describe('the shipped templates', () => {
  it('are sound: names, states, formulas and the examples of their checks', () => {
    expect(problemsOfShipped()).toEqual([])
  })

  it('that are none stop the program, and name the file', () => {
    const [first] = readShippedFiles()
    const spoilt = { ...Object(first?.json), states: [] }
    expect(() => openAll([{ file: 'generic/spoilt.json', json: spoilt }])).toThrow(/generic\/spoilt\.json/)
    expect(() => openAll([{ file: 'elsewhere/first.json', json: first?.json }])).toThrow(/belongs to another pack/)
  })
})

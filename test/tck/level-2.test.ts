import { describe, expect, it } from 'vitest'
import { runFolder } from './run.ts'

describe('the DMN Technology Compatibility Kit, level 2', () => {
  const outcomes = runFolder('test/tck/compliance-level-2')

  it('has 28 models and 116 cases', () => {
    expect([new Set(outcomes.map((one) => one.group)).size, outcomes.length]).toEqual([28, 116])
  })

  it('passes every case', () => {
    expect(outcomes.filter((one) => one.reasons.length > 0)).toEqual([])
  })
})

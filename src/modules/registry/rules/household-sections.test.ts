import { describe, expect, it } from 'vitest'
import { findField } from '../policy/policy.ts'
import { householdSections } from './household-sections.ts'

describe('the parts of the household page', () => {
  it('name fields of the policy, each once', () => {
    const keys = householdSections.flatMap(({ core, more }) => [...core, ...more])
    expect(keys.filter((key) => findField(key)?.entity !== 'household')).toEqual([])
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })
})

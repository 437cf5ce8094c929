import { expect, it } from 'vitest'
import { isCreditCode } from './credit-code.ts'

it('knows a credit code by its check character', () => {
  // The example of GB 32100-2015, appendix A.
  expect(isCreditCode('91350100M000100Y43')).toBe(true)
  expect(isCreditCode('91350100M000100Y44')).toBe(false)
  expect(isCreditCode('91350100M00010OY43')).toBe(false)
  expect(isCreditCode('9135010')).toBe(false)
})

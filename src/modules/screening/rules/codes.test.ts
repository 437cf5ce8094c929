import { expect, it } from 'vitest'
import { MatchCause, MatchClass } from '../contract.ts'
import { causeOf, classOf, matchCauses, matchClasses } from './codes.ts'
import { howNumber } from './tally.ts'

it('numbers every class and cause of the contract', () => {
  expect(matchClasses).toEqual(MatchClass.options)
  expect(matchCauses).toEqual(MatchCause.options)
  for (const name of matchClasses)
    for (const cause of matchCauses) {
      const how = howNumber({ class: name, cause })
      expect([classOf(how), causeOf(how)]).toEqual([name, cause])
    }
})

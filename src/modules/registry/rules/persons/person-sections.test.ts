import { expect, it } from 'vitest'
import { fields } from '../../policy/policy.ts'
import { personSections } from './person-sections.ts'

it('show every field of a person once, but those of the head of the page', () => {
  const inHead = ['personNo', 'seqNo', 'name', 'sex', 'idType', 'idNumber', 'birthDate', 'relationToHead', 'personPhone', 'laborSkill']
  const ofPersons = fields.filter((field) => field.entity === 'person' && field.type !== 'area').map((field) => field.key)
  const shown = [...inHead, ...personSections.flatMap((section) => section.fields)]
  expect(shown.toSorted()).toEqual(ofPersons.toSorted())
})

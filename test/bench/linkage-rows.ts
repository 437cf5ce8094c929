// The labelled rows sent through the comparison itself: decisions of classes repaired and fuzzy against the whole register.
import { buildIndex, type IndexPerson } from '../../src/modules/screening/rules/build-index.ts'
import { makeLocator } from '../../src/modules/screening/rules/locate.ts'
import { matchRow, type Matcher } from '../../src/modules/screening/rules/match-row.ts'
import { soundOf } from '../../src/modules/screening/server/sound-of.ts'

import type { LinkPerson } from './linkage-data.ts'
import type { LabelledPair } from './linkage-pairs.ts'

export interface RowQuality {
  rows: number
  assigned: number
  wrong: number
  open: number
  precision: number
  recall: number
  kinds: Map<string, { count: number; right: number; wrong: number; open: number }>
}

/** One person in twelve is taken out of the register: rows about them are about strangers who resemble those who stay. */
const strangersEvery = 12

/** Sends every row through `matchRow`; those that are matched exactly or after typography only are not counted. */
export function measureRows({ persons, pairs }: { persons: readonly LinkPerson[]; pairs: readonly LabelledPair[] }): RowQuality {
  const matcher = makeMatcher(persons.filter((person) => person.at % strangersEvery !== 0))
  const ids = persons.filter((person) => person.at % strangersEvery !== 0).map((person) => person.at)
  const quality: RowQuality = { rows: 0, assigned: 0, wrong: 0, open: 0, precision: 1, recall: 1, kinds: new Map() }
  let known = 0
  let right = 0
  for (const pair of pairs) {
    const { row, of } = pair
    const place = matcher.locator.locate({ township: row.township, village: row.village, group: row.group, address: '' })
    const found = matchRow(matcher, {
      id: row.idNumber,
      lostTail: false,
      name: row.name,
      hasNames: true,
      phone: row.phone,
      place,
      group: row.group,
    })
    if (found.class === 'exact' || found.class === 'normalised') continue
    const isKnown = of.at % strangersEvery !== 0
    const isRight = found.person >= 0 && ids[found.person] === of.at
    quality.rows += 1
    known += isKnown ? 1 : 0
    right += isRight ? 1 : 0
    quality.assigned += found.person >= 0 ? 1 : 0
    quality.wrong += found.person >= 0 && !isRight ? 1 : 0
    quality.open += found.class === 'ambiguous' ? 1 : 0
    const kind = quality.kinds.get(pair.kind) ?? { count: 0, right: 0, wrong: 0, open: 0 }
    kind.count += isKnown ? 1 : 0
    kind.right += isRight ? 1 : 0
    kind.wrong += found.person >= 0 && !isRight ? 1 : 0
    kind.open += found.class === 'ambiguous' ? 1 : 0
    quality.kinds.set(pair.kind, kind)
  }
  quality.precision = 1 - quality.wrong / Math.max(1, quality.assigned)
  quality.recall = right / Math.max(1, known)
  return quality
}

function makeMatcher(persons: readonly LinkPerson[]): Matcher {
  const builder = buildIndex(soundOf, { persons: persons.length })
  for (const person of persons) builder.add(indexPerson(person))
  const index = builder.finish()
  return { index, locator: makeLocator(index), soundOf }
}

function indexPerson(person: LinkPerson): IndexPerson {
  const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
  return {
    personId: id(person.at),
    idNumber: person.idNumber,
    name: person.name,
    phones: [person.phone],
    isHead: person.relation === '户主',
    seqNo: person.at,
    monthlyIncome: undefined,
    householdId: id(person.household),
    householdNo: String(person.household),
    registered: false,
    monitored: false,
    place: { township: person.township, village: person.village, group: person.group, areaPath: '99.' },
  }
}

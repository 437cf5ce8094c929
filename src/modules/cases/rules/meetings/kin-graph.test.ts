import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findKin, kinReach, tiesByHousehold, type KinTie } from './kin-graph.ts'
import { inverseRelation, kinRelations, sayKinPath } from './kin-relations.ts'

const households = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const someTies = fc.array(
  fc
    .tuple(fc.constantFrom(...households), fc.constantFrom(...households), fc.constantFrom(...kinRelations))
    .filter(([one, other]) => one !== other),
  { maxLength: 14 },
)

/** Each pair of households has one tie, seen from both sides. */
function bothSides(stated: readonly (readonly [string, string, (typeof kinRelations)[number]])[]): KinTie[] {
  const pairs = new Map(stated.map((tie) => [[tie[0], tie[1]].sort().join(), tie]))
  return [...pairs.values()].flatMap(([one, other, relation]) => [
    { householdId: one, otherHouseholdId: other, relation },
    { householdId: other, otherHouseholdId: one, relation: inverseRelation[relation] },
  ])
}

/** Every walk of at most `left` ties, tried one by one. */
function walks(ties: readonly KinTie[], from: string, left: number): { to: string; path: string[] }[] {
  const further = left === 0 ? [] : ties.filter((tie) => tie.householdId === from)
  return [
    { to: from, path: [] },
    ...further.flatMap((tie) => walks(ties, tie.otherHouseholdId, left - 1).map(({ to, path }) => ({ to, path: [tie.relation, ...path] }))),
  ]
}

describe('kinship', () => {
  it('reaches whom a naive search reaches, by a way of the same length that is one', () => {
    fc.assert(
      fc.property(someTies, fc.constantFrom(...households), (stated, from) => {
        const ties = bothSides(stated)
        const naive = walks(ties, from, kinReach)
        const found = findKin(tiesByHousehold(ties), from)
        expect(new Set(found.keys())).toEqual(new Set(naive.map(({ to }) => to)))
        for (const [to, path] of found) {
          const ways = naive.filter((way) => way.to === to)
          expect(path.length).toBe(Math.min(...ways.map((way) => way.path.length)))
          expect(ways.map((way) => way.path.join())).toContain(path.join())
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is the same from both sides', () => {
    fc.assert(
      fc.property(someTies, fc.constantFrom(...households), fc.constantFrom(...households), (stated, one, other) => {
        const graph = tiesByHousehold(bothSides(stated))
        expect(findKin(graph, one).has(other)).toBe(findKin(graph, other).has(one))
      }),
      { numRuns: 200 },
    )
  })

  it('names always the same way, in whatever order ties are read', () => {
    fc.assert(
      fc.property(
        someTies.map(bothSides).chain((ties) => fc.tuple(fc.constant(ties), fc.shuffledSubarray(ties, { minLength: ties.length }))),
        ([ties, shuffled]) => {
          const ways = (given: readonly KinTie[]) => Object.fromEntries(findKin(tiesByHousehold(given), 'a'))
          expect(ways(shuffled)).toEqual(ways(ties))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is said as people say it', () => {
    expect(sayKinPath([], 'zh')).toBe('本户人员')
    expect(sayKinPath(['sibling'], 'zh')).toBe('户主的兄弟姐妹')
    expect(sayKinPath(['sibling', 'child'], 'zh')).toBe('户主的兄弟姐妹的子女')
    expect(sayKinPath(['sibling', 'child'], 'en')).toBe('child of brother or sister of the head')
  })

  it('reads the other way round as it was stated', () => {
    for (const relation of kinRelations) expect(inverseRelation[inverseRelation[relation]]).toBe(relation)
  })
})

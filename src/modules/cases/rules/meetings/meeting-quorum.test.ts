import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countItem, sumVotes, type MeetingTerms, type Voter } from './meeting-quorum.ts'
import { judgeRecusals } from './meeting-recusals.ts'
import { leastOf, reaches, readShare } from './meeting-share.ts'
import { readMeetingTerms } from './meeting-terms.ts'

const share = (text: string) => {
  const found = readShare(text)
  if (found === undefined) throw new Error(text)
  return found
}

describe('a share', () => {
  it.each([
    ['2/3以上', { num: 2, den: 3, over: false }],
    ['三分之二以上', { num: 2, den: 3, over: false }],
    ['2/3', { num: 2, den: 3, over: false }],
    ['过半数', { num: 1, den: 2, over: true }],
    ['超过半数', { num: 1, den: 2, over: true }],
    ['过1/2', { num: 1, den: 2, over: true }],
    ['半数以上', { num: 1, den: 2, over: false }],
    ['60％', { num: 60, den: 100, over: false }],
    ['全体', { num: 1, den: 1, over: false }],
  ])('is read as it is written: %s', (text, expected) => {
    expect(readShare(text)).toEqual(expected)
  })

  it.each(['', '很多', '0/3', '3/2', '1/0', '过3/3', '120%', '0%', '2/3以下', '-1/2', '1e9/1'])('is none: %s', (text) => {
    expect(readShare(text)).toBe(undefined)
  })

  it('is reached by exactly the numbers by which whole fractions say so', () => {
    // 2/3 of 3 is 2, not 3, as 66.67 % would have it; half of 10 is no majority.
    expect([1, 2, 3].map((count) => reaches(count, 3, share('2/3以上')))).toEqual([false, true, true])
    expect([5, 6].map((count) => reaches(count, 10, share('过半数')))).toEqual([false, true])
    expect([29, 30].map((count) => reaches(count, 45, share('2/3以上')))).toEqual([false, true])
  })

  it('needs the least number that reaches it', () => {
    const any = fc.record({ num: fc.integer({ min: 1, max: 40 }), den: fc.integer({ min: 1, max: 40 }), over: fc.boolean() })
    fc.assert(
      fc.property(
        any.filter(({ num, den }) => num <= den),
        fc.integer({ min: 0, max: 300 }),
        (of, all) => {
          const least = leastOf(all, of)
          for (let count = 0; count <= all; count += 1) expect(reaches(count, all, of)).toBe(count >= least)
        },
      ),
      { numRuns: 200 },
    )
  })
})

const terms: MeetingTerms = {
  quorum: share('2/3以上'),
  carry: share('过半数'),
  leastRepresentatives: 2,
  mayChair: ['committee'],
  mayVote: ['representative', 'committee', 'first-secretary', 'work-team'],
}
const people = (count: number, attended: number): Voter[] =>
  Array.from({ length: count }, (_, at) => ({
    memberId: `m${at}`,
    capacity: at === 0 ? 'committee' : 'representative',
    votes: true,
    attended: at < attended,
  }))
const nobody: ReadonlySet<string> = new Set()

describe('a household of a meeting', () => {
  it('is agreed to by more than half of those who are there', () => {
    const count = (votes: { for: number; against: number; abstain: number }) =>
      countItem({ voters: people(12, 8), recused: nobody, votes, terms }).conclusion
    expect(count({ for: 5, against: 3, abstain: 0 })).toBe('agreed')
    expect(count({ for: 4, against: 0, abstain: 4 })).toBe('refused')
    expect(count({ for: 4, against: 0, abstain: 3 })).toBe(null)
    expect(count({ for: 9, against: 0, abstain: 0 })).toBe(null)
  })

  it('has no quorum below the share, and then no conclusion but that', () => {
    const counted = countItem({ voters: people(12, 7), recused: nobody, votes: { for: 7, against: 0, abstain: 0 }, terms })
    expect(counted).toMatchObject({ entitled: 12, present: 7, needed: 8, hasQuorum: false, conclusion: 'no-quorum' })
  })

  it('counts nobody who keeps away, neither among those entitled nor among those present', () => {
    const recused = new Set(['m1', 'm2', 'm11'])
    const counted = countItem({ voters: people(12, 8), recused, votes: { for: 6, against: 0, abstain: 0 }, terms })
    expect(counted).toMatchObject({ entitled: 9, present: 6, representatives: 5, needed: 6, conclusion: 'agreed' })
    const all = new Set(people(12, 8).map((one) => one.memberId))
    expect(countItem({ voters: people(12, 8), recused: all, votes: undefined, terms }).conclusion).toBe('no-quorum')
  })

  it('needs its number of villagers’ representatives', () => {
    const counted = countItem({ voters: people(3, 2), recused: nobody, votes: { for: 2, against: 0, abstain: 0 }, terms })
    expect(counted).toMatchObject({ present: 2, representatives: 1, conclusion: 'no-quorum' })
  })

  it('waits while attendance is not ticked', () => {
    const voters = people(6, 6).map((one, at): Voter => ({ ...one, attended: at === 5 ? null : true }))
    expect(countItem({ voters, recused: nobody, votes: { for: 5, against: 0, abstain: 0 }, terms }).conclusion).toBe(null)
  })

  it('never changes its conclusion by who keeps away', () => {
    const vote = fc.constantFrom('for' as const, 'against' as const, 'abstain' as const)
    const someone = fc.record({ votes: fc.boolean(), attended: fc.boolean(), recused: fc.boolean(), vote })
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 30 }), (all) => {
        const voters = all.map((one, at): Voter => ({ ...one, memberId: `m${at}`, capacity: 'representative' }))
        const recused = new Set(all.flatMap((one, at) => (one.recused ? [`m${at}`] : [])))
        const cast = all.filter((one) => one.votes && one.attended && !one.recused).map((one) => one.vote)
        const whole = countItem({ voters, recused, votes: sumVotes(cast), terms })
        const without = countItem({
          voters: voters.filter((one) => !recused.has(one.memberId)),
          recused: nobody,
          votes: sumVotes(cast),
          terms,
        })
        expect(whole).toEqual(without)
        expect(whole.present).toBe(cast.length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('who must keep away', () => {
  const ties = [
    ['home', 'brother', 'sibling', 'sibling'],
    ['brother', 'nephew', 'child', 'parent'],
    ['nephew', 'far', 'child', 'parent'],
  ].flatMap(([one = '', other = '', there = '', back = '']) => [
    { householdId: one, otherHouseholdId: other, relation: there },
    { householdId: other, otherHouseholdId: one, relation: back },
  ])
  const member = (memberId: string, householdId: string | null, named: { householdId: string; relation: string }[] = []) => ({
    memberId,
    householdId,
    named,
  })

  it('is whoever lives there or is at most two ties away, with the nearest way', () => {
    const members = [
      member('self', 'home'),
      member('brother', 'brother'),
      member('nephew', 'nephew'),
      member('far', 'far'),
      member('guest', null),
      member('secretary', null, [{ householdId: 'brother', relation: 'spouse' }]),
      member('both', 'nephew', [{ householdId: 'brother', relation: 'own' }]),
    ]
    const [found] = [...judgeRecusals({ households: ['home'], members, ties }).values()]
    expect(found?.map(({ memberId, why, path }) => [memberId, why, ...path])).toEqual([
      ['self', 'own'],
      ['brother', 'kin', 'sibling'],
      ['nephew', 'kin', 'sibling', 'child'],
      ['secretary', 'kin', 'sibling', 'spouse'],
      ['both', 'kin', 'sibling'],
    ])
  })
})

describe('the terms of a meeting', () => {
  const values: Record<string, string | number | readonly string[] | null> = {
    评议到会比例: '2/3以上',
    评议通过比例: '过半数',
    评议村民代表最少人数: null,
    评议主持人: ['村两委成员'],
    评议表决人: ['村民代表', '村两委成员'],
  }
  const read = (part: typeof values) => readMeetingTerms((name) => ({ ...values, ...part })[name])

  it('are read from policy; a least number that nobody decided asks for none', () => {
    expect(read({})).toEqual({
      quorum: { num: 2, den: 3, over: false },
      carry: { num: 1, den: 2, over: true },
      leastRepresentatives: 0,
      mayChair: ['committee'],
      mayVote: ['representative', 'committee'],
    })
  })

  it.each([
    ['评议到会比例', { 评议到会比例: '很多' }],
    ['评议主持人', { 评议主持人: ['村民代表', '路人'] }],
    ['评议表决人', { 评议表决人: [] }],
    ['评议村民代表最少人数', { 评议村民代表最少人数: 2.5 }],
  ])('name what cannot be read: %s', (name, part) => {
    expect(() => read(part)).toThrow(name)
  })
})

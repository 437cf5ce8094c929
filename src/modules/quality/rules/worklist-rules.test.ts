import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveFixes, type MemberFacts } from './derive-fix.ts'
import { exceptionAfter, exceptionStates, isInForce, judgeException, nextExceptionStates, type ExceptionFacts } from './exception-states.ts'
import {
  findingAnswers,
  findingStates,
  isOverdue,
  judgeAnswering,
  judgeSending,
  nextFindingStates,
  type FindingFacts,
} from './finding-states.ts'
import { groupWork, severities, sumWork, type CountedWork } from './count-work.ts'
import { seatOf, townshipOf, villageOf } from './worklist-places.ts'

const village = '99.9903.990301.990301101.990301101200.'
const township = '99.9903.990301.990301101.'
const open: FindingFacts = { state: 'open', areaPath: `${village}01.`, sentTo: null, answer: null }

describe('a finding', () => {
  it.each([
    ['is sent by its township', open, township, 'yes'],
    ['is not sent by its village', open, village, 'not-yours'],
    ['is not sent twice to the same village', { ...open, state: 'sent', sentTo: village }, township, 'already-with-them'],
    [
      'goes out again when the answer did not mend it',
      { ...open, state: 'sent', sentTo: village, answer: 'fixed-elsewhere' },
      township,
      'yes',
    ],
    ['waits while an exception is asked for', { ...open, answer: 'right-as-is' }, township, 'exception-asked'],
    ['is not sent when it is fixed', { ...open, state: 'fixed' }, township, 'already-fixed'],
    ['is not sent when it is excepted', { ...open, state: 'excepted' }, township, 'already-excepted'],
  ] as const)('%s', (_says, finding, path, wanted) => {
    const verdict = judgeSending(finding, seatOf(path), village)
    expect(verdict.ok ? 'yes' : verdict.reason).toBe(wanted)
  })

  it('may be answered by whoever sees it, until it is fixed, excepted or asked about', () => {
    const says = (finding: FindingFacts, path?: string) => {
      const verdict = judgeAnswering(finding, path === undefined ? { level: 'none', path: '' } : seatOf(path))
      return verdict.ok ? 'yes' : verdict.reason
    }
    expect([says(open, village), says(open, township), says(open)]).toEqual(['yes', 'yes', 'not-yours'])
    expect(says({ ...open, answer: 'fixed-elsewhere' }, village)).toBe('yes')
    expect(says({ ...open, answer: 'right-as-is' }, village)).toBe('exception-asked')
    expect(says({ ...open, state: 'excepted' }, village)).toBe('already-excepted')
  })

  it('is late after its due day, unless somebody answered', () => {
    const sent = { ...open, state: 'sent', sentTo: village, dueOn: '2023-12-18' } as const
    expect([isOverdue(sent, '2023-12-18'), isOverdue(sent, '2023-12-19')]).toEqual([false, true])
    expect(isOverdue({ ...sent, answer: 'fixed-elsewhere' }, '2023-12-19')).toBe(false)
    expect(isOverdue({ ...sent, state: 'fixed' }, '2023-12-19')).toBe(false)
  })

  it('never leaves fixed by sending or answering', () => {
    const facts = fc.record({
      state: fc.constantFrom(...findingStates),
      answer: fc.option(fc.constantFrom(...findingAnswers), { nil: null }),
    })
    fc.assert(
      fc.property(facts, (given) => {
        const finding = { ...open, ...given }
        const next: readonly string[] = nextFindingStates[given.state]
        if (judgeSending(finding, seatOf(township), village).ok) expect(next).toContain('sent')
        if (judgeAnswering(finding, seatOf(village)).ok) expect(['open', 'sent']).toContain(given.state)
      }),
    )
  })
})

describe('an exception', () => {
  const asked: ExceptionFacts = {
    state: 'asked',
    askedBy: 'a',
    decidedBy: 'b',
    decision: 'grant',
    untilOn: '2024-06-30',
    note: undefined,
    today: '2023-12-18',
    longestOn: '2024-12-18',
  }
  it.each([
    ['is granted by another until a day', {}, 'yes'],
    ['is never granted by whoever asked', { decidedBy: 'a' }, 'own-request'],
    ['needs a day', { untilOn: undefined }, 'day-needed'],
    ['does not end before it begins', { untilOn: '2023-12-17' }, 'day-past'],
    ['does not hold longer than policy lets it', { untilOn: '2024-12-19' }, 'day-too-far'],
    ['is refused with a reason', { decision: 'refuse', note: '要改的' }, 'reason-needed'],
    ['may be refused by whoever asked', { decision: 'refuse', decidedBy: 'a', note: '先不申请了' }, 'yes'],
    ['is not ended before it was granted', { decision: 'end', note: '情况变了' }, 'wrong-state'],
    ['is ended with a reason', { state: 'granted', decision: 'end', note: '情况变了' }, 'yes'],
    ['is not granted twice', { state: 'granted' }, 'wrong-state'],
  ] as const)('%s', (_says, change, wanted) => {
    const verdict = judgeException({ ...asked, ...change })
    expect(verdict.ok ? 'yes' : verdict.reason).toBe(wanted)
  })

  it('holds on its last day and not on the next', () => {
    const granted = { state: 'granted', untilOn: '2024-06-30' } as const
    expect([isInForce(granted, '2024-06-30'), isInForce(granted, '2024-07-01')]).toEqual([true, false])
    expect(isInForce({ state: 'asked', untilOn: null }, '2024-06-30')).toBe(false)
  })

  it('leads only to states that are known', () => {
    for (const state of exceptionStates) for (const next of nextExceptionStates[state]) expect(exceptionStates).toContain(next)
    expect(Object.values(exceptionAfter).every((state) => exceptionStates.includes(state))).toBe(true)
  })
})

describe('the right value', () => {
  const member: MemberFacts = {
    personId: 'p',
    name: '甲',
    isHead: false,
    relation: '之女',
    sex: '男',
    birthDate: '1990-01-02',
    laborSkill: '普通劳动力',
    stated: { sex: '女', birthDate: '1990-01-20' },
  }
  const fixes = (rule: string, change: Partial<MemberFacts> = {}, seen: Record<string, string> = {}) =>
    deriveFixes({ rule, personId: 'p', seen, members: [{ ...member, ...change }] }).map(
      (fix) => `${fix.field} ${fix.from}→${fix.to}${fix.isAlreadySo ? ' so' : ''}`,
    )

  it.each([
    ['Q006', {}, {}, ['sex 男→女', 'birthDate 1990-01-02→1990-01-20']],
    ['Q006', { sex: '女', birthDate: '1990-01-20' }, { sex: '男', birthDate: '1990-01-20' }, ['sex 男→女 so']],
    ['Q006', { stated: undefined }, {}, []],
    ['Q010', { isHead: true }, {}, ['sex 男→女']],
    ['Q011', {}, {}, ['sex 男→女']],
    ['Q011', { relation: '之子', sex: '女' }, {}, ['relationToHead 之子→之女']],
    ['Q011', { relation: '之子', sex: '女', stated: undefined }, {}, []],
    ['Q029', {}, { laborSkill: '普通劳动力' }, ['laborSkill 普通劳动力→无劳动力']],
    ['Q030', { laborSkill: '无劳动力' }, { laborSkill: '技能劳动力' }, ['laborSkill 技能劳动力→无劳动力 so']],
    ['Q039', {}, {}, []],
  ] as const)('of %s follows only from facts that are not in doubt', (rule, change, seen, wanted) => {
    expect(fixes(rule, change, seen)).toEqual(wanted)
  })
})

it('places know their village and township, also in a group', () => {
  expect(villageOf(`${village}01.`)).toBe(village)
  expect(townshipOf(`${village}01.`)).toBe(township)
  expect([seatOf(undefined).level, seatOf(township).level, seatOf(`${village}01.`)]).toEqual([
    'county',
    'township',
    { level: 'village', path: village },
  ])
})

it('counts add up however they are grouped', () => {
  const count = fc.record({
    severity: fc.constantFrom(...severities),
    open: fc.nat(50),
    sent: fc.nat(50),
    overdue: fc.nat(50),
    answered: fc.nat(50),
    place: fc.constantFrom('a', 'b', 'c'),
  })
  fc.assert(
    fc.property(fc.array(count), (counts: (CountedWork & { place: string })[]) => {
      const whole = sumWork(counts)
      const parts = [...groupWork(counts, (one) => one.place).values()].map(sumWork)
      expect(parts.reduce((sum, part) => sum + part.total, 0)).toBe(whole.total)
      expect(severities.reduce((sum, severity) => sum + whole.bySeverity[severity], 0)).toBe(whole.total)
    }),
  )
})

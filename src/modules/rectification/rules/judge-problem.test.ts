import { describe, expect, it } from 'vitest'
import { missingParts } from './closing-gate.ts'
import { judgeProblem, type JudgedWith } from './judge-problem.ts'
import { newProblem } from './new-problem.ts'
import { allMoves, targetOf } from './problem-moves.ts'
import type { ProblemFile } from './problem-records.ts'
import type { ActWords } from './problem-requests.ts'
import type { ActorSeat } from './problem-seat.ts'
import { problemActions, problemStates, type ProblemAction, type ProblemState } from './problem-states.ts'

const county = '99.9903.990301.'
const township = `${county}990301101.`
const village = `${township}990301101200.`
const now = '2020-05-20T01:00:00.000Z'
const everything = { assign: true, act: true, accept: true }
const nothing = { assign: false, act: false, accept: false }

/** Who may stand where, as the roles of the county are; the unit is the village, or the housing department. */
const people = {
  'county office': { path: county, isCounty: true, may: everything },
  'county leader': { path: county, isCounty: true, may: { ...nothing, accept: true } },
  supervisor: { path: county, isCounty: true, may: { assign: true, act: false, accept: true } },
  'department of it': { path: county, isCounty: true, organisationId: 'housing', may: { ...nothing, act: true } },
  'another department': { path: county, isCounty: true, organisationId: 'water', may: { ...nothing, act: true } },
  'township above': { path: township, isCounty: false, may: everything },
  'another township': { path: `${county}990301201.`, isCounty: false, may: everything },
  'village of it': { path: village, isCounty: false, may: { ...nothing, act: true } },
  'another village': { path: `${township}990301101201.`, isCounty: false, may: { ...nothing, act: true } },
  nobody: { path: '', isCounty: false, may: nothing },
} as const satisfies Record<string, Omit<ActorSeat, 'callerId' | 'isSystem' | 'organisationId'> & { organisationId?: string }>
type Who = keyof typeof people
type UnitOf = 'village' | 'department'

const seatOf = (who: Who): ActorSeat => ({ organisationId: undefined, ...people[who], callerId: who, isSystem: false })
const units = {
  village: { unitKind: 'area', unitId: village, unitName: '柳湾村', unitLevel: 'village' },
  department: { unitKind: 'organisation', unitId: 'housing', unitName: '住建局', unitLevel: 'department' },
} as const

function standing(state: ProblemState, of: UnitOf): ProblemFile {
  const base = newProblem({
    problemId: 'p',
    problemNo: '2020-000001',
    campaignId: 'c',
    sourceKind: 'inspection',
    class: '住房',
    description: '房屋漏雨',
    householdId: null,
    areaPath: village,
    origin: null,
    originId: null,
    inspectionId: null,
    foundOn: '2020-05-01',
    now,
  })
  const placed = state === 'found' ? {} : { ...units[of], headName: '支书', dueOn: '2020-05-31', letterId: 'l' }
  const done = { cause: '巡查不够', measures: '派人修缮', effect: '已修好', completedOn: '2020-05-18', evidenceCount: 1 }
  const worked = { completedBy: 'somebody', workedBy: ['somebody'] }
  const isDone = state === 'completed' || state === 'verified' || state === 'closed'
  return { ...base, ...placed, ...done, ...(isDone ? worked : {}), state }
}

const words: Omit<ActWords, 'action'> = {
  reason: '核实后如此办理',
  headName: '镇长',
  cause: '巡查不够',
  measures: '派人修缮',
  effect: '已修好',
  evidence: '验收单',
  leaderName: '县领导',
  leaderLevel: 'county',
}

function judge(problem: ProblemFile, action: Exclude<ProblemAction, 'extend'>, who: Who, said: Partial<ActWords> = {}) {
  const unit = { kind: 'area', id: village, name: '柳湾村', level: 'village', areaPath: village } as const
  const given: JudgedWith = {
    act: { ...words, action, ...said },
    unit: action === 'assign' || action === 'transfer' ? unit : undefined,
    dueOn: '2020-05-31',
    seat: seatOf(who),
    today: '2020-05-20',
    now,
    callerName: who,
  }
  return judgeProblem(problem, given)
}

const ofUnit = new Set<ProblemAction>(['accept', 'decline', 'plan', 'complete', 'recall'])
const byAccepting = new Set<ProblemAction>(['verify', 'strike', 'sample', 'return'])

/** Who may, said once more without the rule. */
function mayDo(who: Who, action: ProblemAction, state: ProblemState, of: UnitOf): boolean {
  const unitPeople: Record<UnitOf, readonly Who[]> = {
    village: ['village of it', 'township above'],
    department: ['department of it'],
  }
  if (ofUnit.has(action)) return unitPeople[of].includes(who)
  const above: readonly Who[] =
    of === 'village' || state === 'found' ? ['county office', 'supervisor', 'township above'] : ['county office', 'supervisor']
  if (byAccepting.has(action) || (action === 'reopen' && state === 'closed')) return above.includes(who) || who === 'county leader'
  // What has no unit yet is any office's within whose area it lies, which the store asks.
  return above.includes(who) || (state === 'found' && who === 'another township')
}

describe('every act at every state by everybody', () => {
  for (const of of ['village', 'department'] as const) {
    it(`of a ${of}: done where the table leads to and by whose side it is, refused everywhere else with the reason`, () => {
      const wrong: string[] = []
      for (const state of problemStates) {
        for (const action of problemActions) {
          if (action === 'extend') continue
          for (const who of Object.keys(people) as Who[]) {
            const problem = state === 'withdrawn' && of === 'department' ? standing(state, of) : standing(state, of)
            const verdict = judge(problem, action, who)
            const into = targetOf(state, action)
            const expected = into === undefined ? 'no-such-move' : mayDo(who, action, state, of) ? into : 'not-yours'
            const said = verdict.ok ? verdict.state : verdict.reason
            if (said !== expected) wrong.push(`${state} ${action} ${who}: ${said}, not ${expected}`)
          }
        }
      }
      expect(wrong).toEqual([])
    })
  }

  it('whoever worked on it, or answers for it, accepts nothing of it', () => {
    for (const [state, action] of [
      ['completed', 'verify'],
      ['verified', 'strike'],
      ['closed', 'sample'],
    ] as const) {
      const problem = standing(state, 'village')
      expect(judge({ ...problem, workedBy: ['township above'] }, action, 'township above')).toEqual({
        ok: false,
        reason: 'self-acceptance',
      })
      expect(judge({ ...problem, headId: 'county office' }, action, 'county office')).toEqual({ ok: false, reason: 'self-acceptance' })
      expect(judge(problem, action, 'county office').ok).toBe(true)
    }
    expect(judge({ ...standing('closed', 'village'), verifiedBy: 'county office' }, 'sample', 'county office')).toMatchObject({
      reason: 'self-acceptance',
    })
  })
})

describe('R15: 问题不全面、原因不清楚、责任不明确不放过', () => {
  it('names exactly what is missing, in the order of the five parts, and lets nothing pass without it', () => {
    const whole = standing('rectifying', 'village')
    const without: [string, Partial<ProblemFile>][] = [
      ['cause', { cause: ' ' }],
      ['head', { headName: null }],
      ['measures', { measures: '' }],
      ['effect', { effect: '' }],
      ['evidence', { evidenceCount: 0 }],
    ]
    const bare = { cause: undefined, measures: undefined, effect: undefined, evidence: undefined }
    for (const [part, lack] of without) {
      const said: Partial<ActWords> = Object.fromEntries(Object.entries(bare).filter(([, value]) => value !== undefined))
      const given = { ...whole, ...lack }
      expect(missingParts(given)).toEqual([part])
      const empty: Partial<ActWords> = { cause: given.cause, measures: given.measures, effect: given.effect, evidence: '', ...said }
      expect(judge(given, 'complete', 'village of it', empty)).toMatchObject({ ok: false, reason: 'incomplete', missing: [part] })
    }
    const nobody = {
      ...whole,
      unitId: null,
      cause: '',
      measures: '',
      effect: '',
      headName: null,
      completedOn: null,
      evidenceCount: 0,
      description: '',
    }
    expect(missingParts(nobody)).toEqual(['description', 'cause', 'unit', 'head', 'measures', 'effect', 'completed-on', 'evidence'])
  })

  it('there is no other way to the end than through it', () => {
    const ways = allMoves().filter(({ into, from }) => (into === 'completed' || into === 'verified' || into === 'closed') && into !== from)
    expect(ways.map(({ action }) => action).sort()).toEqual(['complete', 'strike', 'verify'])
  })
})

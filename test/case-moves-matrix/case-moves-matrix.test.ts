import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseFile } from '../../src/modules/cases/rules/case-records.ts'
import { targetsOf } from '../../src/modules/cases/rules/case-moves.ts'
import {
  caseActions,
  caseStates,
  stepNames,
  type CaseAction,
  type CaseState,
  type CaseStep,
} from '../../src/modules/cases/rules/case-steps.ts'
import type { StepCheck } from '../../src/modules/cases/server/step-check.ts'
import { stepChecks } from '../../src/modules/cases/server/step-checks.ts'
import { makeChance, pick, seed } from '../chance.ts'
import { everybody, openMovesWorld, people, type Answered, type Who } from './moves-world.ts'

// Every transition × role × state through the real routes. CASES=full tries them all; otherwise every legal move by who may and by somebody who
// may not, and a draw of the others. What the parts ask besides (papers, meetings, notices) stands in step-checks.test.ts: here it is left out, so that
// every pass is really written, with its triggers, audit and events.
const isFull = process.env['CASES'] === 'full'
const moves = openMovesWorld()
const chance = makeChance(seed)

interface Place {
  readonly step: CaseStep
  readonly state: CaseState
}
/** Steps and states in which a case can stand: where an action leads to or begins. */
const places: Place[] = stepNames.flatMap((step) =>
  caseStates.filter((state) => caseActions.some((action) => targetsOf(step, state, action).length > 0)).map((state) => ({ step, state })),
)
interface Attempt extends Place {
  readonly action: CaseAction
  readonly to?: CaseStep
  readonly who: Who
}

/** Every attempt at a place: each target of a legal action, a wrong target, and each action that is not legal there, by everybody. */
const attempts: Attempt[] = places.flatMap((place) =>
  caseActions.flatMap((action) => {
    const targets = targetsOf(place.step, place.state, action).map(({ toStep }) => toStep)
    const wrong = stepNames.filter((step) => targets.length > 0 && !targets.includes(step)).slice(-1)
    const tos: (CaseStep | undefined)[] = [...targets, ...wrong, ...(targets.length === 0 ? [undefined] : [])]
    return tos.flatMap((to) => everybody.map((who) => ({ ...place, action, who, ...(to === undefined ? {} : { to }) })))
  }),
)

const acting = new Set(['village-cadre', 'township-officer', 'county-data-officer', 'county-leader'])
const ofAbove = new Set<CaseAction>(['return', 'pause', 'resume', 'transfer', 'green', 'revert', 'relapse', 'end', 'withdraw'])

/** What must come of an attempt, said once more without the program's own rule: `done`, or the refusal. */
function expected(attempt: Attempt, file: CaseFile): string {
  const { role, at } = people[attempt.who]
  if (!acting.has(role)) return 'http.not-allowed'
  const seat = moves.pathOf(attempt.who)
  if (!file.areaPath.startsWith(seat)) return 'http.not-found'
  const targets = targetsOf(file.step, file.state, attempt.action)
  if (targets.length === 0) return 'cases.move-refused no-such-move'
  const holds = seat === file.heldBy
  const supplies = file.state === 'supplement' && attempt.action === 'supply'
  const above = file.step === 'ended' ? at !== 'village' : file.heldBy.startsWith(seat) && ofAbove.has(attempt.action)
  if (!holds && !supplies && !above) return 'cases.move-refused not-yours'
  return targets.some(({ toStep }) => toStep === attempt.to) ? 'done' : 'cases.move-refused choose-step'
}

/** An act with everything that any action asks for. */
function actOf({ action, to }: Pick<Attempt, 'action' | 'to'>, revision: number): object {
  const said = { opinion: '情况属实，同意', reason: '核实后需要如此办理' }
  const decided = {
    risks: ['因病'],
    kind: '突发严重困难户',
    nationalNo: '9903010001',
    mode: 'helped',
    referTo: '县民政局',
    toSeat: 'village',
  }
  return { revision, action, ...said, ...decided, ...(to === undefined ? {} : { to }) }
}

const nameOf = (one: Attempt) => `${one.step} ${one.state} ${one.action} ${one.to ?? ''} ${one.who}`
const cases = new Map<string, CaseFile>()
const caseOf = ({ step, state }: Place): CaseFile => {
  const file = cases.get(`${step} ${state}`)
  if (file === undefined) throw new Error(`no case stands at ${step} ${state}`)
  return file
}

beforeAll(async () => {
  // Safe: the list is an array; only this file's copy of the module is emptied.
  ;(stepChecks as StepCheck[]).length = 0
  for (const place of places) cases.set(`${place.step} ${place.state}`, await moves.caseAt(place.step, place.state))
  moves.careFor([...cases.values()].map(({ householdId }) => householdId))
})

/** The attempts of a run: all, or for each legal target one who may and one who may not, and of the others one in so many. */
function chosen(mustBe: 'done' | 'refused'): Attempt[] {
  const fitting = attempts.filter((one) => (expected(one, caseOf(one)) === 'done') === (mustBe === 'done'))
  if (isFull) return fitting
  if (mustBe === 'done') {
    const byMove = Map.groupBy(fitting, ({ step, state, action, to }) => [step, state, action, to].join(' '))
    return [...byMove.values()].map((some) => pick(chance, some))
  }
  const byMove = Map.groupBy(fitting, ({ step, state, action }) => [step, state, action].join(' '))
  return [...byMove.values()].flatMap((some) => (chance(3) === 0 ? [pick(chance, some)] : []))
}

describe(`every move of a case, by everybody (${attempts.length} attempts; BANGFU_SEED=${seed})`, () => {
  it('stands at each of its steps and states', () => {
    for (const place of places) expect(caseOf(place)).toMatchObject(place)
    expect(places.length).toBeGreaterThan(40)
  })

  it('is done where the table leads to, by who may', async () => {
    const wrong: string[] = []
    for (const one of chosen('done')) {
      const file = caseOf(one)
      const answer = await moves.act(one.who, file.caseId, actOf(one, file.revision), false)
      const { step, state, revision } = answer.body
      const target = targetsOf(one.step, one.state, one.action).find(({ toStep }) => toStep === one.to)
      const isDone = answer.status === 200 && step === target?.toStep && state === target?.toState && revision === file.revision + 1
      if (!isDone) wrong.push(`${nameOf(one)}: ${answer.status} ${answer.code} ${String(step)} ${String(state)}`)
    }
    expect(wrong).toEqual([])
  })

  it('is refused everywhere else with its reason, audited, and changes nothing', async () => {
    const [events, told, acts] = await Promise.all([
      moves.count('cases.case_event'),
      moves.count('kernel.outbox'),
      moves.count('kernel.audit'),
    ])
    const wrong: string[] = []
    const tried = chosen('refused')
    for (const one of tried) {
      const file = caseOf(one)
      const answer = await moves.act(one.who, file.caseId, actOf(one, file.revision))
      const wanted = expected(one, file)
      if (answer.code.replace(/^(http\.\S+) .*/, '$1') !== wanted)
        wrong.push(`${nameOf(one)}: ${answer.status} ${answer.code}, not ${wanted}`)
    }
    expect(wrong).toEqual([])
    expect(tried.length).toBeGreaterThan(200)
    expect(await moves.count('cases.case_event')).toBe(events)
    expect(await moves.count('kernel.outbox')).toBe(told)
    expect(await moves.count('kernel.audit')).toBe(acts + tried.length)
    expect(await moves.count('kernel.audit', sql`did = 'http.refused'`)).toBe(tried.length)
  })

  it('leaves event, audit and announcement when it is kept: once each', async () => {
    const wrong: string[] = []
    const byAction = Map.groupBy(chosen('done'), ({ action }) => action)
    expect([...byAction.keys()].sort()).toEqual([...caseActions].sort())
    for (const some of byAction.values()) {
      const one = pick(chance, some)
      const file = await moves.caseAt(one.step, one.state)
      const answer = await moves.act(one.who, file.caseId, actOf(one, file.revision))
      const event = await moves.count('cases.case_event', sql`case_id = ${file.caseId}::uuid AND seq > ${file.revision}`)
      const act = await moves.count(
        'kernel.audit',
        sql`object_id = ${file.caseId} AND did = ${`cases.case.${one.action}`} AND details->>'seq' = ${String(file.revision + 1)}`,
      )
      if (answer.status !== 200 || event !== 1 || act !== 1) wrong.push(`${nameOf(one)}: ${answer.status} ${answer.code} ${event} ${act}`)
    }
    expect(wrong).toEqual([])
  })
})

const rounds = Number(process.env['CASES_RACES'] ?? (isFull ? 1_000 : 30))

describe(`races, ${rounds} rounds`, () => {
  /** Sends acts at the same moment; exactly one is done, and it left one event, one act in the audit. */
  const race = async (file: Pick<CaseFile, 'caseId' | 'revision'>, acts: readonly { who: Who; act: object }[]): Promise<Answered> => {
    const { caseId, revision } = file
    const answers = await Promise.all(acts.map(({ who, act }) => moves.act(who, caseId, act)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.code).toBe('cases.case-changed')
    const [done] = answers.filter(({ status }) => status === 200)
    expect(done?.body['revision']).toBe(revision + 1)
    expect(await moves.count('cases.case_event', sql`case_id = ${caseId}::uuid`)).toBe(revision + 1)
    const audited = await moves.count(
      'kernel.audit',
      sql`object_id = ${caseId} AND did LIKE 'cases.case.%' AND details->>'seq' = ${String(revision + 1)}`,
    )
    expect(audited).toBe(1)
    if (done === undefined) throw new Error('nobody came through')
    return done
  }

  it('two approvers at once, approve and return at once: exactly one effect', async () => {
    let file: Pick<CaseFile, 'caseId' | 'revision' | 'step'> = await moves.caseAt('review')
    const after = ({ body }: Answered) => ({ ...file, step: String(body['step']) as CaseStep, revision: Number(body['revision']) }) // Safe: the route answers a step
    let [approved, returned] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const pass = (who: Who) => ({ who, act: actOf({ action: 'pass' }, file.revision) })
      const back = (who: Who) => ({ who, act: actOf({ action: 'return', to: 'review' }, file.revision) })
      if (file.step === 'review') file = after(await race(file, [pass('township'), pass('secondOfTownship')]))
      expect(file.step).toBe('decision')
      // Whoever is sent first would mostly win.
      const both = round % 2 === 0 ? [pass('county'), back('secondOfCounty')] : [back('secondOfCounty'), pass('county')]
      file = after(await race(file, both))
      if (file.step === 'entry') {
        approved += 1
        file = after(await moves.act('county', file.caseId, actOf({ action: 'return', to: 'review' }, file.revision)))
      } else returned += 1
    }
    expect(approved + returned).toBe(rounds)
    expect(approved).toBeGreaterThan(0)
    expect(returned).toBeGreaterThan(0)
    const identified = sql`event = 'cases.identified' AND payload->>'caseId' = ${file.caseId}`
    expect(await moves.count('kernel.outbox', identified)).toBe(approved)
  })

  it('one household opened by two at once has one case', async () => {
    for (let round = 0; round < Math.ceil(rounds / 10); round += 1) {
      const householdId = await moves.household()
      const answers = await Promise.all([moves.open('township', householdId), moves.open('village', householdId)])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
      expect(await moves.count('cases.case_event', sql`household_id = ${householdId}::uuid`)).toBe(1)
    }
  })
})

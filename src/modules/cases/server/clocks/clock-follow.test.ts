import { describe, expect, it } from 'vitest'
import type { Day } from '#kernel/pure/time/index.ts'
import { changeCalendar } from '#kernel/server/calendar/index.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { givenMove, type GivenMove } from './clock-given.ts'
import { finishClock, noteVisit, pauseClocks, resumeClocks, startClock } from './clock-keep.ts'
import { readForecast } from './clock-forecast.ts'
import { clocksOfCase, listClocks, listReminders, nearestDue } from './clock-read.ts'
import { fireReminders } from './clock-remind.ts'
import { openCase } from '../open-case.ts'

const world = openTestWorld()
let made: Promise<GivenCounty> | undefined
const places = () => (made ??= givenCounty(world.database))
const on = (text: string): Context => ({
  ...world.as(grantCounty('990301'), { roles: ['county-data-officer'] }),
  today: text as Day, // Safe: days written in this test
})
/** Monday 6 March 2023; no holiday until 5 April. */
const begins = '2023-03-06'

async function opened(village = 0, day = begins): Promise<CaseFile> {
  const { villages } = await places()
  const { householdId } = await givenHousehold(on(day), world.vault, {
    areaPath: `${villages[village]?.path ?? ''}01.`,
    members: [{ name: '甲' }],
  })
  return openCase(on(day), { householdId, source: 'visit' })
}

async function moved(file: CaseFile, moves: readonly GivenMove[]): Promise<CaseFile> {
  let at = file
  for (const move of moves) at = await givenMove(on(move.on), at, move)
  return at
}

/** Clocks as `kind step state started due`. */
async function shown(file: CaseFile, today: string): Promise<string[]> {
  const { clocks } = await clocksOfCase(on(today), file.caseId)
  return clocks.map(({ kind, step, state, startedOn, dueOn }) => [kind, step, state, startedOn.slice(5), dueOn?.slice(5) ?? '-'].join(' '))
}

const pass = (day: string, step: GivenMove['step']): GivenMove => ({ on: day, action: 'pass', ...(step === undefined ? {} : { step }) })

describe('the clocks of a case', () => {
  it('begin with it: the step and the whole; a step’s ends when it is passed, the whole goes on', async () => {
    const file = await opened()
    expect((await shown(file, begins)).sort(byText)).toEqual([
      'step assessment running 03-06 03-08',
      'total assessment running 03-06 03-27',
    ])
    const visiting = await moved(file, [pass('2023-03-07', 'visit')])
    const { clocks } = await clocksOfCase(on('2023-03-09'), file.caseId)
    expect(clocks.map(({ kind, state, limit, elapsed }) => `${kind} ${state} ${limit} ${elapsed}`).sort(byText)).toEqual([
      'step running internal 2',
      'step stopped internal 1',
      'total running statutory 3',
    ])
    expect(visiting.step).toBe('visit')
  })

  it('are held while something is supplied, and what was asked for has a term of its own', async () => {
    const file = await moved(await opened(), [pass('2023-03-07', 'visit'), { on: '2023-03-08', action: 'ask', state: 'supplement' }])
    const { clocks } = await clocksOfCase(on('2023-03-10'), file.caseId)
    expect(clocks.filter(({ state }) => state === 'paused').map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['total', null],
      ['step', null],
    ])
    expect(clocks.find(({ kind }) => kind === 'supplement')).toMatchObject({ state: 'running', party: 'others' })
    expect((await nearestDue(on('2023-03-10'), [file.caseId])).get(file.caseId)?.kind).toBe('supplement')
    const again = await moved(file, [{ on: '2023-03-13', action: 'supply' }])
    const after = await clocksOfCase(on('2023-03-13'), again.caseId)
    // Five working days of the visit: 8 to 12 March are held, 13 is the first.
    expect(after.clocks.find(({ kind, state }) => kind === 'step' && state === 'running')).toMatchObject({
      dueOn: '2023-03-17',
      elapsed: 1,
    })
    expect(after.clocks.find(({ kind }) => kind === 'total')).toMatchObject({ dueOn: '2023-03-30' })
    expect(after.clocks.find(({ kind }) => kind === 'supplement')).toMatchObject({ state: 'stopped' })
    // Held: 8 to 12 March, five days of thirteen minus six.
    expect(after.time).toEqual({ own: 2, others: 5 })
  })

  it('follow the decision: help has its terms, the whole is over, and a case that is returned goes on with it', async () => {
    const way = ['visit', 'statement', 'check', 'appraisal', 'notice', 'review', 'decision', 'entry'] as const
    const file = await moved(
      await opened(),
      way.map((step, at) => pass(`2023-03-${String(7 + at).padStart(2, '0')}`, step)),
    )
    const held = (await shown(file, '2023-03-14')).filter((text) => !text.startsWith('step'))
    expect(held.sort(byText)).toEqual(
      ['total assessment stopped 03-06 03-27', 'helper measures running 03-14 03-24', 'measures measures running 03-14 04-13'].sort(byText),
    )
    const back = await moved(file, [{ on: '2023-03-15', action: 'return', step: 'review' }])
    expect((await shown(back, '2023-03-15')).filter((text) => !text.startsWith('step')).sort(byText)).toEqual(
      ['total assessment running 03-06 03-27', 'helper measures stopped 03-14 03-24', 'measures measures stopped 03-14 04-13'].sort(byText),
    )
    const done = await moved(back, [pass('2023-03-16', 'decision'), pass('2023-03-17', 'entry'), pass('2023-03-17', 'measures')])
    await finishClock(on('2023-03-20'), { caseId: done.caseId, kind: 'helper' })
    const tracked = await moved(done, [pass('2023-03-21', 'tracking')])
    await noteVisit(on('2023-04-03'), { caseId: tracked.caseId, visitedOn: '2023-04-01' })
    expect((await shown(tracked, '2023-04-03')).filter((text) => text.includes('running'))).toEqual([
      'tracking tracking running 04-01 06-30',
    ])
    const ended = await moved(tracked, [{ on: '2023-04-04', action: 'end', step: 'ended', state: 'ended' }])
    expect((await shown(ended, '2023-04-04')).filter((text) => !text.includes('stopped'))).toEqual([])
  })

  it('measure a whole elimination, and hold it to a term once policy has one', async () => {
    const toTracking = [
      ...(['visit', 'statement', 'check', 'appraisal', 'notice', 'review', 'decision', 'entry', 'measures', 'tracking'] as const).map(
        (step) => pass('2022-03-07', step),
      ),
      { on: '2023-03-06', action: 'start-exit', step: 'exit-visit' } as const,
    ]
    const whole = async (file: CaseFile, today: string) => (await shown(file, today)).filter((text) => text.startsWith('exit-total'))
    const measured = await moved(await opened(0, '2022-03-07'), toTracking)
    expect(await whole(measured, '2023-03-06')).toEqual(['exit-total exit-visit running 03-06 -'])
    const values = [
      { name: '消除全程天数', en: 'Days', unit: '天', decimals: 0, value: 10, latitude: 'fill', note: '测试' },
      { name: '法定时限', en: 'Statutory', unit: '', decimals: 0, value: ['消除全程', '公示期'], latitude: 'free', note: '测试' },
    ]
    const { countyCode } = await places()
    const system = { ...on('2023-03-06'), scope: grantSystem(countyCode, 'test') }
    await givenPublished(system, { key: 'cases.clocks', effectiveFrom: '2023-03-01', content: JSON.stringify({ values }) })
    const file = await moved(await opened(0, '2022-03-07'), toTracking)
    expect(await whole(file, '2023-03-06')).toEqual(['exit-total exit-visit running 03-06 03-20'])
    const { clocks } = await clocksOfCase(on('2023-03-06'), file.caseId)
    expect(clocks.find(({ kind }) => kind === 'exit-total')).toMatchObject({ limit: 'statutory', party: 'own' })
    const asked = await moved(file, [pass('2023-03-07', 'exit-appraisal'), { on: '2023-03-08', action: 'pause', state: 'paused' }])
    expect(await whole(asked, '2023-03-09')).toEqual(['exit-total exit-visit paused 03-06 -'])
    const back = await moved(asked, [
      { on: '2023-03-10', action: 'resume', state: 'open' },
      { on: '2023-03-10', action: 'return', step: 'exit-visit' },
    ])
    expect(await whole(back, '2023-03-10')).toEqual(['exit-total exit-visit running 03-06 03-22'])
    const again = await moved(back, [
      { on: '2023-03-13', action: 'reject', step: 'tracking' },
      { on: '2023-05-15', action: 'start-exit', step: 'exit-visit' },
    ])
    expect(await whole(again, '2023-05-15')).toEqual([
      'exit-total exit-visit stopped 03-06 03-22',
      'exit-total exit-visit running 05-15 05-29',
    ])
    const way = ['exit-appraisal', 'exit-notice', 'exit-review', 'exit-decision', 'exit-entry'] as const
    const decided = await moved(
      again,
      way.map((step) => pass('2023-05-16', step)),
    )
    expect((await whole(decided, '2023-05-16')).filter((text) => text.includes('running'))).toEqual([])
    const reviewed = await moved(decided, [{ on: '2023-05-17', action: 'return', step: 'exit-review' }])
    expect((await whole(reviewed, '2023-05-17')).filter((text) => text.includes('running'))).toEqual([
      'exit-total exit-visit running 05-15 05-29',
    ])
  })

  it('of a notice counts its days and is held by an objection, as the step and the whole are', async () => {
    const file = await moved(await opened(), [
      pass('2023-03-07', 'visit'),
      pass('2023-03-07', 'statement'),
      pass('2023-03-07', 'check'),
      pass('2023-03-07', 'appraisal'),
      pass('2023-03-07', 'notice'),
    ])
    const started = await startClock(on('2023-03-08'), {
      caseId: file.caseId,
      kind: 'notice',
      count: { days: 5, calendar: 'calendar' },
      startedOn: '2023-03-08',
    })
    expect(started).toMatchObject({ dueOn: '2023-03-13', unknownYear: null })
    await pauseClocks(on('2023-03-10'), { caseId: file.caseId, reason: 'objection' })
    await pauseClocks(on('2023-03-10'), { caseId: file.caseId, reason: 'objection' })
    const held = await clocksOfCase(on('2023-03-10'), file.caseId)
    expect(
      held.clocks
        .filter(({ state }) => state === 'paused')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['notice', 'step', 'total'])
    await resumeClocks(on('2023-03-12'), { caseId: file.caseId, reason: 'objection' })
    const after = await clocksOfCase(on('2023-03-12'), file.caseId)
    expect(after.clocks.find(({ kind }) => kind === 'notice')).toMatchObject({ state: 'running', dueOn: '2023-03-15', limit: 'statutory' })
    expect(await shown(await moved(file, [pass('2023-03-16', 'review')]), '2023-03-16')).toContain('notice notice stopped 03-08 03-15')
  })
})

describe('reminders', () => {
  it('fire at their marks once, to the holder, and at the end to the office above', async () => {
    const file = await opened()
    const reminders = async (today: string) => {
      await fireReminders(on(today))
      await fireReminders(on(today), { atOnce: 1 })
      const { clocks } = await clocksOfCase(on(today), file.caseId)
      return clocks
        .find(({ kind }) => kind === 'total')
        ?.reminders.map(({ mark, firedOn, toPath, abovePath }) => [mark, firedOn, toPath, abovePath])
    }
    const township = file.heldBy.replace(/\d+\.$/, '')
    expect(await reminders('2023-03-15')).toEqual([])
    expect(await reminders('2023-03-16')).toEqual([[50, '2023-03-16', file.heldBy, null]])
    const all = [
      [50, '2023-03-16', file.heldBy, null],
      [75, '2023-03-27', file.heldBy, null],
      [100, '2023-03-27', file.heldBy, township],
    ]
    expect(await reminders('2023-03-27')).toEqual(all)
    const { countyCode } = await places()
    const above = { ...on('2023-03-27'), scope: grantArea(countyCode, township) }
    const given = (await listReminders(above)).items.filter(({ caseId }) => caseId === file.caseId)
    expect(given.map(({ kind, mark, isEscalated }) => [kind, mark, isEscalated])).toEqual(
      expect.arrayContaining([['total', 100, file.heldBy !== township]]),
    )
    const below = await listClocks(above, { reminded: 'below' })
    expect(
      below.items
        .filter(({ caseId }) => caseId === file.caseId)
        .map(({ kind }) => kind)
        .sort(byText),
    ).toEqual(['step', 'total'])
    await moved(file, [{ on: '2023-03-28', action: 'withdraw', step: 'ended', state: 'ended' }])
    expect(await reminders('2023-04-30')).toEqual(all)
  })

  it('wait for the days of a calendar that was changed, and an unknown year is named', async () => {
    const file = await opened(0, '2090-03-06')
    const before = await clocksOfCase(on('2090-03-06'), file.caseId)
    const of = (clocks: typeof before.clocks) => clocks.find(({ kind }) => kind === 'step')
    expect(of(before.clocks)).toMatchObject({ dueOn: '2090-03-08', unknownYear: 2090 })
    const day = (text: string) => ({ day: text, works: false })
    await changeCalendar(on('2090-03-06'), {
      document: '县政府通知',
      days: [day('2090-03-07'), day('2090-03-08')],
      years: [{ year: 2090, isKnown: true }],
    })
    await fireReminders(on('2090-03-06'))
    const after = await clocksOfCase(on('2090-03-06'), file.caseId)
    expect(of(after.clocks)).toMatchObject({ dueOn: '2090-03-10', unknownYear: null, reminders: [] })
    await moved(file, [{ on: '2090-03-06', action: 'withdraw', step: 'ended', state: 'ended' }])
  })
})

describe('lists', () => {
  it('name what is due, late and will be late, and a village sees its own', async () => {
    const { villages, townships, countyCode } = await places()
    const [slow, quick] = [await opened(1, '2024-03-04'), await opened(2, '2024-03-04')]
    const late = await listClocks(on('2024-03-13'), { overdue: true, area: villages[1]?.path })
    expect(late.items.map(({ caseId, kind, daysLeft }) => [caseId, kind, daysLeft])).toEqual([[slow.caseId, 'step', -5]])
    const due = await listClocks(on('2024-03-13'), { dueWithin: 12, kind: 'total' })
    expect(due.items.map(({ caseId }) => caseId).sort()).toEqual([slow.caseId, quick.caseId].sort())
    const one = await listClocks(on('2024-03-13'), { dueWithin: 12, kind: 'total', pageSize: 1 })
    const two = await listClocks(on('2024-03-13'), { dueWithin: 12, kind: 'total', pageSize: 1, after: one.next })
    expect([one.total, [...one.items, ...two.items].map(({ caseId }) => caseId).sort()]).toEqual([2, [slow.caseId, quick.caseId].sort()])
    const forecast = await readForecast(on('2024-03-20'), { under: townships[0]?.path })
    expect(forecast.places.find(({ areaPath }) => areaPath === villages[1]?.path)).toMatchObject({
      running: 2,
      overdue: 1,
      breachWeek: 1,
      dueWeek: 1,
    })
    expect(forecast.breaches).toMatchObject([{ caseId: slow.caseId, kind: 'total', dueOn: '2024-03-25', breachOn: '2024-03-26' }])
    const week = await listClocks(on('2024-03-20'), { breach: 'week', area: villages[1]?.path })
    expect(week.items.map(({ clockId }) => clockId)).toEqual(forecast.breaches.map(({ clockId }) => clockId))
    const village = { ...on('2024-03-13'), scope: grantArea(countyCode, villages[2]?.path ?? '') }
    expect((await listClocks(village, {})).items.map(({ caseId }) => caseId)).toEqual([quick.caseId, quick.caseId])
    await expect(clocksOfCase(village, slow.caseId)).rejects.toMatchObject({ code: 'http.not-found' })
    await expect(readForecast(village, { under: townships[0]?.path })).rejects.toMatchObject({ code: 'http.not-found' })
  })
})

function byText(one: string, other: string): number {
  return one < other ? -1 : 1
}

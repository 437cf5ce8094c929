import { expect, it } from 'vitest'
import { dueDay, type Day } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { changeCalendar, listOwnDays, openCalendar, stateCalendar, whenCalendarChanged } from './index.ts'

const world = openTestWorld()
const day = (text: string) => text as Day // Safe: days written in this test
const works = (text: string) => stateCalendar.isWorkingDay(day(text))
const county = () => world.as(grantCounty('990301'))
const free = (text: string) => ({ document: '国办发明电〔2089〕1号', days: [{ day: text, works: false }], years: [] })

it('knows holidays in the week and make-up days at the weekend', () => {
  // Source: the State Council's notice on the holidays of 2023 (国办发明电〔2022〕16号).
  expect(['2023-09-29', '2023-10-06', '2023-10-07', '2023-10-08', '2023-10-09'].map(works)).toEqual([false, false, true, true, true])
})

it('says which years it holds, and has the weekends of the others', () => {
  expect([2004, 2023, 2025, 2090].map((year) => stateCalendar.knowsYear(year))).toEqual([true, true, true, false])
  expect(['2090-10-01', '2090-10-02', '2090-10-03'].map(works)).toEqual(
    [false, true, true].map((_, at) => ![0, 6].includes(new Date(`2090-10-0${at + 1}`).getUTCDay())),
  )
})

it('a county lays its own days over the state’s calendar, declares years, and takes both back', async () => {
  await rolledBack(county(), async (ctx) => {
    const before = await openCalendar(ctx)
    const count = { days: 2, calendar: 'working' } as const
    expect(dueDay(day('2089-12-29'), count, before)).toEqual({ on: '2090-01-02', unknownYear: 2089 })
    const given = {
      ...free('2090-01-02'),
      years: [
        { year: 2089, isKnown: true },
        { year: 2090, isKnown: true },
      ],
    }
    await changeCalendar(ctx, given)
    const after = await openCalendar(ctx)
    expect([after.revision === before.revision, after === (await openCalendar(ctx))]).toEqual([false, true])
    expect(dueDay(day('2089-12-29'), count, after)).toEqual({ on: '2090-01-03', unknownYear: null })
    await changeCalendar(ctx, { document: '更正', days: [{ day: '2090-01-02', works: null }], years: [{ year: 2090, isKnown: false }] })
    const last = await openCalendar(ctx)
    expect(dueDay(day('2089-12-29'), count, last)).toEqual({ on: '2090-01-02', unknownYear: 2090 })
    const { days, years, changes } = await listOwnDays(ctx.db, ctx, 2090)
    expect([days, years.map(({ year }) => year), changes.map(({ document }) => document)]).toEqual([
      [],
      [2089],
      ['更正', '国办发明电〔2089〕1号'],
    ])
  })
})

it('a village reads the county’s days and cannot write them; who keeps terms is told of a change', async () => {
  let told = 0
  const note = () => Promise.resolve(void (told += 1))
  whenCalendarChanged.push(note)
  try {
    await changeCalendar(county(), free('2090-03-01'))
  } finally {
    whenCalendarChanged.splice(whenCalendarChanged.indexOf(note), 1)
  }
  const village = world.as(grantArea('990301', '99.9903.990301.990301001.990301001001.'))
  expect((await openCalendar(village)).isWorkingDay(day('2090-03-01'))).toBe(false)
  expect((await openCalendar(world.as(grantCounty('990302')))).isWorkingDay(day('2090-03-01'))).toBe(true)
  await expect(changeCalendar(village, free('2090-03-02'))).rejects.toMatchObject({ message: expect.stringContaining('permission denied') })
  const kept = await inTransaction(county(), (db) => listOwnDays(db, county(), 2090))
  expect([told, kept.days.map((one) => one.day)]).toEqual([1, ['2090-03-01']])
})

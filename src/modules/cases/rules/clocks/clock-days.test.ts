import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { withOwnDays, type Day, type DayCount } from '#kernel/pure/time/index.ts'
import { stateCalendar } from '#kernel/server/calendar/index.ts'
import { makeChance, pick, seed, type Chance } from '../../../../../test/chance.ts'
import { daysByParty, daysLeft, elapsedDays, reckonClock, usedShare, type ClockPause } from './clock-days.ts'

// `CLOCKS=full vitest run src/modules/cases/rules/clocks/clock-days.test.ts`: ten thousand cases; one thousand otherwise.
const rounds = process.env['CLOCKS'] === 'full' ? 10_000 : 1_000
const day = (text: string) => text as Day // Safe: days written or made by the oracle of this test

// ---- The oracle: days as numbers, every day of the way in a list, and nothing of the program. ----

/** 1970-01-01 is 0, by counting years and months. */
const serials = new Map<string, number>()
const written: string[] = []
for (let year = 1970, serial = 0; year < 2045; year += 1) {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  for (const [at, length] of [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries())
    for (let date = 1; date <= length; date += 1, serial += 1) {
      const text = `${year}-${at + 1 < 10 ? '0' : ''}${at + 1}-${date < 10 ? '0' : ''}${date}`
      serials.set(text, serial)
      written.push(text)
    }
}
const textOf = (serial: number) => written[serial] ?? ''
const serialOf = (text: string) => serials.get(text) ?? Number.NaN

// Safe: the file of the package is this table; the program asks its functions, the oracle reads the table.
const notices = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as {
  holidays: Record<string, string>
  workdays: Record<string, string>
}
const yearsHeld = new Set(Object.keys(notices.holidays).map((text) => text.slice(0, 4)))

interface Given {
  start: number
  days: number
  kind: DayCount['calendar']
  /** From, to (`undefined`: without end). */
  pauses: [number, number | undefined][]
  ownDays: Map<number, boolean>
  ownYears: Set<string>
}

/** Thursday 1 January 1970 is 4. */
function isWorked(given: Given, serial: number): boolean {
  const own = given.ownDays.get(serial)
  if (own !== undefined) return own
  const text = textOf(serial)
  if (text in notices.workdays) return true
  if (text in notices.holidays) return false
  return (serial + 4) % 7 !== 6 && (serial + 4) % 7 !== 0
}

interface Simulated {
  marks: (string | null)[]
  unknownYear: number | null
  elapsedOn: (on: number) => number
}

/** Writes down every counted day of fifteen years, and reads the answers off the list. */
function simulate(given: Given): Simulated {
  const counted: number[] = []
  const looked: number[] = []
  for (let serial = given.start + 1; serial < given.start + 5_500; serial += 1) {
    let isHeld = false
    for (const [from, to] of given.pauses) if (serial >= from && (to === undefined || serial < to)) isHeld = true
    if (isHeld) continue
    looked.push(serial)
    if (given.kind === 'working' && !isWorked(given, serial)) continue
    counted.push(serial)
  }
  const markAt = (part: number) => {
    const wanted = counted.find((_serial, at) => (at + 1) / given.days >= part)
    return given.days === 0 || wanted === undefined ? null : textOf(wanted)
  }
  const due = given.days === 0 ? given.start : (counted[given.days - 1] ?? Infinity)
  const unknown = looked.find(
    (serial) => serial <= due && !yearsHeld.has(textOf(serial).slice(0, 4)) && !given.ownYears.has(textOf(serial).slice(0, 4)),
  )
  return {
    marks: [markAt(0.5), markAt(0.75), markAt(1)],
    unknownYear: given.kind === 'calendar' || unknown === undefined ? null : Number(textOf(unknown).slice(0, 4)),
    elapsedOn: (on) => counted.filter((serial) => serial <= on).length,
  }
}

/** A case within ten years of notices, sometimes running into years that have none. */
function draw(chance: Chance): Given {
  const first = serialOf('2017-01-01')
  const start = first + chance(serialOf('2026-12-31') - first)
  const pauses: [number, number | undefined][] = []
  for (let count = chance(4), from = start - 3; count > 0; count -= 1) {
    from += chance(25)
    const to = chance(12) === 0 ? undefined : from + chance(20)
    pauses.push([from, to])
    // Pauses for other reasons may begin before this one ends.
    if (to !== undefined && chance(3) > 0) from = to
  }
  const ownDays = new Map<number, boolean>()
  for (let count = chance(30); count > 0; count -= 1) ownDays.set(start + chance(150), chance(2) === 0)
  const ownYears = new Set(chance(3) === 0 ? ['2027'] : [])
  return {
    start,
    days: chance(12) === 0 ? 0 : 1 + chance(chance(5) === 0 ? 400 : 40),
    kind: pick(chance, ['working', 'working', 'calendar']),
    pauses,
    ownDays,
    ownYears,
  }
}

it(`agrees with ${rounds} simulations over ten years of notices, own days, pauses and leap years`, () => {
  const chance = makeChance(seed)
  const wrong: unknown[] = []
  for (let round = 0; round < rounds; round += 1) {
    const given = draw(chance)
    const truth = simulate(given)
    const calendar = withOwnDays(stateCalendar, {
      days: new Map([...given.ownDays].map(([serial, works]) => [day(textOf(serial)), works ? 'working' : 'free'])),
      years: new Set([...given.ownYears].map(Number)),
    })
    const pauses = given.pauses.map(
      ([from, to]): ClockPause => ({ pausedOn: day(textOf(from)), resumedOn: to === undefined ? null : day(textOf(to)) }),
    )
    const term = { startedOn: day(textOf(given.start)), count: { days: given.days, calendar: given.kind }, pauses }
    const { marks, unknownYear } = reckonClock(term, calendar)
    const on = given.start - 2 + chance(120)
    const elapsed = truth.elapsedOn(on)
    const found = [
      marks[50],
      marks[75],
      marks[100],
      unknownYear,
      elapsedDays(term, calendar, day(textOf(on))),
      daysLeft(term, calendar, day(textOf(on))),
    ]
    const expected = [...truth.marks, truth.unknownYear, elapsed, given.days - elapsed]
    if (JSON.stringify(found) !== JSON.stringify(expected))
      wrong.push({ round, given: { ...given, ownDays: [...given.ownDays] }, found, expected })
  }
  expect(wrong.slice(0, 3)).toEqual([])
})

it('counts from the day after, says the marks, and gives the rest of a term back after a pause', () => {
  const term = { startedOn: day('2023-09-25'), count: { days: 4, calendar: 'working' as const }, pauses: [] }
  // Source: the notice of 2023: 29 September to 6 October free, 7 and 8 October worked.
  expect(reckonClock(term, stateCalendar)).toEqual({ marks: { 50: '2023-09-27', 75: '2023-09-28', 100: '2023-10-07' }, unknownYear: null })
  const held = { ...term, pauses: [{ pausedOn: day('2023-09-27'), resumedOn: day('2023-10-08') }] }
  expect(reckonClock(held, stateCalendar).marks).toEqual({ 50: '2023-10-08', 75: '2023-10-09', 100: '2023-10-10' })
  const open = { ...term, pauses: [{ pausedOn: day('2023-09-28'), resumedOn: null }] }
  expect(reckonClock(open, stateCalendar).marks).toEqual({ 50: '2023-09-27', 75: null, 100: null })
  expect([
    daysLeft(term, stateCalendar, day('2023-10-07')),
    daysLeft(term, stateCalendar, day('2023-10-09')),
    usedShare(term, stateCalendar, day('2023-09-27')),
  ]).toEqual([0, -2, 0.5])
})

it('divides the natural days between the offices and those whom they wait for', () => {
  const clock = { startedOn: day('2024-02-26'), until: day('2024-03-04'), party: 'own' as const, pauses: [] }
  expect(daysByParty(clock)).toEqual({ own: 7, others: 0 })
  expect(daysByParty({ ...clock, party: 'others' })).toEqual({ own: 0, others: 7 })
  const pauses = [
    { pausedOn: day('2024-02-20'), resumedOn: day('2024-02-28') },
    { pausedOn: day('2024-02-27'), resumedOn: day('2024-02-29') },
    { pausedOn: day('2024-03-04'), resumedOn: null },
  ]
  expect(daysByParty({ ...clock, pauses })).toEqual({ own: 4, others: 3 })
})

it('ends where a calendar works on no day', () => {
  const none = { isWorkingDay: () => false, knowsYear: () => true }
  const term = { startedOn: day('2024-01-01'), count: { days: 3, calendar: 'working' as const }, pauses: [] }
  expect(reckonClock(term, none).marks[100]).toBe(null)
})

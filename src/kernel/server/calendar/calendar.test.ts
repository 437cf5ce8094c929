import { expect, it } from 'vitest'
import type { Day } from '#kernel/pure/time/index.ts'
import { stateCalendar } from './index.ts'

const works = (text: string) => stateCalendar.isWorkingDay(text as Day) // Safe: days written in this test

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

import { expect } from 'vitest'
import { instantOf, dayOf } from '../../src/kernel/pure/time/index.ts'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Deadline, Template } from '../../src/modules/ledgers/rules/template.ts'
import { searchRecords } from '../../src/modules/ledgers/server/read-records.ts'
import type { Inside } from './walker.ts'

// The State Council's notices for 2023 (国办发明电〔2022〕16号), 2024 (国办发明电〔2023〕7号) and 2025 (国办发明电〔2024〕12号), written off by hand: first and last free day.
const free = [
  ['2023-09-29', '2023-10-06'],
  ['2023-12-30', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-08', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
] as const
const madeUp = new Set(
  '2023-10-07 2023-10-08 2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 2025-01-26 2025-02-08'.split(
    ' ',
  ),
)
/** After this day the list above ends. */
const knownUntil = '2025-02-28'

const dayMs = 86_400_000
const write = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

function works(ms: number): boolean {
  const day = write(ms)
  if (madeUp.has(day)) return true
  const weekday = new Date(ms).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !free.some(([from, to]) => day >= from && day <= to)
}

/** The last day in time, counted one day after the other; undefined beyond the notices that stand above. */
function dueOn(from: string, deadline: Deadline): string | undefined {
  let ms = Date.parse(`${from}T00:00:00Z`)
  for (let left = deadline.days; left > 0; ) {
    ms += dayMs
    if (deadline.calendar === 'calendar' || works(ms)) left -= 1
  }
  return deadline.calendar === 'working' && write(ms) > knownUntil ? undefined : write(ms)
}

/** The day from which a deadline counts; undefined where it does not run. All moves of a walk are done on `today`. */
function startOf(deadline: Deadline, record: RecordRecord, today: string): string | undefined {
  const madeOn = write(Date.parse(record.madeAt) + 8 * 3_600_000)
  const [kind = '', key = ''] = deadline.from.split(':')
  if (kind === 'made') return madeOn
  if (kind === 'state') {
    const isReached = record.state === key || record.history.some((event) => event.into === key)
    return record.template.states[0]?.key === key && !record.history.some((event) => event.into === key)
      ? madeOn
      : isReached
        ? today
        : undefined
  }
  return dayOfValue(record.values[key])
}

function dayOfValue(value: FieldValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const [year = 0, month = 0] = value.split('-').map(Number)
  return value.length === 7 ? write(Date.UTC(year, month, 0)) : value
}

/** The deadlines that run for a record, counted by this file's own calendar. */
function deadlinesOf(template: Template, record: RecordRecord, today: string): { key: string; on: string | undefined }[] {
  if (template.states.find((state) => state.key === record.state)?.settled === true) return []
  return (template.deadlines ?? []).flatMap((deadline) => {
    const from = deadline.until?.includes(record.state) === true ? undefined : startOf(deadline, record, today)
    return from === undefined ? [] : [{ key: deadline.key, on: dueOn(from, deadline) }]
  })
}

/** A record's deadlines are those of the calendar above, and its own day is the earliest. */
export function expectDeadlines(ctx: Inside, record: RecordRecord): void {
  const wanted = deadlinesOf(record.template, record, ctx.today)
  const said = new Map(record.deadlines.map((one) => [one.key, one.on]))
  expect([...said.keys()].sort(), record.template.key).toEqual(wanted.map((one) => one.key).sort())
  for (const { key, on } of wanted) if (on !== undefined) expect(said.get(key), `${record.template.key} ${key}`).toBe(on)
  const [earliest] = [...said.values()].sort()
  expect(record.dueOn, record.template.key).toBe(earliest)
}

/** In the last second of its day a record is in time; one second later it is overdue, in lists as well. */
export async function expectOverdueAtSecond(ctx: Inside, record: RecordRecord): Promise<void> {
  if (record.dueOn === undefined) return
  const templateKey = record.template.key
  const end = Date.parse(`${record.dueOn}T15:59:59Z`)
  const at = (ms: number): Inside => ({ ...ctx, now: instantOf(ms), today: dayOf(ms) })
  const isOverdue = async (ms: number) => {
    const { items } = await searchRecords(at(ms), { templateKey, fields: [], due: 'overdue', limit: 200 })
    return items.some((item) => item.recordId === record.recordId && item.isOverdue)
  }
  expect([await isOverdue(end), await isOverdue(end + 1000)], `${templateKey} is due on ${record.dueOn}`).toEqual([false, true])
}

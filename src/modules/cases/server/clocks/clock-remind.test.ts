import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { expect, inject, it } from 'vitest'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { makeChance, seed } from '../../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../../test/database.ts'
import { fireReminders } from './clock-remind.ts'

// `CLOCKS=full vitest run src/modules/cases/server/clocks/clock-remind.test.ts`: sixty days on which programs are killed; two otherwise.
const killedDays = process.env['CLOCKS'] === 'full' ? 60 : 2
const cases = 240
const atOnce = 9
const world = openTestWorld()
const countyCode = '990301'
const dayMs = 86_400_000
const at = (nowMs: number): Context => ({ ...world.as(grantSystem(countyCode, 'test')), now: instantOf(nowMs), today: dayOf(nowMs) })

/** Tracked cases whose clocks of 90 natural days began on different days, up to sixty before today. */
async function givenTracked(): Promise<void> {
  const path = (await givenCounty(world.database)).villages[0]?.path ?? ''
  await inTransaction(at(testNowMs), (db) =>
    sql`
      INSERT INTO cases.case_file (county_code, case_id, case_no, household_id, area_path, source, step, state, held_by, opened_on, step_since)
      SELECT ${countyCode}, gen_random_uuid(), '2023-' || to_char(n, 'FM000000'), gen_random_uuid(), ${`${path}01.`}, 'visit', 'tracking', 'open',
        ${path}, ${dayOf(testNowMs)}::date - (n % 60), ${dayOf(testNowMs)}::date - (n % 60)
      FROM generate_series(1, ${cases}::int) n`.execute(db),
  )
}

/** Reminders as they must be by a day: 45, 68 and 90 days after the start are the first with a half, three quarters and all of 90. */
function expectedBy(nowMs: number): number {
  let count = 0
  for (let n = 1; n <= cases; n += 1)
    for (const after of [45, 68, 90]) if (testNowMs - (n % 60) * dayMs + after * dayMs <= nowMs) count += 1
  return count
}

/** What is kept: reminders, reminders of different clocks and marks, those before their day, and how many the runs say that they fired. */
async function kept(): Promise<{ all: number; different: number; early: number; said: number }> {
  const found = await inTransaction(at(testNowMs), (db) =>
    sql<{ all: number; different: number; early: number; said: number }>`
      SELECT count(*)::int AS all, count(DISTINCT (r.clock_id, r.mark))::int AS different,
        count(*) FILTER (WHERE r.fired_on < k.started_on + CASE r.mark WHEN 50 THEN 45 WHEN 75 THEN 68 ELSE 90 END)::int AS early,
        (SELECT coalesce(sum((details ->> 'fired')::int), 0)::int FROM kernel.audit WHERE did = 'cases.clock.remind') AS said
      FROM cases.reminder r JOIN cases.clock k USING (county_code, clock_id)`.execute(db),
  )
  return found.rows[0] ?? { all: 0, different: 0, early: 0, said: 0 }
}

/** Runs the reminders of a day in a program of their own and kills it with its `steps`th step; resolves to 1 when it was killed, to 0 when it had done all before. */
function remindAndKill(nowMs: number, steps: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', 'test/programs/remind.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
    let seen = 0
    createInterface({ input: child.stdout }).on('line', () => {
      seen += 1
      if (seen === steps) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', (_code, signal) => resolve(signal === 'SIGKILL' ? 1 : 0))
    child.stdin.end(JSON.stringify({ access: inject('serverAccess'), database: world.database.name, countyCode, nowMs, atOnce }))
  })
}

it(`fires each once through ${killedDays} days of racing programs that are killed, and through racing runners`, async () => {
  await givenTracked()
  const chance = makeChance(seed)
  let nowMs = testNowMs
  let killed = 0
  for (let day = 0; day < killedDays; day += 1) {
    nowMs += (1 + chance(Math.ceil(120 / killedDays))) * dayMs
    const today = nowMs
    const died = await Promise.all([remindAndKill(today, 1 + chance(12)), remindAndKill(today, 1 + chance(12))])
    killed += died.reduce((sum, one) => sum + one, 0)
    const before = await kept()
    // Whole batches or nothing: what is there was told, and nothing is there twice or too early.
    expect([before.all === before.different, before.early, before.said]).toEqual([true, 0, before.all])
    expect(before.all).toBeLessThanOrEqual(expectedBy(today))
    if (chance(2) === 0) continue
    await Promise.all([1, 2, 3].map(() => fireReminders(at(today), { atOnce })))
    expect(await kept()).toMatchObject({ all: expectedBy(today), different: expectedBy(today), said: expectedBy(today) })
  }
  nowMs = testNowMs + 91 * dayMs > nowMs ? testNowMs + 91 * dayMs : nowMs
  await Promise.all([1, 2].map(() => fireReminders(at(nowMs), { atOnce })))
  await fireReminders(at(nowMs))
  expect(killed).toBeGreaterThan(0)
  expect(await kept()).toEqual({ all: cases * 3, different: cases * 3, early: 0, said: cases * 3 })
})

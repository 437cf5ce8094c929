// A program that fires the reminders of one day, a few at a time, and tells before each transaction; the test of the clocks kills it.
import { text } from 'node:stream/consumers'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { openDatabase, type ServerAccess } from '../../src/kernel/server/database/index.ts'
import { fireReminders } from '../../src/modules/cases/server/clocks/clock-remind.ts'

// Safe: the test writes exactly this.
const given = JSON.parse(await text(process.stdin)) as {
  access: ServerAccess
  database: string
  countyCode: string
  nowMs: number
  atOnce: number
}
const database = openDatabase(given.access, given.database, 2)
await fireReminders(
  {
    caller: { id: 'system:clocks', name: '时限', roles: ['system'] },
    scope: grantSystem(given.countyCode, 'test'),
    now: instantOf(given.nowMs),
    today: dayOf(given.nowMs),
    database,
    deadline: 'job',
  },
  { atOnce: given.atOnce, check: () => process.stdout.write('step\n') },
)
await database.close()

import { describe, expect, it } from 'vitest'
import { printValue, startRun } from '#kernel/pure/expressions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { rolledBack } from '../../../../test/database.ts'
import { idsOf, openEventWorld } from '../../../../test/household-event-whole.ts'
import { factsOf } from './fact-households.ts'
import { loadSubjects } from './fact-load.ts'

const { family, done, asCounty } = openEventWorld()

/** Members by the single household and by the whole county, which read on different ways. */
async function membersOn(ctx: Context & { db: Db }, householdId: string, text: string): Promise<string> {
  const asOf = readDay(text)
  if (asOf === undefined) throw new Error(text)
  const single = await factsOf(ctx, ctx.db, householdId, asOf, ['家庭人口数'])
  const all = await loadSubjects(ctx, ctx.db, { of: 'household', facts: ['家庭人口数'], asOf })
  const record = all.ids.indexOf(householdId)
  const value = single?.get('家庭人口数') ?? null
  const column = all.columns['家庭人口数']
  const whole = column?.kind === 'numbers' && record >= 0 ? String(column.values[record]) : 'absent'
  const alone = single === undefined ? 'absent' : printValue(value, startRun())
  return alone === whole ? alone : `${alone} but ${whole}`
}

describe('members on a day', () => {
  it('are those of before and after a split; the new household is not there before it', () =>
    rolledBack(asCounty(), async (ctx) => {
      const home = await family(ctx)
      const [, , son = '', wife = ''] = idsOf(home)
      const event = await done(ctx, home, {
        kind: 'split',
        members: [son, wife],
        newHeadId: son,
        relations: { [wife]: '配偶' },
        paper: '户口簿',
        on: '2023-11-01',
      })
      const other = event.otherId ?? ''
      expect([await membersOn(ctx, home.householdId, '2023-10-31'), await membersOn(ctx, other, '2023-10-31')]).toEqual(['4', 'absent'])
      expect([await membersOn(ctx, home.householdId, '2023-11-01'), await membersOn(ctx, other, '2023-11-01')]).toEqual(['2', '2'])
      // Before the register began, a household is what it was when it was written down first.
      expect([await membersOn(ctx, home.householdId, '2022-01-01'), await membersOn(ctx, other, '2022-01-01')]).toEqual(['4', 'absent'])
    }))

  it('counts the dead until their day, and a household that has ended until its last one', () =>
    rolledBack(asCounty(), async (ctx) => {
      const home = await family(ctx)
      const [head = '', wife = '', son = '', daughter = ''] = idsOf(home)
      const relations = { [son]: '之子', [daughter]: '之儿媳' }
      await done(ctx, home, { kind: 'death', personId: head, headId: wife, relations, paper: '死亡证明', on: '2023-11-01' })
      await done(ctx, home, { kind: 'moved-away', members: [wife, son, daughter], on: '2023-12-01' })
      expect(await membersOn(ctx, home.householdId, '2023-10-31')).toBe('4')
      expect(await membersOn(ctx, home.householdId, '2023-11-30')).toBe('3')
      expect(await membersOn(ctx, home.householdId, '2023-12-01')).toBe('absent')
    }))

  it('does not count who was born later', () =>
    rolledBack(asCounty(), async (ctx) => {
      const home = await family(ctx)
      const person = { name: '欧阳新生', sex: 'male', bornOn: '2023-11-10', relation: '之孙子' }
      await done(ctx, home, { kind: 'birth', person, on: '2023-11-10' })
      expect(await membersOn(ctx, home.householdId, '2023-11-09')).toBe('4')
      expect(await membersOn(ctx, home.householdId, '2023-11-10')).toBe('5')
    }))
})

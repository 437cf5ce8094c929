import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { sayKinPath } from '../../rules/meetings/kin-relations.ts'
import { givenCaseAt } from '../given.ts'
import { givenMeeting } from '../meeting-given.ts'
import { nameOwnHousehold } from './kin-own.ts'
import { stateKin } from './kin-ties.ts'
import { closeMeeting, enterMeeting } from './meeting-enter.ts'
import { readMeeting } from './meeting-read.ts'

const world = openTestWorld()
const officer = (id = 'test:county') => world.as(grantCounty('990301'), { id, name: '县审定人', roles: ['county-data-officer'] })
const tried = (ctx: Parameters<typeof inTransaction>[0], work: (db: Db) => Promise<unknown>) =>
  inTransaction(ctx, work).then(
    () => 'done',
    (fault: { code?: string }) => fault.code,
  )

describe('a meeting is not written down by', () => {
  it('who is kin of a household before it as the one who writes it down, and the way is named', async () => {
    const village = (await givenCounty(world.database)).villages[0]?.path ?? ''
    const household = () => givenHousehold(officer(), world.vault, { areaPath: `${village}01.`, members: [{ name: '户主' }] })
    const [home, brother] = [(await household()).householdId, (await household()).householdId]
    await stateKin(officer(), { householdId: home, otherHouseholdId: brother, relation: 'sibling', reason: '户主说的' })
    const writer = officer('test:writer')
    await nameOwnHousehold(writer, { householdId: brother, relation: 'own' })
    const meeting = await givenMeeting(officer(), {
      cases: [await givenCaseAt(officer('test:opener'), { householdId: home, step: 'appraisal' })],
      until: 'held',
    })
    const { meetingId, revision, people, cases } = meeting
    const entry = {
      revision,
      heldOn: meeting.heldOn,
      place: '村部',
      chairId: null,
      minuteTaker: '',
      minutes: '改过的记录',
      people: people.map(({ appraiserId, name, capacity }) => ({
        appraiserId,
        name,
        capacity,
        attended: true,
        householdId: null,
        personId: null,
        userId: null,
      })),
      items: cases.map(({ caseId }) => ({ caseId, opinion: '', deputyId: null, stated: [] })),
    }
    const way = { path: sayKinPath(['sibling'], 'zh') }
    expect(await enterMeeting(writer, meetingId, entry).catch((fault: unknown) => fault)).toMatchObject({
      code: 'cases.meeting-recorder-kin',
      details: way,
    })
    const missing = { code: 'meeting-writer-kin', details: way }
    expect((await readMeeting(writer, meetingId)).missing).toMatchObject([missing])
    expect(await closeMeeting(writer, meetingId, { revision }).catch((fault: unknown) => fault)).toMatchObject({
      details: { missing: [missing] },
    })
    await rolledBack(officer(), async (ctx) => {
      const write = (set: ReturnType<typeof sql>) => (db: Db) =>
        sql`UPDATE cases.meeting SET ${set}, revision = revision + 1 WHERE meeting_id = ${meetingId}`.execute(db)
      expect(await tried(ctx, write(sql`entered_by = 'test:writer', minutes = '别的记录'`))).toBe('BF403')
      expect(await tried(ctx, write(sql`state = 'closed', closed_by = 'test:writer', closed_name = '亲属', closed_at = now()`))).toBe(
        'BF403',
      )
      expect(await tried(ctx, write(sql`entered_by = 'test:county', minutes = '别的记录'`))).toBe('done')
    })
  })
})

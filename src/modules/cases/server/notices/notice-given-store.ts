import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dueDay, type Day } from '#kernel/pure/time/index.ts'
import { stateCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import { insertObjection } from './objection-store.ts'
import { insertNotice, replaceLines } from './notice-write-store.ts'

/**
 * A notice of some cases of one village that was released and posted on a day, with its photo, as it stands without what the program asks for
 * before; on the day it hangs, after its days it is over. For tests of what comes after.
 */
export async function givenPostedNotice(
  ctx: Context,
  given: { cases: readonly CaseFile[]; kind?: NoticeKind; postedOn?: Day; mark?: string; withoutPhoto?: boolean },
): Promise<{ noticeId: string; endsOn: Day }> {
  const { cases, kind = 'identification', postedOn = ctx.today, mark = '', withoutPhoto = false } = given
  const areaPath = seatPath(cases[0]?.areaPath ?? '', 'village')
  const endsOn = dueDay(postedOn, { days: 5, calendar: 'calendar' }, stateCalendar).on
  const as = (id: string): Context => ({ ...ctx, caller: { ...ctx.caller, id, name: `${mark}${id.split(':')[1] ?? ''}` } })
  const noticeId = await inTransaction(as('given:drafter'), async (db) => {
    const terms = {
      columns: ['组', '户主姓名', '人数'],
      nameStyle: 'masked',
      days: 5,
      calendar: 'calendar',
      phones: ['12317'],
      policy: 'given',
    } as const
    const id = await insertNotice(db, as('given:drafter'), { title: `${mark}名单公示`, note: mark, findings: 0, areaPath, kind, ...terms })
    const lines = cases.map(({ caseId, householdId, areaPath: path, round }) => ({
      caseId,
      householdId,
      round,
      monitorKind: null,
      risk: null,
      areaPath: path,
      shown: {
        组: `${mark}1组`,
        户主姓名: '测*主',
        人数: '2',
      },
    }))
    await replaceLines(db, ctx, { noticeId: id, kind, lines })
    return id
  })
  const move = (id: string, set: ReturnType<typeof sql>) => givenStep(as(id), { noticeId, set })
  await move('given:drafter', sql`state = 'submitted', submitted_by = 'given:drafter', submitted_name = ${mark}, submitted_at = ${ctx.now}`)
  const above = seatPath(areaPath, 'township')
  await move(
    'given:releaser',
    sql`state = 'released', released_by = 'given:releaser', released_name = ${mark}, released_path = ${above}, released_at = ${ctx.now}`,
  )
  await move(
    'given:drafter',
    sql`state = 'posted', posted_on = ${postedOn}::date, posted_by = 'given:drafter', posted_name = ${mark}, counts_from = ${postedOn}::date, ends_on = ${endsOn}::date`,
  )
  if (!withoutPhoto) await givenPhoto(as('given:drafter'), { noticeId, areaPath, mark })
  return { noticeId, endsOn }
}

/** One step of a notice, in the name of whoever does it. */
async function givenStep(ctx: Context, { noticeId, set }: { noticeId: string; set: ReturnType<typeof sql> }): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const before = await sql<{ id: string }>`SELECT current_setting('app.caller', true) AS id`.execute(db)
    await sql`SELECT set_config('app.caller', ${ctx.caller.id}, true)`.execute(db)
    await sql`
      UPDATE cases.notice SET revision = revision + 1, ${set}
      WHERE county_code = ${ctx.scope.countyCode} AND notice_id = ${noticeId}::uuid`.execute(db)
    await sql`SELECT set_config('app.caller', ${before.rows[0]?.id ?? ''}, true)`.execute(db)
  })
}

async function givenPhoto(ctx: Context, { noticeId, areaPath, mark }: { noticeId: string; areaPath: string; mark: string }): Promise<void> {
  await inTransaction(ctx, (db) =>
    sql`
      INSERT INTO cases.notice_file (county_code, notice_file_id, notice_id, area_path, purpose, stored_id, name, content_type, bytes, hash, by_id,
        by_name, at)
      VALUES (${ctx.scope.countyCode}, ${makeId()}, ${noticeId}::uuid, ${areaPath}, 'photo', ${makeId()}, ${`${mark}照片.jpg`}, 'image/jpeg', 1000,
        ${'0'.repeat(64)}, ${ctx.caller.id}, ${mark}, ${ctx.now})`.execute(db),
  )
}

/** An objection to a notice that waits to be looked into, against one of its cases. */
export async function givenObjection(
  ctx: Context,
  given: { vault: Vault; noticeId: string; about: CaseFile; mark: string },
): Promise<{ objectionId: string }> {
  const { vault, noticeId, about, mark } = given
  return inTransaction(ctx, async (db) => {
    const { caseId, householdId, areaPath } = about
    const words = { text: `${mark}有车`, name: `${mark}反映人`, contact: '' }
    const objection = {
      noticeId,
      caseId,
      householdId,
      areaPath,
      source: 'letter',
      formNo: makeId(),
      dueOn: ctx.today,
      enteredBy: null,
      ...words,
    } as const
    return insertObjection(db, ctx, { vault, objection })
  })
}

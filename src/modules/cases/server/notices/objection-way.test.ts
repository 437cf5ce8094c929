import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/time/index.ts'
import { grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { CaseStep } from '../../rules/case-steps.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import { actOnCase } from '../act-on-case.ts'
import { readCase } from '../case-read.ts'
import { givenMove } from '../clocks/clock-given.ts'
import { answerValues } from '../papers/paper-answer-data.ts'
import { givenPostedNotice } from './notice-given-store.ts'
import { readNotice } from './notice-read.ts'
import { answerObjection, checkObjection, recordObjection } from './objection-act.ts'
import { objectionLetterData, readObjection, readObjections } from './objection-read.ts'
import { recheckObjection } from './objection-recheck.ts'
import { openNoticeWorld } from '../../../../../test/notices/notice-world.ts'

const { world, code, on, cadre, officer, county, deps, later, caseAtNotice, posted, addPhoto, missingOf, codes, refused, day } =
  openNoticeWorld()

describe('an objection', () => {
  const record = (notice: NoticeRecord, caseId?: string) =>
    recordObjection(cadre(), deps(), {
      noticeId: notice.noticeId,
      source: 'walk-in',
      text: '这一户有小轿车',
      name: '测反映',
      phone: '15400000242',
      ...(caseId === undefined ? {} : { caseId }),
    })

  it('holds the days of the notice and lets them go on when it is not upheld', async () => {
    const [file, other] = [await caseAtNotice(), await caseAtNotice()]
    const up = await posted([file, other])
    await addPhoto(up)
    const endsBefore = up.endsOn ?? ''
    later(2)
    const objection = await record(up)
    const held = await readNotice(cadre(), deps(), up.noticeId)
    expect(held).toMatchObject({ state: 'paused', endsOn: null, daysLeft: 4, openObjections: 1 })
    expect(codes(await missingOf(other))).toEqual(['notice-paused', 'notice-objection'])
    later(9)
    const check = { revision: objection.revision, finding: '车辆属于已分户的儿子' }
    const checked = await checkObjection(officer(), deps(), {
      objectionId: objection.objectionId,
      asked: { ...check, caseId: file.caseId },
    })
    const answered = await answerObjection(officer(), deps(), {
      objectionId: objection.objectionId,
      asked: {
        revision: checked.revision,
        verdict: 'rejected',
        answer: '经核查，不影响纳入',
      },
    })
    expect(answered).toMatchObject({ state: 'rejected', text: '这一户有小轿车', contact: '154****0242', answer: '经核查，不影响纳入' })
    const on11 = addDays(day(), 4)
    expect(await readNotice(cadre(), deps(), up.noticeId)).toMatchObject({ state: 'posted', endsOn: on11, daysLeft: 4 })
    expect(on11 > endsBefore).toBe(true)
    const letter = await inTransaction(officer(), (db) => objectionLetterData({ ...officer(), db }, deps(), objection.objectionId))
    expect(letter).toMatchObject({
      name: '测反映',
      verdict: 'rejected',
      finding: '车辆属于已分户的儿子',
      village: '荷坪村',
      county: '青禾县',
    })
  })

  it('that is upheld sends the case back to the visit and off the notice', async () => {
    const [file, other] = [await caseAtNotice(), await caseAtNotice()]
    const up = await posted([file, other])
    const objection = await record(up, file.caseId)
    const checked = await checkObjection(officer(), deps(), {
      objectionId: objection.objectionId,
      asked: { revision: objection.revision, finding: '名下有商品房' },
    })
    await answerObjection(officer(), deps(), {
      objectionId: objection.objectionId,
      asked: { revision: checked.revision, verdict: 'upheld', answer: '反映属实，退回核实' },
    })
    const { file: after } = await readCase(cadre(), file.caseId)
    expect(after).toMatchObject({ step: 'visit', state: 'open' })
    const notice = await readNotice(cadre(), deps(), up.noticeId)
    expect(notice).toMatchObject({ state: 'posted', households: 1 })
    expect(notice.lines.find(({ caseId }) => caseId === file.caseId)).toMatchObject({ struckWhy: 'upheld' })
    expect(notice.paper.lines).toHaveLength(1)
  })

  /** Noted, looked into and found right by the township. */
  const upheld = async (noticeId: string, file: CaseFile) => {
    const said = { noticeId, source: 'walk-in', text: '这一户有小轿车', name: '', phone: '', caseId: file.caseId } as const
    const { objectionId, revision } = await recordObjection(cadre(), deps(), said)
    const checked = await checkObjection(officer(), deps(), { objectionId, asked: { revision, finding: '名下有小轿车' } })
    const asked = { revision: checked.revision, verdict: 'upheld', answer: '反映属实' } as const
    return answerObjection(officer(), deps(), { objectionId, asked })
  }
  const stepOf = async (file: CaseFile) => (await readCase(county(), file.caseId)).file
  const movedTo = async (file: CaseFile, steps: readonly CaseStep[]) => {
    let at = await stepOf(file)
    for (const step of steps) at = { ...at, ...(await givenMove(county(), at, { on: day(), action: 'pass', step })) }
    return at
  }

  it('that proves right after the case was decided is looked at once more by the county, and nothing final is done before', async () => {
    const file = await caseAtNotice()
    const up = await posted([file])
    later(9)
    await movedTo(file, ['review', 'decision', 'entry', 'measures', 'tracking'])
    const answered = await upheld(up.noticeId, file)
    expect(answered).toMatchObject({ state: 'upheld', consequence: 'recheck', recheck: { outcome: null }, can: { recheck: [] } })
    expect((await stepOf(file)).step).toBe('tracking')
    const letter = await inTransaction(officer(), (db) => answerValues({ ...officer(), db }, deps(), answered.objectionId))
    expect(letter.values['处理结果']).toContain('转县级复核')
    const waiting = await readObjections(county(), { recheck: 'open' })
    expect([waiting.rechecks, waiting.items.map(({ objectionId }) => objectionId)]).toEqual([1, [answered.objectionId]])
    const { next } = await readCase(cadre(), file.caseId)
    const told = next.find(({ action }) => action === 'start-exit')?.missing.find(({ code }) => code === 'notice-recheck')
    expect(told).toMatchObject({ blocks: false, details: { objectionNo: answered.objectionNo, dueOn: answered.recheck?.dueOn } })
    const { objectionId, revision } = answered
    const recheck = (ctx: Context, outcome: 'stands' | 'reverted' | 'handled') =>
      refused(recheckObjection(ctx, deps(), { objectionId, asked: { revision, outcome, opinion: '车已报废，维持' } }))
    expect(await recheck(officer(), 'stands')).toBe('cases.objection-state')
    expect(await recheck(county(), 'reverted')).toBe('cases.objection-state')
    // Who decided does not look again.
    const decider = (await readCase(county(), file.caseId)).events.find(({ stepBefore }) => stepBefore === 'decision')
    const deciderId = `given:${String((decider?.seq ?? 0) - 1)}`
    expect(await recheck(on(world.as(grantCounty(code), { id: deciderId, roles: ['county-data-officer'] })), 'stands')).toBe(
      'cases.objection-own-work',
    )
    expect(await recheck(county(), 'stands')).toBe('done')
    expect(await recheck(county(), 'stands')).toBe('cases.objection-changed')
    expect((await readObjections(county(), { recheck: 'open' })).rechecks).toBe(0)
  })

  it('to an elimination that was entered takes it back, once the county says so', async () => {
    const file = await caseAtNotice('exit-notice')
    const { noticeId } = await givenPostedNotice(county(), { cases: [file], kind: 'elimination', postedOn: day() })
    later(9)
    await movedTo(file, ['exit-review', 'exit-decision', 'exit-entry', 'follow-up'])
    const answered = await upheld(noticeId, file)
    const missing = (await readCase(cadre(), file.caseId)).next.find(({ action }) => action === 'settle')?.missing
    expect(missing?.find(({ code }) => code === 'notice-recheck')).toMatchObject({ blocks: true })
    const { objectionId, revision } = answered
    expect((await readObjection(county(), deps(), objectionId)).can.recheck).toEqual(['stands', 'reverted', 'handled'])
    const asked = { revision, outcome: 'reverted', opinion: '收入不稳，回退' } as const
    const done = await recheckObjection(county(), deps(), { objectionId, asked })
    expect(done).toMatchObject({ recheck: { outcome: 'reverted', byName: '县里' }, recheckOpinion: '收入不稳，回退', can: { recheck: [] } })
    expect(await stepOf(file)).toMatchObject({ step: 'tracking', eliminatedOn: null })
  })

  it('of a case that stands where its office may not take it back, or has ended, is answered all the same', async () => {
    const paused = await caseAtNotice()
    const up = await posted([paused])
    await actOnCase(officer(), {
      caseId: paused.caseId,
      act: { revision: (await stepOf(paused)).revision, action: 'pause', reason: '等待材料' },
    })
    expect(await upheld(up.noticeId, paused)).toMatchObject({ consequence: 'recheck' })
    expect((await readNotice(cadre(), deps(), up.noticeId)).state).toBe('withdrawn')
    const refusedCase = await caseAtNotice()
    const other = await posted([refusedCase])
    const { revision } = await movedTo(refusedCase, ['review'])
    const end = { revision, action: 'reject', reason: '不符合条件' } as const
    await actOnCase(officer('test:second'), { caseId: refusedCase.caseId, act: end })
    expect(await upheld(other.noticeId, refusedCase)).toMatchObject({ state: 'upheld', consequence: 'none', recheck: null })
  })

  it('is answered only by somebody whose work it is not about, with a finding and a household', async () => {
    const file = await caseAtNotice()
    const up = await posted([file])
    const objection = await record(up)
    const at = (revision: number) => ({ objectionId: objection.objectionId, asked: { revision } })
    const answer = (revision: number, verdict: 'upheld' | 'rejected') => ({
      ...at(revision),
      asked: { revision, verdict, answer: '经核查属实' },
    })
    expect(await refused(answerObjection(officer(), deps(), answer(objection.revision, 'rejected')))).toBe('cases.objection-finding')
    // The village wrote the notice.
    const own = on(world.as(grantCounty(code), { id: 'test:cadre', roles: ['county-data-officer'] }))
    expect(await refused(checkObjection(own, deps(), at(objection.revision)))).toBe('cases.objection-own-work')
    const checked = await checkObjection(officer(), deps(), {
      ...at(objection.revision),
      asked: { revision: objection.revision, finding: '查无此事，另有说明' },
    })
    expect(await refused(answerObjection(officer(), deps(), answer(checked.revision, 'upheld')))).toBe('cases.objection-case')
    expect(await refused(answerObjection(own, deps(), answer(checked.revision, 'rejected')))).toBe('cases.objection-own-work')
    expect(await refused(answerObjection(officer(), deps(), answer(objection.revision, 'rejected')))).toBe('cases.objection-changed')
    expect(await refused(answerObjection(officer(), deps(), answer(checked.revision, 'rejected')))).toBe('done')
  })
})

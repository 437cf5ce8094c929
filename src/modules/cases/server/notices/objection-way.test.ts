import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/time/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import { readCase } from '../case-read.ts'
import { readNotice } from './notice-read.ts'
import { answerObjection, checkObjection, recordObjection } from './objection-act.ts'
import { objectionLetterData } from './objection-read.ts'
import { openNoticeWorld } from '../../../../../test/notices/notice-world.ts'

const { world, code, on, cadre, officer, deps, later, caseAtNotice, posted, addPhoto, missingOf, codes, refused, day } = openNoticeWorld()

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

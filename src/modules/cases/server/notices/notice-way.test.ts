import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { nextNoticeStates, noticeStates } from '../../rules/notices/notice-states.ts'
import { actOnCase } from '../act-on-case.ts'
import { endDueNotices, postNotice, releaseNotice, returnNotice, submitNotice, withdrawNotice } from './notice-act.ts'
import { changeNotice, draftNotice, previewNotice, readNoticeCases } from './notice-draft.ts'
import { readNotice } from './notice-read.ts'
import { openNoticeWorld } from '../../../../../test/notices/notice-world.ts'

const {
  world,
  code,
  township,
  village,
  on,
  cadre,
  officer,
  county,
  deps,
  later,
  caseAtNotice,
  draft,
  step,
  posted,
  addPhoto,
  missingOf,
  codes,
  refused,
  day,
} = openNoticeWorld()

describe('a notice', () => {
  it('goes from draft to take-down, and its case passes only when all of it was done', async () => {
    const file = await caseAtNotice()
    expect(codes(await missingOf(file))).toEqual(['notice-none'])
    const drafted = await draft([file])
    expect(drafted.lines[0]?.shown).toMatchObject({ 组: '1组', 户主姓名: '测*主', 人数: '2', 主要风险: '刚性支出较大' })
    expect(drafted.findings).toEqual([])
    expect(codes(await missingOf(file))).toEqual(['notice-draft'])
    const submitted = await submitNotice(cadre(), deps(), step(drafted))
    expect(codes(await missingOf(file))).toEqual(['notice-release'])
    expect(await refused(releaseNotice(cadre(), deps(), step(submitted)))).toBe('cases.notice-not-ours')
    const out = await releaseNotice(officer(), deps(), step(submitted))
    expect(codes(await missingOf(file))).toEqual(['notice-post'])
    const up = await postNotice(cadre(), deps(), { noticeId: out.noticeId, step: { revision: out.revision, postedOn: day() } })
    expect(up).toMatchObject({ state: 'posted', postedOn: '2023-12-18', endsOn: '2023-12-23', daysLeft: 5 })
    expect(await missingOf(file)).toMatchObject([
      { code: 'notice-days', details: { endsOn: '2023-12-23', overOn: '2023-12-24' } },
      { code: 'notice-photo' },
    ])
    await addPhoto(up)
    later(5)
    expect(codes(await missingOf(file))).toEqual(['notice-days'])
    later(1)
    expect(await missingOf(file)).toEqual([])
    expect(await endDueNotices(on(world.as(grantSystem(code, 'test'))))).toBe(1)
    expect(await endDueNotices(on(world.as(grantSystem(code, 'test'))))).toBe(0)
    expect(await readNotice(cadre(), deps(), up.noticeId)).toMatchObject({ state: 'ended', endsOn: '2023-12-23' })
    expect(await missingOf(file)).toEqual([])
  })

  it('with something that must not be published stays a draft', async () => {
    const file = await caseAtNotice()
    const preview = await previewNotice(cadre(), deps(), {
      areaPath: village,
      kind: 'identification',
      note: '长子测小苗八岁，电话154 0000 0241',
      cases: [{ caseId: file.caseId }],
    })
    expect(preview.findings.map(({ kind, part }) => `${part} ${kind}`)).toEqual(['note minor-name', 'note minor-age', 'note phone'])
    const drafted = await draft([file], { note: '电话154 0000 0241' })
    expect(drafted.findings).toMatchObject([{ kind: 'phone', shown: '154****0241' }])
    expect(await refused(submitNotice(cadre(), deps(), step(drafted)))).toBe('cases.notice-findings')
    const asked = { revision: drafted.revision, note: '', cases: [{ caseId: file.caseId }] }
    const mended = await changeNotice(cadre(), deps(), { noticeId: drafted.noticeId, asked })
    expect((await submitNotice(cadre(), deps(), step(mended))).state).toBe('submitted')
  })

  it('is refused below the days of policy, for another village, another step and a case twice', async () => {
    const [file, other] = [await caseAtNotice(), await caseAtNotice('exit-notice')]
    expect(await refused(draft([file], { days: 4 }))).toBe('cases.notice-days')
    expect(await refused(draft([other]))).toBe('cases.notice-cases')
    expect(await refused(draft([file, file]))).toBe('cases.notice-cases')
    await draft([file])
    expect(await refused(draft([file]))).toBe('cases.notice-cases')
    const found = await readNoticeCases(cadre(), { area: village, kind: 'elimination' })
    expect(found.items.map(({ caseId }) => caseId)).toContain(other.caseId)
    expect(await refused(readNoticeCases(cadre(), { area: township, kind: 'elimination' }))).toBe('cases.notice-village')
  })

  it('is released by nobody who wrote any of it, whatever the program says', async () => {
    const file = await caseAtNotice()
    const drafted = await draftNotice(officer(), deps(), {
      areaPath: village,
      kind: 'identification',
      note: '',
      cases: [{ caseId: file.caseId }],
    })
    const submitted = await submitNotice(cadre(), deps(), step(drafted))
    expect(submitted.can.release).toBe(false)
    expect(await refused(releaseNotice(officer(), deps(), step(submitted)))).toBe('cases.notice-own')
    const back = await returnNotice(officer('test:other'), deps(), {
      noticeId: drafted.noticeId,
      step: { revision: submitted.revision, reason: '标题改一下' },
    })
    expect(back.state).toBe('draft')
    const again = await submitNotice(cadre(), deps(), step(back))
    expect((await releaseNotice(officer('test:other'), deps(), step(again))).releasedName).toBe('乡镇干部')
  })

  it('keeps its words once it is handed in, and moves only as the table says', async () => {
    const file = await caseAtNotice()
    const submitted = await submitNotice(cadre(), deps(), step(await draft([file])))
    const write = (set: string) =>
      inTransaction(county(), (db) =>
        sql`UPDATE cases.notice SET revision = revision + 1, ${sql.raw(set)} WHERE county_code = ${code} AND notice_id = ${submitted.noticeId}::uuid`.execute(
          db,
        ),
      ).then(
        () => 'done',
        (fault: { code?: string; constraint?: string }) => fault.constraint ?? fault.code,
      )
    expect(await write(`note = '张三患病'`)).toBe('BF422')
    expect(await write(`state = 'posted'`)).toBe('BF422')
    expect(await write(`state = 'released', released_by = 'somebody', released_path = '99.9903.990301.'`)).toBe('BF400')
    expect(await write(`state = 'released', released_by = 'test:county', released_path = '${village}'`)).toBe('released_from_above')
    expect(await write(`state = 'released', released_by = 'test:county', released_path = '99.9903.990301.', findings = 1`)).toBe(
      'released_without_findings',
    )
    const legal = await inTransaction(county(), (db) =>
      sql<{ move: string }>`
        SELECT f || ' ' || t AS move FROM unnest(${[...noticeStates]}::text[]) f, unnest(${[...noticeStates]}::text[]) t
        WHERE f <> t AND cases.is_legal_notice_move(f, t)`.execute(db),
    )
    const table = noticeStates.flatMap((from) => nextNoticeStates[from].map((to) => `${from} ${to}`))
    expect(legal.rows.map(({ move }) => move).sort()).toEqual(table.sort())
  })

  it('holds no column but the allowed ones, whoever writes', async () => {
    const drafted = await draft([await caseAtNotice()])
    const other = await caseAtNotice()
    const insert = (shown: object) =>
      inTransaction(county(), (db) =>
        sql`INSERT INTO cases.notice_line (county_code, notice_id, case_id, household_id, area_path, kind, round, line_no, shown)
          VALUES (${code}, ${drafted.noticeId}::uuid, ${other.caseId}::uuid, ${other.householdId}::uuid, ${village}, 'identification', 1, 9, ${JSON.stringify(shown)}::jsonb)`.execute(
          db,
        ),
      ).then(
        () => 'done',
        (fault: { code?: string }) => fault.code,
      )
    expect(await insert({ 户主姓名: '测*主', 身份证号: '1' })).toBe('23514')
    expect(await insert({ 户主姓名: '测*主' })).toBe('done')
  })

  it('comes down at once when it is withdrawn, and when its last case goes back', async () => {
    const [file, other] = [await caseAtNotice(), await caseAtNotice()]
    const up = await posted([file])
    const down = await withdrawNotice(cadre(), deps(), { noticeId: up.noticeId, step: { revision: up.revision, reason: '名单有误' } })
    expect(down).toMatchObject({ state: 'withdrawn', households: 0, withdrawnWhy: '名单有误' })
    expect(codes(await missingOf(file))).toEqual(['notice-none'])
    const second = await posted([other])
    await actOnCase(officer(), {
      caseId: other.caseId,
      act: { revision: other.revision, action: 'return', to: 'visit', reason: '情况没有查清' },
    })
    expect(await readNotice(cadre(), deps(), second.noticeId)).toMatchObject({ state: 'withdrawn', lines: [{ struckWhy: 'moved-back' }] })
  })

  it('takes pictures without what is hidden in them, and no name that gives somebody away', async () => {
    const up = await posted([await caseAtNotice()])
    expect(await refused(addPhoto(up, '测小苗户公示.png'))).toBe('cases.notice-file')
    expect(await refused(addPhoto(up, '15400000241.png'))).toBe('cases.notice-file')
    expect(await refused(addPhoto(up, '附件.png', 'enclosure'))).toBe('cases.notice-state')
    expect((await addPhoto(up)).files).toMatchObject([{ purpose: 'photo', contentType: 'image/png', name: '公示栏照片.png' }])
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import type { CaseFile } from '../../src/modules/cases/rules/case-records.ts'
import type { NoticeRecord } from '../../src/modules/cases/rules/notices/notice-records.ts'
import { releaseNotice, submitNotice, withdrawNotice } from '../../src/modules/cases/server/notices/notice-act.ts'
import { readNotice } from '../../src/modules/cases/server/notices/notice-read.ts'
import { openNoticeWorld } from './notice-world.ts'

// `BANGFU_NOTICE_RACES=1000 vitest run test/notices/races.test.ts`, or npm run test:full.
const rounds = Number(process.env['BANGFU_NOTICE_RACES'] ?? 8)
const { cadre, officer, county, deps, caseAtNotice, draft, step, refused } = openNoticeWorld()

type Act = (notice: NoticeRecord) => Promise<unknown>
const release =
  (ctx: Context): Act =>
  (notice) =>
    releaseNotice(ctx, deps(), step(notice))
const withdraw =
  (ctx: Context): Act =>
  ({ noticeId, revision }) =>
    withdrawNotice(ctx, deps(), { noticeId, step: { revision, reason: '名单有误，重新编制' } })

describe(`races for a notice, ${rounds} rounds`, () => {
  let file: CaseFile | undefined
  /** The same case on a new notice that waits for its release; the one before it was withdrawn. */
  const handedIn = async (): Promise<NoticeRecord> => {
    file ??= await caseAtNotice()
    return submitNotice(cadre(), deps(), step(await draft([file])))
  }
  /** Both acts at the same moment: one is done, the other is told that the notice has changed, and there is one event and one audit row of it. */
  const race = async (notice: NoticeRecord, acts: readonly [Act, Act]): Promise<NoticeRecord> => {
    const answers = await Promise.all(acts.map((act) => refused(act(notice))))
    expect(answers.toSorted()).toEqual(['cases.notice-changed', 'done'])
    const after = await readNotice(county(), deps(), notice.noticeId)
    expect(after.revision).toBe(notice.revision + 1)
    expect(after.events.map(({ act }) => act)).toEqual(['draft', 'submit', after.state === 'released' ? 'release' : 'withdraw'])
    const audited = await inTransaction(county(), (db) =>
      sql<{ did: string }>`
        SELECT did FROM kernel.audit WHERE object_id = ${notice.noticeId} AND did IN ('cases.notice.release', 'cases.notice.withdraw')`.execute(
        db,
      ),
    )
    expect(audited.rows.map(({ did }) => did)).toEqual([`cases.notice.${after.events.at(-1)?.act ?? ''}`])
    return after
  }

  it('two releases at once: one of them counts', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const both = [release(officer('test:one')), release(officer('test:other'))] as const
      const after = await race(await handedIn(), round % 2 === 0 ? both : [both[1], both[0]])
      expect(after).toMatchObject({ state: 'released', households: 1 })
      await withdraw(county())(after)
    }
  })

  it('release and withdrawal at once: released as a whole, or down as a whole', async () => {
    const ends = { released: 0, withdrawn: 0 }
    for (let round = 0; round < rounds; round += 1) {
      // Who is sent first would mostly win.
      const both = [release(officer()), withdraw(county())] as const
      const after = await race(await handedIn(), round % 2 === 0 ? both : [both[1], both[0]])
      if (after.state !== 'released' && after.state !== 'withdrawn') throw new Error(`the notice is ${after.state}`)
      ends[after.state] += 1
      const standing = after.lines.filter(({ struckOn }) => struckOn === null).length
      expect(standing).toBe(after.state === 'released' ? 1 : 0)
      if (after.state === 'released') await withdraw(county())(after)
    }
    expect(ends.released + ends.withdrawn).toBe(rounds)
    expect(Math.min(ends.released, ends.withdrawn)).toBeGreaterThan(0)
  })
})

import { Readable } from 'node:stream'
import { Transformer } from '@napi-rs/image'
import { beforeAll } from 'vitest'
import { addDays, type Day } from '../../src/kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { givenCounty } from '../../src/modules/identity/server/given.ts'
import { givenHousehold, givenIdNumber } from '../../src/modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../database.ts'
import type { CaseFile, MissingItem } from '../../src/modules/cases/rules/case-records.ts'
import type { NoticeRecord } from '../../src/modules/cases/rules/notices/notice-records.ts'
import { readCase } from '../../src/modules/cases/server/case-read.ts'
import { givenCaseAt } from '../../src/modules/cases/server/given.ts'
import { postNotice, releaseNotice, submitNotice } from '../../src/modules/cases/server/notices/notice-act.ts'
import { draftNotice } from '../../src/modules/cases/server/notices/notice-draft.ts'
import { addNoticeFile } from '../../src/modules/cases/server/notices/notice-files.ts'

/** A village, its township and its county, with what a test of notices does in few words; the day moves when it is told. */
export function openNoticeWorld() {
  const world = openTestWorld()
  const code = '990301'
  const township = `99.9903.${code}.${code}101.`
  const village = `${township}${code}101201.`
  let today: Day
  const on = (ctx: Context): Context => ({ ...ctx, today })
  const cadre = () => on(world.as(grantArea(code, village), { id: 'test:cadre', name: '村干部', roles: ['village-cadre'] }))
  const officer = (id = 'test:officer') => on(world.as(grantArea(code, township), { id, name: '乡镇干部', roles: ['township-officer'] }))
  const county = () => on(world.as(grantCounty(code), { id: 'test:county', name: '县里', roles: ['county-data-officer'] }))
  const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
  const later = (days: number) => {
    today = addDays(today, days)
  }

  beforeAll(async () => {
    today = world.as(grantCounty(code)).today
    await givenCounty(world.database, { clock: () => testNowMs })
  })

  let count = 0
  async function caseAtNotice(step: 'notice' | 'exit-notice' = 'notice', head = '测试户主'): Promise<CaseFile> {
    count += 1
    const members = [{ name: head }, { name: '测小苗', relation: '之子', bornOn: '2015-10-20', idNumber: givenIdNumber() }]
    const given = { areaPath: `${village}01.`, group: '1组', members }
    const { householdId } = await givenHousehold(county(), world.vault, given)
    return givenCaseAt(on(world.as(grantCounty(code), { id: 'test:opener' })), { householdId, step })
  }
  const draft = (files: readonly CaseFile[], more: { title?: string; note?: string; days?: number } = {}) =>
    draftNotice(cadre(), deps(), {
      areaPath: village,
      kind: 'identification',
      note: '',
      cases: files.map(({ caseId }) => ({ caseId, risk: '因病' })),
      ...more,
    })
  const step = ({ noticeId, revision }: NoticeRecord) => ({ noticeId, step: { revision } })
  async function released(files: readonly CaseFile[]): Promise<NoticeRecord> {
    const submitted = await submitNotice(cadre(), deps(), step(await draft(files)))
    return releaseNotice(officer(), deps(), step(submitted))
  }
  async function posted(files: readonly CaseFile[]): Promise<NoticeRecord> {
    const notice = await released(files)
    return postNotice(cadre(), deps(), { noticeId: notice.noticeId, step: { revision: notice.revision, postedOn: today } })
  }
  const pngOf = () => Transformer.fromRgbaPixels(new Uint8Array(16 * 16 * 4).fill(200), 16, 16).png()
  async function addPhoto(notice: NoticeRecord, name = '公示栏照片.png', purpose: 'photo' | 'enclosure' = 'photo'): Promise<NoticeRecord> {
    const upload = { stream: Readable.from([await pngOf()]), fileName: name }
    return addNoticeFile(cadre(), deps(), { noticeId: notice.noticeId, purpose, upload })
  }
  const missingOf = async (file: CaseFile): Promise<readonly MissingItem[]> => {
    const { next } = await readCase(cadre(), file.caseId)
    return (next.find(({ action }) => action === 'pass')?.missing ?? []).filter((item) => item.code.startsWith('notice'))
  }
  const codes = (items: readonly MissingItem[]) => items.map((item) => item.code)
  const refused = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (fault: { code?: string }) => fault.code ?? 'fault',
    )
  return {
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
    released,
    posted,
    addPhoto,
    missingOf,
    codes,
    refused,
    day: () => today,
  }
}

import { Readable } from 'node:stream'
import { Transformer } from '@napi-rs/image'
import { beforeAll } from 'vitest'
import { addDays } from '../../src/kernel/pure/time/index.ts'
import { grantArea, grantCounty, grantSystem } from '../../src/kernel/server/caller/index.ts'
import type { CaseFile } from '../../src/modules/cases/rules/case-records.ts'
import type { CaseStep } from '../../src/modules/cases/rules/case-steps.ts'
import { addMeasure, addVisit } from '../../src/modules/cases/server/case-parts.ts'
import { answerCheck, noteChecks, readChecks } from '../../src/modules/cases/server/exits/check-sheet.ts'
import { givenCaseAt, givenMeeting, givenPostedNotice, givenSignedPapers } from '../../src/modules/cases/server/given.ts'
import { calculateIncome } from '../../src/modules/cases/server/income/income-calculate.ts'
import { addIncomeLines } from '../../src/modules/cases/server/income/income-sheet.ts'
import { givenSheet } from '../../src/modules/cases/server/meeting-given.ts'
import { addNoticeFile } from '../../src/modules/cases/server/notices/notice-files.ts'
import { answerObjection, checkObjection, recordObjection } from '../../src/modules/cases/server/notices/objection-act.ts'
import { recheckObjection } from '../../src/modules/cases/server/notices/objection-recheck.ts'
import { givenPublished } from '../../src/modules/policies/server/given.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import type { openMovesWorld } from './moves-world.ts'

/** Gives a case something that its step asks for. */
export type Give = (file: CaseFile) => Promise<unknown>
/** Days on which steps were passed; today otherwise. */
export type Days = Partial<Record<CaseStep, string>>

/** Cases at any step, and everything that a part may ask of one, as the offices would bring it. */
export function openStepGifts(moves: ReturnType<typeof openMovesWorld>) {
  const { world } = moves
  const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
  const officer = () =>
    world.as(grantCounty(moves.given().countyCode), { id: 'given:officer', name: '经办人', roles: ['county-data-officer'] })
  const township = () =>
    world.as(grantArea(moves.given().countyCode, moves.pathOf('township')), {
      id: 'given:checker',
      name: '核查人',
      roles: ['township-officer'],
    })
  const village = () =>
    world.as(grantArea(moves.given().countyCode, moves.pathOf('village')), { id: 'given:cadre', name: '村干部', roles: ['village-cadre'] })

  beforeAll(async () => {
    const line = { name: '监测范围收入线', en: 'Line', unit: '元/人·年', decimals: 2, value: 7500, latitude: 'free', note: '测试' }
    const content = JSON.stringify({ values: [line] })
    const system = world.as(grantSystem(moves.given().countyCode, 'test'))
    await givenPublished(system, { key: 'cases.income-line', effectiveFrom: '2022-01-01', content })
  })

  /** A case of a household about which nothing else speaks against an elimination. */
  async function caseAt(step: CaseStep, onDays: Days = {}): Promise<CaseFile> {
    const { householdId } = await givenHousehold(officer(), world.vault, {
      areaPath: moves.given().groups[0]?.path ?? '',
      facts: { dangerousHouse: false, safeWater: true, waterDifficult: false },
      members: [{ name: '测试户主', bornOn: '1975-03-01', labourSkill: '普通劳动力', facts: { residentMedicalInsurance: true } }],
    })
    return givenCaseAt(officer(), { householdId, step, onDays })
  }

  const visitBy =
    (...visitors: string[]): Give =>
    ({ caseId }) =>
      addVisit(officer(), { caseId, visit: { visitedOn: officer().today, method: 'home', visitors, finding: 'better', note: '' } })
  const papers: Give = (file) => givenSignedPapers(officer(), file)
  const measure: Give = ({ caseId }) =>
    addMeasure(officer(), { caseId, measure: { risk: '因病', category: '健康帮扶', content: '大病救助', startedOn: '2023-12-01' } })
  const income =
    (purpose: 'identification' | 'elimination'): Give =>
    async ({ householdId }) => {
      const line = { item: '务工收入', personId: null, monthFrom: '202212', monthTo: '202311', fen: 2_000_000, evidenceId: null }
      await addIncomeLines(officer(), { householdId, input: { lines: [{ ...line, source: 'wage-slip', sourceNote: '' }] } })
      await calculateIncome(officer(), { householdId, input: { purpose } })
    }
  const results: Give = async ({ caseId }) => {
    const { departments, members } = await readChecks(officer(), caseId)
    const days = { requestedOn: '2023-12-01', cameOn: '2023-12-05' }
    const notes = departments.flatMap((department, at) =>
      members.map(({ personId }) => {
        const found = { result: 'found', word: '有小型汽车', what: '小型汽车1辆' } as const
        return { personId, department, ...days, ...(at === 0 ? found : { result: 'nothing' as const, word: null, what: null }) }
      }),
    )
    await noteChecks(officer(), { caseId, notes })
  }
  const reasons: Give = async ({ caseId }) => {
    for (const { caseCheckId, result } of (await readChecks(officer(), caseId)).checks)
      if (result === 'found') await answerCheck(officer(), { caseCheckId, input: { answer: 'does-not-speak-against', reason: '车已报废' } })
  }
  const meetings = new Map<string, Parameters<typeof givenSheet>[1]>()
  const appraise: Give = async (file) => {
    if (file.step !== 'appraisal' && file.step !== 'exit-appraisal') throw new Error('no appraisal')
    meetings.set(file.caseId, await givenMeeting(officer(), { cases: [file], kind: file.step, withoutSheet: true }))
  }
  const sheet: Give = async ({ caseId }) => {
    const meeting = meetings.get(caseId)
    if (meeting !== undefined) await givenSheet(officer(), meeting)
  }
  const notices = new Map<string, string>()
  const publish: Give = async (file) => {
    const kind = file.step.startsWith('exit') || file.step === 'follow-up' ? 'elimination' : 'identification'
    const posted = await givenPostedNotice(officer(), { cases: [file], kind, postedOn: addDays(officer().today, -10), withoutPhoto: true })
    notices.set(file.caseId, posted.noticeId)
  }
  const photo: Give = async ({ caseId }) => {
    const png = await Transformer.fromRgbaPixels(new Uint8Array(16 * 16 * 4).fill(200), 16, 16).png()
    const upload = { stream: Readable.from([png]), fileName: '公示栏.png' }
    await addNoticeFile(village(), deps(), { noticeId: notices.get(caseId) ?? '', purpose: 'photo', upload })
  }
  const objected = new Map<string, { objectionId: string; revision: number }>()
  const objection: Give = async (file) => {
    await publish(file)
    const said = {
      noticeId: notices.get(file.caseId) ?? '',
      source: 'walk-in',
      text: '这一户收入不稳',
      name: '',
      phone: '',
      caseId: file.caseId,
    } as const
    const { objectionId, revision } = await recordObjection(township(), deps(), said)
    const checked = await checkObjection(township(), deps(), { objectionId, asked: { revision, finding: '收入确实不稳' } })
    const asked = { revision: checked.revision, verdict: 'upheld', answer: '反映属实' } as const
    objected.set(file.caseId, await answerObjection(township(), deps(), { objectionId, asked }))
  }
  const recheck: Give = async ({ caseId }) => {
    const { objectionId = '', revision = 0 } = objected.get(caseId) ?? {}
    await recheckObjection(officer(), deps(), { objectionId, asked: { revision, outcome: 'stands', opinion: '复核后维持' } })
  }
  return { officer, caseAt, visitBy, papers, measure, income, results, reasons, appraise, sheet, publish, photo, objection, recheck }
}

import { readFileSync } from 'node:fs'
import type { AnyRoute } from '../../src/kernel/server/http/index.ts'
import { isPlace, month, policyKey, type AccessWorld, type Request } from './given-world.ts'
import { givenLedger } from '../../src/modules/ledgers/server/given.ts'
import { smallPicture, type Place, type PlaceName } from './places.ts'

/** What a call is about: something of a village, something of the county, or something that is not there. */
export type Aim = PlaceName | 'there' | 'missing'

interface Aimed {
  access: AccessWorld
  /** The village that is meant; of a thing that is missing, ids that nobody has. */
  place: Place
  aim: Aim
  isRead: boolean
}

const absentId = '01890000-0000-7000-8000-000000000000'
const absentPath = '99.9903.990301.990301999.990301999200.'

/** A value for each path parameter; a route with another parameter fails the test. `of` says whether villages own the thing. */
const parameters: Readonly<Record<string, { of: 'place' | 'county'; value: (aimed: Aimed) => string }>> = {
  householdId: { of: 'place', value: ({ place }) => place.second.householdId },
  personId: { of: 'place', value: ({ place }) => place.second.personId },
  villagePath: { of: 'place', value: ({ place, aim }) => (aim === 'missing' ? absentPath : place.area.path) },
  tagId: { of: 'place', value: ({ place }) => place.tagId },
  villageKindId: { of: 'place', value: ({ place }) => place.villageKindId },
  correctionId: { of: 'place', value: ({ place }) => place.correctionId },
  pairId: { of: 'place', value: ({ place }) => place.pairId },
  mergeId: { of: 'place', value: ({ place }) => place.mergeId },
  eventId: { of: 'place', value: ({ place }) => place.eventId },
  nationalChangeId: { of: 'place', value: ({ place }) => place.nationalChangeId },
  caseId: { of: 'place', value: ({ place }) => place.caseId },
  meetingId: { of: 'place', value: ({ place }) => place.meetingId },
  noticeId: { of: 'place', value: ({ place }) => place.noticeId },
  noticeFileId: { of: 'place', value: ({ place }) => place.noticeFileId },
  objectionId: { of: 'place', value: ({ place }) => place.objectionId },
  caseMeasureId: { of: 'place', value: ({ place }) => place.caseMeasureId },
  incomeLineId: { of: 'place', value: ({ place }) => place.incomeLineId },
  incomeCalculationId: { of: 'place', value: ({ place }) => place.incomeCalculationId },
  caseCheckId: { of: 'place', value: ({ place }) => place.caseCheckId },
  attachmentId: { of: 'place', value: ({ place }) => place.attachmentId },
  step: { of: 'county', value: () => 'assessment' },
  indicatorKey: { of: 'county', value: ({ aim }) => (aim === 'missing' ? 'registry.absent' : 'registry.persons') },
  paperKind: { of: 'county', value: ({ aim }) => (aim === 'missing' ? 'absent' : 'collection') },
  leadId: { of: 'place', value: ({ place }) => place.first.leadId },
  findingId: { of: 'place', value: ({ place }) => place.second.findingId },
  authorisationId: { of: 'place', value: ({ place }) => place.first.authorisationId },
  exceptionId: { of: 'place', value: ({ place }) => place.exceptionId },
  batchId: {
    of: 'county',
    value: ({ access, aim, isRead }) => (aim === 'missing' ? absentId : isRead ? access.batchId : access.oldBatchId),
  },
  userId: { of: 'county', value: ({ access, aim }) => (aim === 'missing' ? absentId : access.userId) },
  organisationId: { of: 'county', value: ({ access, aim }) => (aim === 'missing' ? absentId : (access.organisationIds[0] ?? absentId)) },
  // Nobody is meant: an officer of another township gets the same answer; the way is in meetings.test.ts.
  officerId: { of: 'county', value: () => absentId },
  runId: { of: 'county', value: ({ access, aim }) => (aim === 'missing' ? absentId : access.runId) },
  receiptId: { of: 'county', value: () => '0'.repeat(32) },
  replacementId: { of: 'county', value: () => absentId },
  // A row that was decided and one that never was get the same answer, so there is nothing to tell apart.
  openMatchId: { of: 'county', value: () => absentId },
  // Only who asked may fetch an export, and nobody asks here; the way of a request is in exports.test.ts.
  exportId: { of: 'county', value: () => absentId },
  repairId: { of: 'county', value: () => absentId },
  intakeId: { of: 'place', value: ({ place }) => place.intakeId },
  targetId: { of: 'place', value: ({ place }) => place.targetId },
  quizId: { of: 'place', value: ({ place }) => place.quizId },
  quizQuestionId: { of: 'place', value: ({ place }) => place.quizQuestionId },
  campaignId: { of: 'county', value: ({ access, aim }) => (aim === 'missing' ? absentId : access.campaignId) },
  problemId: { of: 'place', value: ({ place }) => place.problemId },
  letterId: { of: 'place', value: ({ place }) => place.letterId },
  evidenceId: { of: 'place', value: ({ place }) => place.evidenceId },
  extensionId: { of: 'place', value: ({ place }) => place.extensionId },
  inspectionId: { of: 'place', value: ({ place }) => place.inspectionId },
  sameCheckId: { of: 'place', value: ({ place }) => place.sameCheckId },
  // Only who read a ledger in takes it over; a reply's code stands on the paper alone. Their ways are in the module's own tests.
  importId: { of: 'county', value: () => absentId },
  replyCode: { of: 'county', value: () => '0'.repeat(32) },
  formKey: { of: 'county', value: ({ aim }) => (aim === 'missing' ? 'no-such-form' : 'satisfaction') },
  templateKey: { of: 'county', value: ({ aim }) => (aim === 'missing' ? 'own.absent' : givenLedger) },
  draftKey: { of: 'county', value: () => givenLedger },
  recordId: { of: 'place', value: ({ place }) => place.recordId },
  recordFileId: { of: 'place', value: ({ place }) => place.recordFileId },
  fieldKey: { of: 'county', value: () => 'certificate' },
  policyKey: { of: 'county', value: ({ aim }) => (aim === 'missing' ? 'cases.absent' : policyKey) },
  versionId: { of: 'county', value: ({ access, aim }) => (aim === 'missing' ? absentId : access.draftId) },
}

interface Sent extends Omit<Request, 'url' | 'method'> {
  /** Statuses of somebody who is let in; 200 and 204 unless said otherwise. */
  ok?: readonly number[]
}

/** What a route is sent besides its path. Routes that are not named are sent nothing. */
const sends: Readonly<Record<string, (aimed: Aimed) => Sent>> = {
  'POST /identity/start-empty': () => ({ payload: { countyName: '青禾县' }, ok: [409] }),
  'POST /identity/found': () => ({ payload: {}, ok: [400] }),
  'POST /identity/login': () => ({ payload: {}, ok: [400] }),
  'POST /identity/password': () => ({ payload: {}, ok: [400] }),
  'GET /identity/users/export': () => ({ query: { purpose: '核对账号' } }),
  'POST /identity/users': ({ place }) => ({
    payload: { name: '新来的', loginName: 'newcomer', roles: ['village-cadre'], areaPath: place.area.path },
  }),
  'POST /identity/users/bulk': ({ place }) => ({
    payload: { rows: [{ row: 2, name: '新来的', phone: '15400009999', organisation: '', role: 'village-cadre', area: place.area.code }] },
  }),
  'POST /identity/users/sheet': () => ({ ok: [400] }),
  'POST /identity/areas/sheet': () => ({ ok: [400] }),
  'PATCH /identity/users/:userId': () => ({ payload: { revision: 1, name: '改名' }, ok: [200, 204, 409] }),
  'POST /identity/users/:userId/hand-over': ({ access }) => ({ payload: { toUserId: access.successorId, reason: '调走了' } }),
  'POST /identity/areas/import': ({ place }) => ({
    payload: { rows: [{ code: place.township.code, name: place.township.name }], isDryRun: true },
  }),
  'POST /identity/organisations': () => ({ payload: { kind: 'office', name: '测试办公室' } }),
  'POST /identity/organisations/search': () => ({ payload: { q: '果业' } }),
  'GET /identity/organisations/export': () => ({ query: { purpose: '核对名录' } }),
  'PATCH /identity/organisations/:organisationId': () => ({ payload: { revision: 1, business: '柑橘', reason: '补登' } }),
  'POST /identity/organisations/:organisationId/merge': ({ access }) => ({
    payload: { revision: 1, intoId: access.organisationIds[1], reason: '同一家' },
  }),
  'POST /identity/organisations/:organisationId/unmerge': () => ({ payload: { reason: '不是同一家' } }),
  'PATCH /identity/county': () => ({ payload: { filingNumber: '测试备案1号' } }),
  'POST /registry/households/search': () => ({ payload: { q: 'shan' } }),
  'GET /registry/households/export': () => ({ query: { purpose: '核对台账' } }),
  'POST /ledgers/due/export': () => ({ payload: { purpose: '核对期限' } }),
  'POST /ledgers/books/:templateKey/search': () => ({ payload: {} }),
  'POST /ledgers/books/:templateKey/counts': () => ({ payload: {} }),
  'POST /ledgers/books/:templateKey/work-out': () => ({ payload: { values: {} } }),
  'POST /ledgers/books/:templateKey/statistics': () => ({ payload: { groups: ['village', 'level'], sums: ['reward'] } }),
  'POST /ledgers/books/:templateKey/board': () => ({ payload: {} }),
  'POST /ledgers/books/:templateKey/calendar': () => ({ payload: { month: '2023-11' } }),
  'POST /ledgers/books/:templateKey/export': () => ({ payload: { purpose: '核对台账' } }),
  'POST /ledgers/books/:templateKey/print': () => ({ payload: {} }),
  // A household that is not the caller's is a refusal of its field, as one that is nowhere.
  'POST /ledgers/books/:templateKey/records': ({ place }) => ({
    payload: { values: { honour: '好人', household: { id: place.second.householdId }, level: 'village', 'given-on': '2023-11-01' } },
    ok: [200, 422],
  }),
  'PATCH /ledgers/books/:templateKey/records/:recordId': () => ({ payload: { revision: 3, values: { goods: '锦旗' } } }),
  'POST /ledgers/books/:templateKey/records/:recordId/move': () => ({ payload: { revision: 3, move: 'give' }, ok: [200, 409] }),
  'POST /ledgers/books/:templateKey/records/:recordId/remove': () => ({ payload: { revision: 3, reason: '登错了' } }),
  'POST /ledgers/books/:templateKey/records/:recordId/restore': () => ({ payload: { revision: 3, reason: '没有登错' }, ok: [409] }),
  'POST /ledgers/books/:templateKey/records/:recordId/reveal': () => ({ payload: { field: 'account', reason: '核对账号' } }),
  'POST /ledgers/books/:templateKey/records/:recordId/print': () => ({ payload: {} }),
  'POST /ledgers/books/:templateKey/records/:recordId/fields/:fieldKey/files': () => picture,
  'POST /ledgers/books/:templateKey/change-many': ({ place }) => ({ payload: { recordIds: [place.recordId], values: { goods: '锦旗' } } }),
  'POST /ledgers/books/:templateKey/move-many': ({ place }) => ({ payload: { recordIds: [place.recordId], move: 'give' } }),
  'POST /ledgers/books/:templateKey/sample': () => ({ payload: {}, ok: [409] }),
  'POST /ledgers/books/:templateKey/imports': () => ({
    payload: Buffer.from('荣誉称号,户编号,授予级别,授予日期\n好人,1,村级,2023-11-01\n'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' },
  }),
  'POST /ledgers/books/:templateKey/paste': () => ({
    payload: {
      rows: [
        ['荣誉称号', '户编号', '授予级别', '授予日期'],
        ['好人', '1', '村级', '2023-11-01'],
      ],
    },
  }),
  'POST /ledgers/books/:templateKey/imports/:importId/map': () => ({ payload: { columns: {} } }),
  'GET /ledgers/books/:templateKey/known': ({ place }) => ({ query: { target: place.first.householdId } }),
  'GET /ledgers/linked': ({ place }) => ({ query: { kind: 'household', target: place.first.householdId } }),
  'POST /ledgers/templates/check': () => ({ payload: { template: {} } }),
  'POST /ledgers/templates/file': () => ({
    payload: Buffer.from('{}'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.json' },
    ok: [422],
  }),
  'POST /ledgers/templates/xlsform': () => ({
    payload: Buffer.from('type,name,label\ntext,a,甲\n'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'survey.csv' },
    ok: [200, 422],
  }),
  'PUT /ledgers/templates/:draftKey/draft': ({ access }) => ({ payload: { template: access.ledgerDraft, revision: 1 } }),
  'POST /ledgers/templates/:templateKey/draft/discard': () => ({ payload: {} }),
  'POST /ledgers/templates/:templateKey/publish': () => ({ payload: { revision: 1 } }),
  'POST /ledgers/templates/:templateKey/migration/preview': () => ({ payload: { version: 1 } }),
  'POST /ledgers/templates/:templateKey/migration': () => ({ payload: { version: 1 } }),
  'POST /ledgers/templates/:templateKey/withdraw': () => ({ payload: { version: 1001, reason: '不再使用' }, ok: [409] }),
  'GET /registry/persons/export': () => ({ query: { purpose: '核对台账', format: 'csv' } }),
  'GET /registry/persons/export-whole': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/villages/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/corrections/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/duplicates/export': () => ({ query: { purpose: '核对台账' } }),
  'POST /registry/exports': () => ({ payload: { purpose: '核对台账' } }),
  'POST /registry/exports/:exportId/decide': () => ({ payload: { decision: 'approve' } }),
  'GET /registry/household-events/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/merges/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/exports/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/imports/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/imports/:batchId/differences/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /registry/totals/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/runs/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/runs/:runId/receipts/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/runs/:runId/repairs/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/runs/:runId/rested/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/authorisations/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/lead-precision/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/sender-precision/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /quality/findings/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /quality/exceptions/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /quality/overview/export': () => ({ query: { purpose: '核对台账' } }),
  'GET /screening/leads/export': () => ({ query: { purpose: '核对线索' } }),
  'POST /registry/households/:householdId/tags': () => ({ payload: { tag: 'low-income', source: '村里核实' } }),
  'POST /registry/persons/:personId/reveal': () => ({ payload: { field: 'id-number', reason: '核对信息' } }),
  'POST /registry/tags/:tagId/end': () => ({ payload: { reason: '不再符合' } }),
  'POST /registry/village-kinds': ({ place, aim }) => ({
    payload: {
      areaPath: aim === 'missing' ? absentPath : place.area.path,
      kind: 'demonstration',
      validFrom: '2023-01-01',
      source: '县里文件',
    },
  }),
  'POST /registry/village-kinds/:villageKindId/end': () => ({ payload: { validTo: '2023-01-01', source: '县里文件' } }),
  'POST /registry/corrections': ({ place }) => ({
    payload: { householdId: place.second.householdId, field: 'address', newValue: '新地址', source: '入户走访' },
  }),
  'POST /registry/corrections/:correctionId/decide': () => ({ payload: { revision: 1, decision: 'confirm' } }),
  'POST /registry/duplicates/:pairId/decide': () => ({ payload: { revision: 1, decision: 'later' } }),
  'POST /registry/duplicates/:pairId/merge': ({ place }) => ({
    payload: { revision: 1, staysId: place.first.personId, take: [], reason: '一人录了两次' },
  }),
  'GET /registry/national/changes.xlsx': () => ({ query: { purpose: '录入系统' } }),
  'POST /registry/national/changes/:nationalChangeId/mark': () => ({ payload: { revision: 1, to: 'entered' } }),
  'POST /registry/merges/:mergeId/undo': () => ({ payload: { reason: '看错了人' }, ok: [409] }),
  'POST /registry/household-events/preview': (aimed) => ({ payload: { command: leavingOf(aimed) } }),
  'POST /registry/household-events': (aimed) => ({ payload: { command: leavingOf(aimed), isReport: true } }),
  'POST /registry/household-events/:eventId/decide': () => ({ payload: { revision: 1, decision: 'confirm' }, ok: [200, 409] }),
  'POST /registry/household-events/:eventId/undo': () => ({ payload: { reason: '看错了户' }, ok: [409] }),
  'POST /registry/imports': () => ({ ok: [400] }),
  'POST /registry/imports/:batchId/apply': () => ({ payload: {}, ok: [409] }),
  'POST /registry/imports/:batchId/retry': () => ({ payload: {}, ok: [409] }),
  'POST /registry/imports/:batchId/undo': () => ({ payload: { reason: '弄错了文件' }, ok: [409] }),
  'POST /registry/imports/:batchId/discard': () => ({ payload: {}, ok: [409] }),
  'POST /registry/imports/:batchId/decisions': () => ({ payload: { differenceNos: [1], decision: 'keep' }, ok: [409] }),
  'POST /registry/imports/paste': () => ({ ok: [400] }),
  'PATCH /registry/imports/:batchId/rows': () => ({ payload: { cells: [{ sheet: '', row: 3, column: 0, value: '甲' }] }, ok: [409] }),
  'POST /registry/imports/:batchId/recheck': () => ({ payload: {}, ok: [409] }),
  'PUT /registry/imports/:batchId/columns': () => ({ payload: { columns: [], remember: false }, ok: [409] }),
  'POST /registry/imports/:batchId/replacements/preview': () => ({ payload: { column: 0, from: '甲', to: '乙' }, ok: [409] }),
  'POST /registry/imports/:batchId/replacements': () => ({ payload: { column: 0, from: '甲', to: '乙' }, ok: [409] }),
  'POST /registry/imports/:batchId/replacements/:replacementId/remove': () => ({ payload: {}, ok: [409] }),
  'POST /registry/imports/:batchId/returned': () => ({
    payload: Buffer.from('姓名\n'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' },
    ok: [409],
  }),
  'PUT /registry/imports/:batchId/choices': () => ({ payload: { all: 'file' }, ok: [409] }),
  'POST /screening/runs': () => ({
    payload: {
      month,
      terms: {
        sender: '某局',
        purpose: '数据比对',
        sharingItem: '比对清单',
        legalBasis: '共享协议',
        expiresOn: '2099-12-31',
        retentionDays: 0,
      },
    },
  }),
  'POST /screening/runs/:runId/files': () => ({
    payload: Buffer.from('姓名\n'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' },
    ok: [409],
  }),
  'PUT /screening/runs/:runId/files/:receiptId/mapping': () => ({
    payload: { sheets: [{ sheet: '', kind: null, columns: {} }] },
    ok: [409],
  }),
  'DELETE /screening/runs/:runId/files/:receiptId': () => ({ ok: [409] }),
  'POST /screening/runs/:runId/start': () => ({ ok: [409] }),
  'POST /screening/runs/:runId/again': () => ({ ok: [409] }),
  'POST /screening/open-matches/:openMatchId/decide': () => ({ payload: { personId: null }, ok: [409] }),
  'POST /screening/runs/:runId/files/:receiptId/suggestion': () => ({ payload: { sheet: '', kind: 'jobs' }, ok: [409] }),
  'POST /screening/repairs/:repairId/decide': () => ({ payload: { decision: 'refuse' }, ok: [409] }),
  'POST /screening/authorisations': ({ place }) => ({
    payload: {
      householdId: place.second.householdId,
      personId: null,
      givenOn: '2023-12-01',
      validUntil: null,
      lists: [],
      paper: '授权书7号',
    },
    ok: [200, 409],
  }),
  'POST /screening/authorisations/:authorisationId/revoke': () => ({
    payload: { revokedOn: '2023-12-18', reason: '本人撤回' },
    ok: [200, 409],
  }),
  'POST /screening/authorisations/sheet': () => ({
    payload: Buffer.from('姓名\n'),
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' },
    ok: [422],
  }),
  'POST /screening/list-demands': () => ({
    payload: { list: 'bank', isDemanded: false, effectiveFrom: '2023-12-01', reason: '共享协议已含' },
  }),
  'POST /screening/limits': () => ({
    payload: { key: 'L11', value: 60, effectiveFrom: '2024-01-01', reason: '按走访结果调整' },
    ok: [200, 409],
  }),
  'POST /screening/leads/search': () => ({ payload: { text: 'shan' } }),
  'POST /screening/leads/send': ({ place }) => ({ payload: { leadIds: [place.second.leadId], isDryRun: false } }),
  'POST /screening/leads/close': ({ place }) => ({ payload: { leadIds: [place.first.leadId] } }),
  'POST /screening/leads/:leadId/answer': () => ({
    payload: { revision: 1, answer: 'confirmed', note: '见到本人', reasons: [] },
    ok: [200, 409],
  }),
  'POST /screening/leads/:leadId/return': () => ({ payload: { revision: 1, note: '不是本村的' }, ok: [200, 409] }),
  'GET /quality/overview': (aimed) => ({ query: { under: pathOf(aimed) } }),
  'POST /quality/runs': () => ({ payload: {} }),
  'GET /quality/worklist.xlsx': (aimed) => ({ query: { area: pathOf(aimed), purpose: '村里核对' } }),
  'POST /quality/findings/search': () => ({ payload: { text: 'shan' } }),
  'POST /quality/findings/send': ({ place }) => ({ payload: { findingIds: [place.second.findingId], isDryRun: false } }),
  'POST /quality/findings/:findingId/answer': () => ({ payload: { revision: 1, answer: 'fixed-elsewhere', note: '已改' } }),
  'POST /quality/findings/:findingId/mend': () => ({ payload: { revision: 1, change: 0 }, ok: [200, 409] }),
  'POST /quality/exceptions/:exceptionId/decide': () => ({ payload: { revision: 1, decision: 'grant', untilOn: '2024-06-30' } }),
  'POST /policies/calendar': () => ({ payload: { document: '国办发明电', days: [{ day: '2027-10-01', works: false }], years: [] } }),
  'GET /policies/differences': ({ access: { shippedId } }) => ({ query: { from: shippedId, to: shippedId } }),
  'POST /policies/:policyKey/check': () => ({ payload: { content: policyText, effectiveFrom: '2024-01-01', examples: [] } }),
  'POST /policies/:policyKey/simulate': () => ({ payload: { content: layerText, asOf: '2023-12-31' } }),
  'POST /policies/:policyKey/simulate/names': () => ({ payload: { content: layerText, asOf: '2023-12-31', from: '2', to: '2' } }),
  'POST /policies/:policyKey/drafts': () => ({ payload: policyDraft }),
  'PUT /policies/versions/:versionId': () => ({ payload: { ...policyDraft, revision: 1 } }),
  'POST /policies/versions/:versionId/roll-back': () => ({ payload: { effectiveFrom: '2024-01-01', paper: policyDraft.paper } }),
  'POST /policies/versions/:versionId/submit': () => ({ payload: { revision: 1 } }),
  'POST /policies/versions/:versionId/discard': () => ({ payload: { revision: 1 } }),
  'POST /policies/versions/:versionId/return': () => ({ payload: { revision: 1 }, ok: [409] }),
  'POST /policies/versions/:versionId/publish': () => ({ payload: { revision: 1 }, ok: [409] }),
  'GET /cases/meetings/export': () => ({ query: { purpose: '核对评议' } }),
  'GET /cases/meeting-draft': (aimed) => ({ query: { area: pathOf(aimed), kind: 'appraisal' } }),
  'GET /cases/meetings-of-case/:caseId': () => ({ query: { round: '1' } }),
  // The case of the village does not stand at the appraisal.
  'POST /cases/meetings': (aimed) => ({
    payload: { areaPath: pathOf(aimed), kind: 'appraisal', heldOn: '2023-12-18', place: '村部', caseIds: [aimed.place.caseId] },
    ok: [422],
  }),
  'POST /cases/meetings/:meetingId/enter': ({ place }) => ({
    payload: {
      revision: 1,
      heldOn: '2023-12-18',
      place: '村部',
      chairId: null,
      minuteTaker: '记录员',
      minutes: '',
      people: [{ name: '代表', capacity: 'representative', attended: true }],
      items: [{ caseId: place.caseId }],
    },
  }),
  'POST /cases/meetings/:meetingId/close': () => ({ payload: { revision: 1 }, ok: [422] }),
  'POST /cases/meetings/:meetingId/drop': () => ({ payload: { revision: 1, reason: '下雨改期' } }),
  'POST /cases/kin/ties': ({ place, aim }) => ({
    payload: {
      householdId: aim === 'missing' ? absentId : place.second.householdId,
      otherHouseholdId: place.first.householdId,
      relation: 'sibling',
      reason: '户主说的',
    },
  }),
  'POST /cases/kin/ties/withdraw': ({ place, aim }) => ({
    payload: {
      householdId: aim === 'missing' ? absentId : place.second.householdId,
      otherHouseholdId: place.first.householdId,
      reason: '登错了',
    },
  }),
  'POST /cases/kin/users': () => ({ payload: { q: '村' } }),
  'POST /cases/kin/users/:officerId': ({ place }) => ({
    payload: { householdId: place.second.householdId, relation: 'sibling', reason: '群众反映' },
    ok: [200, 404],
  }),
  'POST /cases/kin/users/:officerId/withdraw': ({ place }) => ({
    payload: { householdId: place.second.householdId, reason: '登错了' },
    ok: [200, 404],
  }),
  'POST /cases/kin/mine': ({ place, aim }) => ({
    payload: { householdId: aim === 'missing' ? absentId : place.second.householdId, relation: 'own' },
  }),
  'POST /cases/kin/mine/withdraw': ({ place }) => ({ payload: { householdId: place.second.householdId, reason: '登错了' } }),
  // No paper belongs to the step where the case stands.
  'POST /cases/files/:caseId/papers/:step/:paperKind/pages': () => ({ ...picture, ok: [422] }),
  'GET /cases/files/:caseId/papers/:paperKind/whole': () => ({ query: { reason: '农户到场签字' }, ok: [422] }),
  'GET /cases/objections/:objectionId/paper': () => ({ ok: [409] }),
  'POST /cases/files/:caseId/attachments': () => picture,
  'POST /cases/meetings/:meetingId/attachments': () => picture,
  'POST /cases/attachments/:attachmentId/withdraw': () => ({ payload: { reason: '拍错了' } }),
  'POST /cases/paper-templates/:paperKind': () => ({ ...picture, ok: [422] }),
  'POST /cases/paper-templates/:paperKind/drop': () => ({ payload: {}, ok: [409] }),
  'GET /cases/notices/export': () => ({ query: { purpose: '核对公示' } }),
  'GET /cases/notice-cases': (aimed) => ({ query: { area: pathOf(aimed), kind: 'identification' }, ok: [200, 422] }),
  'POST /cases/notices/preview': (aimed) => ({ payload: noticeOf(aimed), ok: [422] }),
  'POST /cases/notices': (aimed) => ({ payload: noticeOf(aimed), ok: [422] }),
  'PUT /cases/notices/:noticeId': ({ place }) => ({ payload: { revision: 4, cases: [{ caseId: place.caseId }] }, ok: [422] }),
  'POST /cases/notices/:noticeId/submit': () => ({ payload: { revision: 4 }, ok: [422] }),
  'POST /cases/notices/:noticeId/return': () => ({ payload: { revision: 4, reason: '标题有误' }, ok: [422] }),
  'POST /cases/notices/:noticeId/release': () => ({ payload: { revision: 4 }, ok: [422] }),
  'POST /cases/notices/:noticeId/post': () => ({ payload: { revision: 4, postedOn: '2023-12-18' }, ok: [422] }),
  'POST /cases/notices/:noticeId/withdraw': () => ({ payload: { revision: 4, reason: '名单有误' } }),
  'POST /cases/notices/:noticeId/files': () => ({ ...picture, query: { purpose: 'photo' } }),
  'GET /cases/objections/export': () => ({ query: { purpose: '核对异议' } }),
  'POST /cases/objections': ({ place }) => ({ payload: { noticeId: place.noticeId, source: 'phone', text: '这户有小轿车' } }),
  'POST /cases/objections/:objectionId/check': () => ({ payload: { revision: 1, finding: '车是邻居的' } }),
  // Nothing is rechecked before an answer.
  'POST /cases/objections/:objectionId/recheck': () => ({
    payload: { revision: 1, outcome: 'stands', opinion: '复核后维持' },
    ok: [409, 422],
  }),
  'POST /cases/objections/:objectionId/answer': () => ({
    payload: { revision: 1, verdict: 'rejected', answer: '经核查查无此事' },
    ok: [422],
  }),
  'GET /cases/classifications/export': () => ({ query: { purpose: '核对分类' } }),
  'GET /cases/clocks/export': () => ({ query: { purpose: '核对时限' } }),
  'GET /indicators/figures/export': () => ({ query: { purpose: '核对数字' } }),
  'GET /indicators/figures/:indicatorKey/rows/export': () => ({ query: { purpose: '核对名单' } }),
  'POST /cases/classification-runs': () => ({ payload: {} }),
  'GET /cases/intakes/export': () => ({ query: { purpose: '核对来件' } }),
  'POST /cases/intakes/search': () => ({ payload: { q: '来电' } }),
  'POST /cases/intakes': (aimed) => ({ payload: { channel: 'hotline', areaPath: pathOf(aimed), name: '来电人甲', sender: '12317' } }),
  'POST /cases/intakes/many': (aimed) => ({ payload: { rows: [{ channel: 'visit', areaPath: pathOf(aimed), name: '来电人乙' }] } }),
  'POST /cases/intakes/:intakeId/acts': () => ({ payload: { revision: 1, action: 'unlink', reason: '认错了户' }, ok: [200, 409, 422] }),
  'POST /cases/intakes/acts': ({ place }) => ({
    payload: { intakes: [{ intakeId: place.intakeId, revision: 1 }], act: { action: 'return', reason: '不是本村的' } },
  }),
  'POST /cases/intakes/:intakeId/show': () => ({ payload: { reason: '回电核实' } }),
  'GET /cases/village-codes': (aimed) => ({ query: { area: pathOf(aimed) } }),
  'GET /cases/village-codes/posters': (aimed) => ({ query: { area: pathOf(aimed), origin: 'http://127.0.0.1:7000' } }),
  'POST /cases/village-codes': (aimed) => ({ payload: { areaPath: pathOf(aimed) } }),
  'POST /cases/village-codes/replace': (aimed) => ({ payload: { areaPath: pathOf(aimed), reason: '海报丢了' } }),
  'PUT /cases/village-codes/phone': (aimed) => ({ payload: { areaPath: pathOf(aimed), phone: '0739-7000001' } }),
  'GET /cases/income-sheets/:householdId/export': () => ({ query: { purpose: '核对收入' } }),
  'POST /cases/income-sheets/:householdId/lines': () => ({
    payload: { lines: [{ item: '务工收入', monthFrom: '202301', monthTo: '202306', fen: 1_200_000, source: 'wage-slip' }] },
  }),
  'POST /cases/income-sheets/:householdId/take-over': () => ({ payload: { refs: ['register:wageMigrant:202210-202309'] } }),
  'POST /cases/income-sheets/:householdId/calculations': () => ({ payload: { purpose: 'yearly' } }),
  'POST /cases/income-lines/:incomeLineId/withdraw': () => ({ payload: { reason: '登错了户' } }),
  'POST /cases/files/:caseId/checks': ({ place }) => ({
    payload: { notes: [{ personId: place.first.personId, department: '税务', requestedOn: '2023-12-01' }] },
  }),
  'GET /cases/check-list/export': () => ({ query: { department: '公安', purpose: '信息比对' } }),
  'POST /cases/check-list/judge': () => ({ payload: { rows: [checkRow], cameOn: '2023-12-18' } }),
  'POST /cases/check-list': () => ({ payload: { rows: [checkRow], cameOn: '2023-12-18' }, ok: [422] }),
  'POST /cases/check-list/sheet': () => ({ ok: [400] }),
  'POST /cases/checks/:caseCheckId/answer': () => ({ payload: { answer: 'does-not-speak-against', reason: '车已报废' } }),
  'POST /cases/checks/:caseCheckId/withdraw': () => ({ payload: { reason: '查错了人' } }),
  'GET /cases/unstable-eliminations/export': () => ({ query: { purpose: '核对消除' } }),
  'POST /rectification/campaigns': () => ({ payload: { name: '又一专项', startedOn: '2023-12-01' } }),
  'GET /rectification/problems/export': () => ({ query: { purpose: '核对整改' } }),
  'POST /rectification/samples': () => ({ payload: { n: 5, seed: '抽查一号' } }),
  'POST /rectification/problems': ({ place, access }) => ({
    payload: {
      campaignId: access.rectificationId,
      sourceKind: 'inspection',
      class: '住房安全',
      description: '房屋漏雨',
      areaPath: place.area.path,
    },
  }),
  // What is not the caller's comes back as refused, problem by problem.
  'POST /rectification/problems/from-findings': ({ place, access, aim }) => ({
    payload: { campaignId: access.rectificationId, findingIds: [aim === 'missing' ? absentId : place.second.findingId] },
  }),
  'POST /rectification/problems/from-leads': ({ place, access, aim }) => ({
    payload: { campaignId: access.rectificationId, leadIds: [aim === 'missing' ? absentId : place.second.leadId] },
  }),
  'POST /rectification/acts': ({ place }) => ({
    payload: { problems: [{ problemId: place.problemId, revision: 1 }], act: { action: 'remind' } },
  }),
  'POST /rectification/problems/:problemId/time': () => ({
    payload: { revision: 3, until: '2024-01-20', reason: '雨天不能施工' },
    ok: [409, 422],
  }),
  'POST /rectification/extensions/:extensionId/decide': () => ({ payload: { decision: 'refuse', note: '按期完成' } }),
  'POST /rectification/problems/:problemId/evidence': () => ({ ...picture, ok: [200, 422] }),
  'POST /rectification/evidence/:evidenceId/withdraw': () => ({ payload: { reason: '传错了' }, ok: [200, 422] }),
  'GET /rectification/letters/export': () => ({ query: { purpose: '核对交办' } }),
  'GET /rectification/letters/:letterId/paper': () => ({ query: { format: 'docx' } }),
  'POST /rectification/letters/:letterId/receive': () => ({ payload: {}, ok: [200, 422] }),
  'POST /rectification/letters/:letterId/remind': () => ({ payload: {} }),
  'POST /rectification/imports': ({ access }) => ({ ...picture, query: { campaignId: access.rectificationId }, ok: [415, 422, 400] }),
  'POST /rectification/imports/:importId/apply': () => ({ payload: {} }),
  'POST /rectification/imports/:importId/mend': () => ({ payload: { rows: [{ row: 2, cells: { village: '柳湾村' } }] } }),
  'POST /rectification/imports/:importId/discard': () => ({ payload: {} }),
  'POST /rectification/problems/:problemId/checks': ({ place }) => ({
    payload: { villages: [place.area.path], households: [], due: { workingDays: 5 } },
  }),
  'GET /rectification/same-checks/export': () => ({ query: { purpose: '核对排查' } }),
  'GET /rectification/inspections/export': () => ({ query: { purpose: '核对督查' } }),
  'GET /rectification/inspections/months': () => ({ query: { kind: 'monthly', from: '2023-10', to: '2023-12' } }),
  'GET /rectification/inspections/topics': () => ({ query: { kind: 'monthly' } }),
  'POST /rectification/inspections': ({ place, access }) => ({
    payload: {
      campaignId: access.rectificationId,
      kind: 'supervision',
      units: [{ kind: 'area', id: place.area.path }],
      plannedOn: '2023-12-18',
    },
  }),
  'POST /rectification/inspections/:inspectionId/record': () => ({
    payload: { inspectedOn: '2023-12-18', items: [{ item: '干部作风', isFine: false }] },
  }),
  'POST /rectification/teams': () => ({ payload: { name: '督查一组', members: [{ name: '某干部' }], fromOn: '2023-12-01' } }),
  'POST /rectification/same-checks/:sameCheckId/answer': () => ({ payload: { found: false, note: '没有' } }),
  'GET /cases/files/export': () => ({ query: { purpose: '核对个案' } }),
  'POST /cases/take-over': () => ({ payload: {} }),
  'POST /cases/files': ({ place, aim }) => ({
    payload: { householdId: aim === 'missing' ? absentId : place.second.householdId, source: 'visit' },
  }),
  // Who does not hold the case is refused by its rule, not at the door.
  'POST /cases/files/:caseId/acts': () => ({ payload: { revision: 2, action: 'pause', reason: '户主住院' }, ok: [200, 422] }),
  'POST /cases/acts': ({ place }) => ({
    payload: { cases: [{ caseId: place.caseId, revision: 2 }], act: { action: 'pause', reason: '户主住院' } },
  }),
  'POST /cases/files/:caseId/measures': () => ({
    payload: { risk: '因病', category: '健康帮扶', content: '送医上门', startedOn: '2023-12-01' },
  }),
  'POST /cases/files/:caseId/measures/:caseMeasureId/withdraw': () => ({ payload: { reason: '录错了' } }),
  'POST /cases/files/:caseId/visits': () => ({
    payload: { visitedOn: '2023-12-01', method: 'home', visitors: ['甲', '乙'], finding: 'worse' },
  }),
  'GET /surveys/campaigns/export': () => ({ query: { purpose: '核对调查' } }),
  'GET /surveys/campaigns/:campaignId/targets/export': () => ({ query: { purpose: '核对调查' } }),
  'GET /surveys/campaigns/:campaignId/problems/export': () => ({ query: { purpose: '核对调查' } }),
  'GET /surveys/campaigns/:campaignId/progress/export': () => ({ query: { purpose: '核对调查' } }),
  'GET /surveys/mine/export': () => ({ query: { purpose: '核对调查' } }),
  'GET /surveys/campaigns/:campaignId/callers': () => ({ ok: [200, 422] }),
  'POST /surveys/campaigns': () => ({
    payload: { kind: 'satisfaction', name: '满意度', formKey: 'satisfaction', startsOn: '2023-12-18', endsOn: '2023-12-31' },
  }),
  'POST /surveys/campaigns/:campaignId/preview': () => ({ payload: {}, ok: [409, 422] }),
  'POST /surveys/campaigns/:campaignId/freeze': () => ({ payload: { revision: 1 }, ok: [409, 422] }),
  'POST /surveys/campaigns/:campaignId/move': () => ({ payload: { revision: 3, to: 'closed', reason: '时间已到' }, ok: [200, 422] }),
  'POST /surveys/campaigns/:campaignId/share': ({ access }) => ({ payload: { callers: [access.userId] }, ok: [200, 422] }),
  'POST /surveys/campaigns/:campaignId/assign': ({ access }) => ({
    payload: { targetIds: [access.places.own.targetId], to: access.userId },
    ok: [200, 422],
  }),
  'POST /surveys/campaigns/:campaignId/answers': () => ({ payload: { rows: [['户编号'], ['X1']], isDryRun: true } }),
  'POST /surveys/forms': () => ({ payload: surveyForm }),
  'POST /surveys/targets/:targetId/phone': () => ({ payload: {}, ok: [200, 422] }),
  'POST /surveys/targets/:targetId/finish': () => ({ payload: { revision: 2, outcome: 'no-answer' }, ok: [200, 422] }),
  'POST /surveys/targets/:targetId/correct': () => ({ payload: { revision: 2, answers: {}, reason: '听错了一句' }, ok: [409, 422] }),
  'POST /surveys/targets/:targetId/take-up': () => ({ payload: { revision: 2, reason: '有了新号码' }, ok: [409, 422] }),
  'POST /surveys/answers/sheet': () => ({ ok: [400] }),
  'GET /surveys/quizzes/export': () => ({ query: { purpose: '核对问答' } }),
  'GET /surveys/quizzes/:quizId/results/export': () => ({ query: { purpose: '核对问答' } }),
  'POST /surveys/quizzes': (aimed) => ({
    payload: { areaPath: pathOf(aimed), name: '工作会', heldOn: '2023-12-18', participants: [{ name: '某干部' }] },
  }),
  'POST /surveys/quizzes/:quizId/ask': ({ place }) => ({
    payload: { participantId: place.quizParticipantId, topic: '住房', question: '房子安全吗' },
  }),
  'POST /surveys/quizzes/:quizId/judge': ({ place }) => ({ payload: { answers: [{ answerId: place.quizAnswerId, result: 'yes' }] } }),
  'POST /surveys/quizzes/:quizId/close': () => ({ payload: { revision: 1 }, ok: [422] }),
  'POST /surveys/quizzes/:quizId/retake': () => ({ payload: { heldOn: '2023-12-25' }, ok: [409] }),
  'POST /surveys/quiz-questions': () => ({ payload: { topic: '政策', question: '危房改造补多少' } }),
  'GET /screening/visit-list': (aimed) => ({ query: { area: pathOf(aimed), month } }),
  'GET /screening/visit-list.xlsx': (aimed) => ({ query: { area: pathOf(aimed), month, purpose: '入户走访' } }),
}
/** Routes that name their village in the query or the body instead of the path. */
const aimsOutsidePath = new Set([
  'POST /rectification/problems/from-findings',
  'POST /rectification/problems/from-leads',
  'POST /surveys/quizzes',
  'POST /rectification/acts',
  'POST /cases/intakes',
  'GET /cases/village-codes',
  'GET /cases/village-codes/posters',
  'POST /cases/village-codes',
  'POST /cases/village-codes/replace',
  'PUT /cases/village-codes/phone',
  'POST /registry/corrections',
  'POST /registry/household-events/preview',
  'POST /registry/household-events',
  'POST /registry/village-kinds',
  'GET /quality/overview',
  'GET /quality/worklist.xlsx',
  'POST /screening/authorisations',
  'GET /screening/visit-list',
  'GET /screening/visit-list.xlsx',
])

const surveyForm = {
  key: 'own-form',
  zh: '自己的问卷',
  en: 'Own form',
  questions: [{ key: 'well', zh: '还好吗', en: 'Well', section: { zh: '问', en: 'Ask' }, type: 'yes-no' }],
}
const checkRow = { name: '没有这人', idNumber: '', department: '公安', result: '无', remark: '' }
const picture = {
  payload: smallPicture,
  headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.png' },
}
const policyText = '<definitions/>'
const layerText = readFileSync(new URL('../../src/modules/policies/policy/tables/cases.layer.dmn', import.meta.url), 'utf8')
const policyDraft = {
  content: policyText,
  effectiveFrom: '2024-01-01',
  effectiveTo: null,
  paper: { documentNo: '青测发〔2024〕1号', documentTitle: '', clause: '' },
  note: '',
  examples: [],
}

const leavingOf = ({ place: { second } }: Aimed) => ({
  kind: 'moved-away',
  householdId: second.householdId,
  members: [second.personId],
  on: '2023-10-01',
  reason: '全家搬走',
})
const pathOf = ({ aim, place }: Aimed) => (aim === 'missing' ? absentPath : place.area.path)
export const nameOf = (route: AnyRoute) => `${route.method} ${route.path}`
const parametersOf = (route: AnyRoute) => [...route.path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '')

/** The things a route can be asked about: of villages or of the county, and what is not there; one call where it names nothing. */
export function aimsOf(route: AnyRoute): readonly Aim[] {
  if (parametersOf(route).some((name) => name === 'exportId' || name === 'importId' || name === 'replyCode')) return ['missing']
  const found = parametersOf(route).map((name) => {
    const parameter = parameters[name]
    if (parameter === undefined) throw new Error(`the path parameter ${name} of ${nameOf(route)} has no factory`)
    return name === 'openMatchId' || name === 'repairId' || name === 'draftKey' ? undefined : parameter.of
  })
  if (found.includes('place') || aimsOutsidePath.has(nameOf(route))) return ['own', 'near', 'far', 'missing']
  return found.includes('county') ? ['there', 'missing'] : ['there']
}

/** The request that asks a route about something, and the statuses that somebody gets who is let in. */
export function requestOf(access: AccessWorld, route: AnyRoute, aim: Aim): { request: Request; ok: readonly number[] } {
  const place = isPlace(aim) ? access.places[aim] : aim === 'there' ? access.places.own : absentPlace(access.places.own)
  const aimed = { access, place, aim, isRead: route.method === 'GET' }
  const url = route.path.replaceAll(/:(\w+)/g, (_whole, name: string) => parameters[name]?.value(aimed) ?? '')
  const { ok = [200, 204], ...sent } = sends[nameOf(route)]?.(aimed) ?? {}
  return { request: { method: route.method, url, ...sent }, ok }
}

const noticeOf = (aimed: Aimed) => ({ areaPath: pathOf(aimed), kind: 'identification', cases: [{ caseId: aimed.place.caseId }] })

function absentPlace(place: Place): Place {
  const home = {
    ...place.second,
    householdId: absentId,
    personId: absentId,
    leadId: absentId,
    findingId: absentId,
    authorisationId: absentId,
  }
  return {
    ...place,
    first: home,
    second: home,
    tagId: absentId,
    correctionId: absentId,
    pairId: absentId,
    mergeId: absentId,
    eventId: absentId,
    nationalChangeId: absentId,
    villageKindId: absentId,
    exceptionId: absentId,
    caseId: absentId,
    caseMeasureId: absentId,
    incomeLineId: absentId,
    incomeCalculationId: absentId,
    caseCheckId: absentId,
    meetingId: absentId,
    noticeId: absentId,
    noticeFileId: absentId,
    objectionId: absentId,
    attachmentId: absentId,
    intakeId: absentId,
    targetId: absentId,
    quizId: absentId,
    quizQuestionId: absentId,
    problemId: absentId,
    letterId: absentId,
    evidenceId: absentId,
    extensionId: absentId,
    sameCheckId: absentId,
    inspectionId: absentId,
  }
}

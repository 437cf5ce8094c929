import { maskIdNumber, maskPhone } from '../../src/kernel/pure/text/index.ts'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import type { Area } from '../../src/modules/identity/contract.ts'
import { givenFinding } from '../../src/modules/quality/server/given.ts'
import { givenDuplicate, givenHousehold, givenIdNumber, givenNationalChange } from '../../src/modules/registry/server/given.ts'
import { givenAuthorisation, givenLead } from '../../src/modules/screening/server/given.ts'
import type { Vault } from '../../src/kernel/server/vault/index.ts'

/** `own` is village A, `near` another village of A's township, `far` a village of another township. */
export const placeNames = ['own', 'near', 'far'] as const
export type PlaceName = (typeof placeNames)[number]

/** A household with everything that hangs on it. `second` is the one of the two on which nothing has happened yet. */
export interface Home {
  householdId: string
  householdNo: string
  personId: string
  personNos: string[]
  leadId: string
  findingId: string
  authorisationId: string
}

export interface Place {
  name: PlaceName
  area: Area
  township: Area
  first: Home
  second: Home
  tagId: string
  correctionId: string
  pairId: string
  mergeId: string
  eventId: string
  nationalChangeId: string
  villageKindId: string
  exceptionId: string
  caseId: string
  caseMeasureId: string
  incomeLineId: string
  incomeCalculationId: string
  caseCheckId: string
  intakeId: string
  meetingId: string
  attachmentId: string
  noticeId: string
  noticeFileId: string
  objectionId: string
  targetId: string
  quizId: string
  quizQuestionId: string
  quizParticipantId: string
  quizAnswerId: string
  problemId: string
  letterId: string
  evidenceId: string
  extensionId: string
  sameCheckId: string
  inspectionId: string
  recordId: string
  recordFileId: string
  /** What somebody might type to find these people: names, given names, pinyin, first letters, numbers, telephones. */
  searches: string[]
  /** Every text, id and masked number that belongs to this village alone. */
  canaries: string[]
  /** The same for the township that only the far village lies in. */
  townshipCanaries: string[]
  /** Full identity numbers, telephones and accounts: no answer shows one, but those that say so. */
  secrets: string[]
}

/** What `given-surveys.ts` adds to a place. */
export type SurveyKey = 'targetId' | 'quizId' | 'quizQuestionId' | 'quizParticipantId' | 'quizAnswerId'

/** A PNG of one pixel. */
export const smallPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A word that stands in every text of the village, and nowhere else. */
export const markOf = { own: '本村信', near: '邻暗记', far: '远暗记' } as const
const tailOf = { own: '11', near: '22', far: '33' } as const
const soundOf = { own: 'bencunxin', near: 'linanji', far: 'yuananji' } as const

export const phoneOf = (name: PlaceName, at: number) => `15400${tailOf[name]}7${tailOf[name]}${at}`
export const accountOf = (name: PlaceName, at: number) => `62288${tailOf[name]}00031415926${at}`

/** Two households of a village with their persons and leads, every text marked. What routes write is added by `given-world.ts`. */
export async function givenPlace(
  ctx: Context,
  given: { vault: Vault; name: PlaceName; area: Area; township: Area; runId: string; months: readonly string[] },
): Promise<
  Omit<
    Place,
    | 'eventId'
    | 'tagId'
    | 'correctionId'
    | 'villageKindId'
    | 'exceptionId'
    | 'caseId'
    | 'caseMeasureId'
    | 'incomeLineId'
    | 'incomeCalculationId'
    | 'caseCheckId'
    | 'intakeId'
    | 'meetingId'
    | 'noticeId'
    | 'noticeFileId'
    | 'objectionId'
    | 'attachmentId'
    | SurveyKey
    | 'problemId'
    | 'letterId'
    | 'evidenceId'
    | 'extensionId'
    | 'sameCheckId'
    | 'inspectionId'
    | 'recordId'
    | 'recordFileId'
  >
> {
  const { vault, name, area, township, months } = given
  const mark = markOf[name]
  const ids = [givenIdNumber(), givenIdNumber(), givenIdNumber()]
  const phones = [1, 2, 3].map((at) => phoneOf(name, at))
  const homeOf = async (at: 0 | 1): Promise<Home> => {
    const people = at === 0 ? [`${mark}山`, `${mark}禾`] : [`${mark}河`]
    const made = await givenHousehold(ctx, vault, {
      areaPath: `${area.path}01.`,
      township: township.name,
      village: area.name,
      group: `${mark}组`,
      type: name === 'own' ? '一般农户' : '脱贫户',
      ...(name === 'own' ? {} : { monitorCategory: '边缘易致贫户' }),
      ...(at === 0 ? { phone: phones[0] ?? '' } : {}),
      facts: { address: `${mark}路`, resettlementAddress: `${mark}小区`, bankName: `${mark}信用社` },
      members: people.map((person, place) => ({
        name: person,
        idNumber: ids[at * 2 + place] ?? '',
        phone: phones[at + 1] ?? '',
        monthlyIncomeFen: 123_456,
        facts: { schoolName: `${mark}小学`, workPlace: `${mark}厂`, employer: `${mark}公司`, jobServiceNeed: `${mark}培训` },
      })),
    })
    const personId = made.persons[0]?.personId ?? ''
    const leadIds = []
    for (const month of months) {
      const evidence = [
        { file: `${mark}清单.xlsx`, sheet: `${mark}表`, row: 7, class: 'exact' as const, facts: { studyState: `${mark}辍学` } },
      ]
      const reasons = [{ rule: 'L04', list: 'education' as const, value: `${mark}值`, personId, evidence }]
      const lead = { runId: given.runId, month, householdId: made.householdId, areaPath: `${area.path}01.`, reasons }
      leadIds.push(await givenLead(ctx, lead))
    }
    const personNos = made.persons.map((person) => person.personNo)
    const seen = { sex: '女', address: `${mark}路` }
    const { householdId, householdNo } = made
    const findingId = await givenFinding(ctx, { areaPath: `${area.path}01.`, householdId, personId, seen })
    const authorisationId = await givenAuthorisation(ctx, { areaPath: `${area.path}01.`, householdId, personId, paper: `${mark}授权书` })
    return { householdId, householdNo, personId, personNos, leadId: leadIds[0] ?? '', findingId, authorisationId }
  }
  const [first, second] = [await homeOf(0), await homeOf(1)]
  const twice = await givenDuplicate(ctx, {
    areaPath: `${area.path}01.`,
    personIds: [first.personId, second.personId],
    mark: `${mark}合并`,
  })
  const nationalChangeId = await givenNationalChange(ctx, {
    areaPath: `${area.path}01.`,
    householdId: second.householdId,
    personId: second.personId,
    mark: `${mark}厂`,
  })
  const sound = soundOf[name]
  const named = [mark, `${mark}山`, mark.slice(1), `${mark.slice(1)}山`, sound, `${sound}shan`, sound.slice(0, 3)]
  const numbers = [first.householdNo, second.householdNo, ...first.personNos, ...second.personNos]
  return {
    name,
    area,
    township,
    first,
    second,
    ...twice,
    nationalChangeId,
    searches: [...named, ...numbers, first.householdNo.slice(0, 12), ...ids, ...phones],
    canaries: [
      mark,
      sound,
      area.path,
      ...(name === 'own' ? [] : [area.name]),
      area.code,
      ...numbers,
      ...Object.values(twice),
      nationalChangeId,
      ...[first, second].flatMap((home) => [home.householdId, home.personId, home.leadId, home.findingId, home.authorisationId]),
      ...ids.map(maskIdNumber),
      ...phones.map(maskPhone),
    ],
    townshipCanaries: name === 'far' ? [township.path, township.name, township.code] : [],
    secrets: [...ids, ...phones, accountOf(name, 1), accountOf(name, 2), phoneOf(name, 8)],
  }
}

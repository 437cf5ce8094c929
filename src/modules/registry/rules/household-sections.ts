import { fields } from '../policy/policy.ts'

/** A part of the household page. `core` fields are shown even when nobody knows them; `more` only when somebody has stated them. */
export interface HouseholdSection {
  readonly key: 'why' | 'income' | 'safeguards' | 'living' | 'land' | 'measures' | 'helper' | 'other'
  readonly core: readonly string[]
  readonly more: readonly string[]
}

const risk = [
  'identifiedMonth',
  'riskType1',
  'riskType2',
  'riskType3',
  'riskType4',
  'riskType5',
  'eliminated',
  'eliminatedMonth',
  'eliminationMode',
]
const incomeCore = [
  'wageIncome',
  'businessIncome',
  'propertyIncome',
  'transferIncome',
  'businessExpense',
  'eligibleOwnPaidExpense',
  'netIncome',
  'netIncomePerCapita',
]
const afterRisk = fields.filter(({ key, entity }) => entity === 'household' && /^post[A-Z]/.test(key)).map(({ key }) => key)
const measures = fields.filter(({ key, entity }) => entity === 'household' && /^measure[A-Z]/.test(key)).map(({ key }) => key)

/** Money of the household's year; what was counted for identification or after the risk stands with the reasons. */
function isIncome(key: string, type: string): boolean {
  return (
    key === 'periodStart' ||
    key === 'periodEnd' ||
    (type === 'money' && !/^(reference|post)[A-Z]/.test(key) && fields.some((field) => field.key === key && field.entity === 'household'))
  )
}

const given: readonly HouseholdSection[] = [
  {
    key: 'why',
    core: [],
    more: [
      ...risk,
      'naturalDisasterType',
      'riskRemark',
      'mainPovertyCause',
      'otherPovertyCauses',
      'referenceIncome',
      'referenceIncomePerCapita',
      ...afterRisk,
    ],
  },
  {
    key: 'income',
    core: incomeCore,
    more: fields.filter(({ key, type }) => isIncome(key, type) && !incomeCore.includes(key)).map(({ key }) => key),
  },
  {
    key: 'safeguards',
    core: ['houseGrade', 'dangerousHouse', 'safeWater', 'waterDifficult'],
    more: [
      'houseStructure',
      'houseBuiltYear',
      'houseRenovated',
      'houseRenovationYear',
      'waterSource',
      'schoolDropoutAtIdent',
      'houseUnsafeAtIdent',
      'waterUnsafeAtIdent',
      'uninsuredAtIdent',
    ],
  },
  {
    key: 'living',
    core: ['roadType', 'domesticPower', 'sanitaryToilet', 'toiletUsable'],
    more: [
      'houseRoadPaved',
      'distanceToMainRoadKm',
      'housingAreaM2',
      'productionPower',
      'broadcastTv',
      'fuelType',
      'relocated',
      'resettlementType',
      'inResettlementSite',
      'address',
    ],
  },
  {
    key: 'land',
    core: ['cultivatedLandMu'],
    more: [
      'irrigatedLandMu',
      'forestLandMu',
      'grainForGreenMu',
      'orchardMu',
      'pastureMu',
      'waterSurfaceMu',
      'cooperativeMember',
      'leadingEnterpriseLink',
      'entrepreneurLink',
      'industrySupportKind',
    ],
  },
  { key: 'measures', core: [], more: ['developmentMeasureStatus', ...measures, 'publicPostRemark'] },
  {
    key: 'helper',
    core: ['helperName'],
    more: ['helperOrganization', 'helperPhone', 'helperRole', 'pairingStart', 'pairingEnd', 'monitoringContact', 'monitoringContactPhone'],
  },
]

/** What stands in the head of the page already. */
const inHead = new Set(['headName', 'householdType', 'monitorCategory', 'householdNo'])

/** The parts of the household page (ux.md D5); fields that no part names stand in the last one. */
export const householdSections: readonly HouseholdSection[] = [
  ...given,
  { key: 'other', core: [], more: restOf(new Set(given.flatMap(({ core, more }) => [...core, ...more]))) },
]

function restOf(placed: ReadonlySet<string>): string[] {
  return fields.filter(({ key, entity }) => entity === 'household' && !placed.has(key) && !inHead.has(key)).map(({ key }) => key)
}

/**
 * What the rules read: rows of the national system's exports, as stated there. Names are field keys of the register
 * (registry/policy/fields.json says label, unit and meaning of each); amounts are in fen, land in mu, distances in km.
 */

/**
 * How a cell is read. `text`: '' when empty; yes and no are 是 and 否. `number`: null when empty, NaN when it is none.
 * `month`: months since year 0 (`monthOf`), `day`: year, month and day as one number (20231231); both null when empty, NaN when unreadable.
 */
export type CellKind = 'text' | 'number' | 'month' | 'day' | 'id' | 'phone'

/** An ID number as the statement has it: the number itself stays encrypted. */
export interface IdNumber {
  length: number
  /** `right`: the first 18 characters are digits, a real date and the right check character; `placeholder` begins with 999999. */
  what: 'right' | 'wrong' | 'placeholder'
  /** Day and sex that a right number holds. */
  bornOn: number
  sex: string
  /** Characters 19 and 20 of a disability certificate: kind and grade. */
  readonly tail: string
  /** Two parts of the blind index of the first 18 characters: both equal for equal numbers. */
  key: number
  check: number
}

/** A telephone as the statement has it. */
export interface Phone {
  /** Eleven digits, 13 to 19 in front. */
  isMobile: boolean
  /** Last four digits. */
  readonly tail: string
  /** Two parts of the blind index: both equal for equal telephones. */
  key: number
  check: number
}

interface ValueOf {
  text: string
  number: number | null
  month: number | null
  day: number | null
  id: IdNumber | null
  phone: Phone | null
}
type Facts<Fields extends Record<string, CellKind>> = { -readonly [Key in keyof Fields]: ValueOf[Fields[Key]] }

/** Cells of a person in the monitoring export. */
export const personFields = {
  sex: 'text',
  idType: 'text',
  idNumber: 'id',
  birthDate: 'day',
  relationToHead: 'text',
  ethnicity: 'text',
  educationLevel: 'text',
  studentStatus: 'text',
  dropoutReason: 'text',
  healthStatus: 'text',
  disabilityGrade: 'text',
  laborSkill: 'text',
  personPhone: 'phone',
  workPlace: 'text',
  workMonths: 'number',
  publicPostType: 'text',
  publicPostMonths: 'number',
  residentMedicalInsurance: 'text',
  employeeMedicalInsurance: 'text',
  majorIllnessInsurance: 'text',
  residentPension: 'text',
  employeePension: 'text',
  dibaoStatus: 'text',
  tekunStatus: 'text',
} as const satisfies Record<string, CellKind>

/** Cells of a household in the monitoring export. */
export const householdFields = {
  regionCode: 'text',
  householdPhone: 'phone',
  monitorCategory: 'text',
  memberCount: 'number',
  noLaborHousehold: 'text',
  cultivatedLandMu: 'number',
  forestLandMu: 'number',
  grainForGreenMu: 'number',
  orchardMu: 'number',
  pastureMu: 'number',
  waterSurfaceMu: 'number',
  distanceToMainRoadKm: 'number',
  houseRoadPaved: 'text',
  housingAreaM2: 'number',
  houseGrade: 'text',
  dangerousHouse: 'text',
  safeWater: 'text',
  sanitaryToilet: 'text',
  domesticPower: 'text',
  wageIncome: 'number',
  wageMigrant: 'number',
  wagePublicPostTotal: 'number',
  wageOther: 'number',
  businessIncome: 'number',
  businessCrops: 'number',
  businessLivestock: 'number',
  businessForestFruit: 'number',
  businessOther: 'number',
  propertyIncome: 'number',
  propertyAssetDividend: 'number',
  propertyLandTransfer: 'number',
  propertyEntrusted: 'number',
  propertyOther: 'number',
  transferIncome: 'number',
  transferFamilyPlanning: 'number',
  transferDibao: 'number',
  transferTekun: 'number',
  transferPension: 'number',
  transferEcology: 'number',
  transferOther: 'number',
  transferFarmland: 'number',
  transferOldAge: 'number',
  transferPreferential: 'number',
  transferDisability: 'number',
  transferEducation: 'number',
  transferDisasterRelief: 'number',
  transferSupportFee: 'number',
  transferSocialRelief: 'number',
  transferAntiPovertyInsurance: 'number',
  transferDonation: 'number',
  transferIndustryAward: 'number',
  transferEmploymentAward: 'number',
  businessExpense: 'number',
  expenseCrops: 'number',
  expenseLivestock: 'number',
  expenseForestFruit: 'number',
  expenseOther: 'number',
  eligibleOwnPaidExpense: 'number',
  grossIncome: 'number',
  netIncome: 'number',
  netIncomePerCapita: 'number',
  lastYearNetIncomePerCapita: 'number',
  eliminated: 'text',
  identifiedMonth: 'month',
  riskType1: 'text',
  riskType2: 'text',
  riskType3: 'text',
  riskType4: 'text',
  riskType5: 'text',
  naturalDisasterType: 'text',
  riskRemark: 'text',
  schoolDropoutAtIdent: 'text',
  houseUnsafeAtIdent: 'text',
  waterUnsafeAtIdent: 'text',
  uninsuredAtIdent: 'text',
  developmentMeasureStatus: 'text',
  measureIndustry: 'text',
  measureEmployment: 'text',
  measureFinance: 'text',
  measurePublicPost: 'text',
  measureHealth: 'text',
  measureCompulsoryEducation: 'text',
  measureEducation: 'text',
  measureComprehensive: 'text',
  measureHousing: 'text',
  measureWater: 'text',
  measureSocial: 'text',
  measureRelocation: 'text',
  measureLivingConditions: 'text',
  measureInfrastructure: 'text',
  eliminatedMonth: 'month',
  eliminationMode: 'text',
  monitoringContact: 'text',
  monitoringContactPhone: 'phone',
  postDropout: 'text',
  postHouseDamaged: 'text',
  postUninsured: 'text',
  postWaterDamaged: 'text',
  postWageIncome: 'number',
  postPropertyIncome: 'number',
  postTransferIncome: 'number',
  postBusinessIncome: 'number',
  postBusinessExpense: 'number',
  postNetIncome: 'number',
  postNetIncomePerCapita: 'number',
  postClaimIncome: 'number',
  postEligibleOwnPaidExpense: 'number',
} as const satisfies Record<string, CellKind>

/** Cells of one row of the out-work export. */
export const workFields = {
  currentlyWorking: 'text',
  startMonth: 'month',
  endMonth: 'month',
  workCounty: 'text',
  monthlyWage: 'number',
  employer: 'text',
  industry: 'text',
  channel: 'text',
  pointToPoint: 'text',
  transportSubsidy: 'number',
} as const satisfies Record<string, CellKind>

/** Cells of one row of the planned-work export. */
export const planFields = { planToWork: 'text', jobServiceNeed: 'text' } as const satisfies Record<string, CellKind>

/** Cells of a village in the village export. */
export const villageFields = {
  regionCode: 'text',
  villageExited: 'text',
  totalHouseholds: 'number',
  totalPopulation: 'number',
  dibaoHouseholds: 'number',
  dibaoPopulation: 'number',
  tekunPopulation: 'number',
  disabledPopulation: 'number',
  dangerousHouseHouseholds: 'number',
  unsafeWaterHouseholds: 'number',
  pensionParticipants: 'number',
  pavedRoadToTown: 'text',
  busService: 'text',
  primarySchools: 'number',
  clinics: 'number',
  doctors: 'number',
  publicToilets: 'number',
  libraries: 'number',
  wastePoints: 'number',
  collectiveIncome: 'number',
  villageCultivatedLandMu: 'number',
  villageForestLandMu: 'number',
} as const satisfies Record<string, CellKind>

export type WorkRow = Facts<typeof workFields>
export type PlanRow = Facts<typeof planFields>

/** A person of a household; `works` and `plan` are rows of the other exports. */
export interface Person extends Facts<typeof personFields> {
  /** Full years on the day of the check; null when the birth date is empty or none. */
  age: number | null
  works: readonly WorkRow[]
  plan: PlanRow | null
  /** Whether another person of the register has the same number (known once the whole register has been read). */
  sharesIdNumber: boolean
}

/** A household with its persons in the order of their numbers. */
export interface Household extends Facts<typeof householdFields> {
  members: readonly Person[]
  /** The first 户主. */
  head: Person | null
  /** Whether a person of another household has the same telephone (known once the whole register has been read). */
  sharesPhone: boolean
}

/** A village with the sums over its households of the monitoring export. */
export interface Village extends Facts<typeof villageFields> {
  cultivatedOfHouseholdsMu: number
  forestOfHouseholdsMu: number
}

/** Months since year 0, so that months can be subtracted: `monthOf(2023, 12)`. */
export function monthOf(year: number, month: number): number {
  return year * 12 + month - 1
}

/** Full years between two days given as numbers (20231231); somebody born on 29 February has the birthday on 1 March of other years. */
export function fullYears(bornOn: number, on: number): number {
  const years = Math.floor(on / 10_000) - Math.floor(bornOn / 10_000)
  return on % 10_000 < bornOn % 10_000 ? years - 1 : years
}

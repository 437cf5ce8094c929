/** A part of a person's page: fields of policy/fields.json, shown when somebody has stated them. */
export interface PersonSection {
  readonly key: 'self' | 'work' | 'plan' | 'school' | 'health' | 'cover'
  readonly fields: readonly string[]
}

/** The parts of a person's page in the order in which a reader asks: who, at work, at school, in health, covered by what. */
export const personSections: readonly PersonSection[] = [
  {
    key: 'self',
    fields: [
      'ethnicity',
      'politicalStatus',
      'speaksMandarin',
      'activeMilitary',
      'relocatedPerson',
      'unattendedChild',
      'personIdentifiedMonth',
      'memberChangeReason',
    ],
  },
  {
    key: 'work',
    fields: [
      'currentlyWorking',
      'monthlyWage',
      'workPlace',
      'workProvince',
      'workPrefecture',
      'workCounty',
      'workRegion',
      'workAbroad',
      'workEmployer',
      'employer',
      'industry',
      'industryClass',
      'employmentChannel',
      'channel',
      'startMonth',
      'endMonth',
      'workMonths',
      'publicPostType',
      'publicPostMonths',
      'pointToPoint',
      'transportSubsidy',
      'earlierWork',
      'graduateUnemployedReason',
    ],
  },
  {
    key: 'plan',
    fields: ['planToWork', 'planToWorkAway', 'plannedProvince', 'plannedPrefecture', 'plannedCounty', 'jobServiceNeed'],
  },
  { key: 'school', fields: ['educationLevel', 'studentStatus', 'schoolName', 'dropoutReason'] },
  {
    key: 'health',
    fields: [
      'healthStatus',
      'disabilityCategory',
      'disabilityGrade',
      'disabilityCertificateYear',
      'medicalAssistance',
      'otherHealthAssistance',
    ],
  },
  {
    key: 'cover',
    fields: [
      'residentMedicalInsurance',
      'employeeMedicalInsurance',
      'majorIllnessInsurance',
      'commercialMedicalInsurance',
      'residentPension',
      'employeePension',
      'accidentInsuranceSubsidy',
      'dibaoStatus',
      'dibaoStartMonth',
      'tekunStatus',
    ],
  },
]

import type { Village } from './facts.ts'
import { isAbove, isBelow } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

function lacksIndicators(village: Village): boolean {
  return (
    village.totalPopulation === null ||
    village.collectiveIncome === null ||
    village.primarySchools === null ||
    village.pensionParticipants === null ||
    village.busService === '' ||
    village.clinics === null ||
    village.publicToilets === null ||
    village.doctors === null ||
    village.wastePoints === null ||
    village.libraries === null ||
    village.dibaoHouseholds === null ||
    village.dibaoPopulation === null ||
    village.tekunPopulation === null ||
    village.disabledPopulation === null ||
    village.totalHouseholds === null
  )
}

/** Administrative villages. */
export const villageRules = {
  village: {
    Q136: () => (village) =>
      village.totalHouseholds !== null &&
      (isAbove(village.unsafeWaterHouseholds, village.totalHouseholds) ||
        isAbove(village.dangerousHouseHouseholds, village.totalHouseholds)),
    Q137: (given: RuleGiven) => {
      const tolerance = given.limit('toleranceMu')
      return (village) =>
        isBelow(village.villageCultivatedLandMu, village.cultivatedOfHouseholdsMu - tolerance) ||
        isBelow(village.villageForestLandMu, village.forestOfHouseholdsMu - tolerance)
    },
    Q138: () => (village) => village.villageExited === '是' && lacksIndicators(village),
    Q139: () => (village) => village.villageExited === '是' && village.pavedRoadToTown !== '是',
  },
} as const satisfies TopicRules

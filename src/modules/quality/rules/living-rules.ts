import type { Household } from './facts.ts'
import { isAbove } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

function isOutside(area: number | null, most: number): boolean {
  return area !== null && (area < 0 || area > most)
}

function lacksLand(household: Household): boolean {
  return (
    household.cultivatedLandMu === null ||
    household.forestLandMu === null ||
    household.grainForGreenMu === null ||
    household.orchardMu === null ||
    household.pastureMu === null ||
    household.waterSurfaceMu === null
  )
}

/** Land, house, water, road and power. */
export const livingRules = {
  household: {
    Q042: () => (household) => household.monitorCategory === '' && household.dangerousHouse === '是',
    Q043: () => (household) => household.monitorCategory === '' && household.safeWater === '否',
    Q044: (given: RuleGiven) => {
      const [field, wood] = [given.limit('fieldMu'), given.limit('woodMu')]
      return (household) =>
        isOutside(household.cultivatedLandMu, field) ||
        isOutside(household.pastureMu, field) ||
        isOutside(household.waterSurfaceMu, field) ||
        isOutside(household.forestLandMu, wood) ||
        isOutside(household.grainForGreenMu, wood) ||
        isOutside(household.orchardMu, wood)
    },
    Q045: () => lacksLand,
    Q046: () => (household) => isAbove(household.grainForGreenMu, (household.forestLandMu ?? 0) + (household.pastureMu ?? 0)),
    Q047: (given: RuleGiven) => {
      const most = given.limit('km')
      return (household) => household.distanceToMainRoadKm === null || household.distanceToMainRoadKm > most
    },
    Q048: () => (household) => household.houseRoadPaved === '',
    Q049: () => (household) => household.housingAreaM2 === null,
    Q050: () => (household) => household.dangerousHouse === '',
    Q051: () => (household) => household.safeWater === '',
    Q052: () => (household) => household.sanitaryToilet === '',
    Q053: () => (household) => household.domesticPower === '' || household.domesticPower === '否',
    Q054: () => (household) => (household.houseGrade === 'C级' || household.houseGrade === 'D级') && household.dangerousHouse === '否',
  },
} as const satisfies TopicRules

import { PageLink } from '#ui/plug/page-link.tsx'
import type { HouseholdCard } from '../rules/register-records.ts'

/** Segments of the path of a village; a group has one more. */
const villageDepth = 5

/** The page of the village in which a path lies; undefined above villages. */
export function villagePageOf(areaPath: string): string | undefined {
  const parts = areaPath.split('.').slice(0, -1)
  return parts.length < villageDepth ? undefined : `/registry/villages/${parts.slice(0, villageDepth).join('.')}.`
}

/** Township, village and group of a household, the village as a link to its page. */
export function VillageLink({ place }: { place: Pick<HouseholdCard, 'township' | 'village' | 'group' | 'areaPath'> }) {
  const to = villagePageOf(place.areaPath)
  return (
    <span>
      {place.township} {to === undefined ? place.village : <PageLink to={to}>{place.village}</PageLink>} {place.group ?? ''}
    </span>
  )
}

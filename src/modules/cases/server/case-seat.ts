import type { Context } from '#kernel/server/caller/index.ts'
import { countyPathOf, seatOfPath, type CallerSeat } from '../rules/case-seat.ts'

/** Where the caller sits; a helper's households are no seat. */
export function seatOfCaller({ scope }: Context): CallerSeat {
  if (scope.kind === 'area') return seatOfPath(scope.path)
  return scope.kind === 'households' ? { level: 'none', path: '' } : seatOfPath(countyPathOf(scope.countyCode))
}

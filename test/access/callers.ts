import type { RoleKey } from '../../src/modules/identity/contract.ts'
import type { PlaceName } from './places.ts'

/** Who calls: a role in the area where it may be given, or one of three without standing. The order is that of the columns of `expected.ts`. */
export const callers = {
  D: { role: 'county-data-officer', level: 'county' },
  L: { role: 'county-leader', level: 'county' },
  C: { role: 'department-clerk', level: 'county' },
  c: { role: 'department-clerk', level: 'township' },
  T: { role: 'township-officer', level: 'township' },
  V: { role: 'village-cadre', level: 'village' },
  H: { role: 'helper', level: 'village' },
  h: { role: 'helper', level: 'township' },
  k: { role: 'helper', level: 'county' },
  S: { role: 'supervisor', level: 'county' },
  s: { role: 'supervisor', level: 'township' },
  Y: { role: 'system-administrator', level: 'county' },
  E: { role: 'security-administrator', level: 'county' },
  A: { role: 'audit-administrator', level: 'county' },
} as const satisfies Record<string, { role: RoleKey; level: 'county' | 'township' | 'village' }>

/** Nobody; a data officer whose one-time password is not yet changed; a data officer who was disabled while logged in. */
export const strangers = ['N', 'P', 'X'] as const

export type OfficialKey = keyof typeof callers
export type CallerKey = OfficialKey | (typeof strangers)[number]
// Safe: the keys of an object literal are its keys.
export const officialKeys = Object.keys(callers) as OfficialKey[]
export const callerKeys: readonly CallerKey[] = [...officialKeys, ...strangers]

/** Whose households a caller may see, by hand: the county all, a township its villages, a village its own, a helper those that are his work. */
export const reachOf: Readonly<Record<CallerKey, readonly PlaceName[]>> = {
  D: ['own', 'near', 'far'],
  L: ['own', 'near', 'far'],
  C: [],
  c: [],
  T: ['own', 'near'],
  V: ['own'],
  H: ['own'],
  h: ['own'],
  k: ['own'],
  S: ['own', 'near', 'far'],
  s: ['own', 'near'],
  Y: [],
  E: [],
  A: [],
  N: [],
  P: [],
  X: [],
}

import * as z from 'zod'
import { AreaLevel, RoleKey } from '../contract.ts'

/** What a role is: its name, the levels of areas at which it may be given (the first is the usual one), and what it may do. */
const Role = z.strictObject({
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  levels: z.array(AreaLevel).min(1),
  /** `area`: the scope is the role's area. `households`: only the households that are the user's own work. */
  scope: z.enum(['area', 'households']),
  /** Roles that the same person may not hold beside this one. */
  apartFrom: z.array(RoleKey).optional(),
  /** When present: the only roles that the same person may hold beside this one. */
  onlyBeside: z.array(RoleKey).optional(),
  /** Sessions of administrators end sooner. */
  isAdministrator: z.boolean().optional(),
  /** Object → actions, such as `"registry.household": ["read"]`. */
  grants: z.record(z.string().regex(/^[a-z-]+\.[a-z-]+$/), z.array(z.string().regex(/^[a-z-]+$/))),
})

/** What the authority may change about users: roles, passwords, locks and sessions (trust.md §2.9). */
export const IdentityPolicy = z.strictObject({
  source: z.string(),
  roles: z.record(RoleKey, Role),
  passwords: z.strictObject({ leastLength: z.number().int().min(8), commonest: z.array(z.string()) }),
  lock: z.strictObject({ tries: z.number().int().positive(), minutes: z.number().int().positive() }),
  sessions: z.strictObject({
    idleMinutesOfAdministrators: z.number().int().positive(),
    idleMinutes: z.number().int().positive(),
    longestHours: z.number().int().positive(),
  }),
  /** Names of provinces by the first two digits of the county code (GB/T 2260). */
  provinces: z.record(z.string().regex(/^\d{2}$/), z.string()),
})
export type IdentityPolicy = z.infer<typeof IdentityPolicy>

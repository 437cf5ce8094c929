import type { AreaLevel, RoleKey } from '../contract.ts'
import type { IdentityPolicy } from '../policy/policy.ts'

type Roles = IdentityPolicy['roles']
export type RoleReason = 'no-role' | 'role-not-at-this-level' | 'roles-not-together'
export type RoleVerdict = { ok: true } | { ok: false; reasons: RoleReason[] }

/** Whether one person may hold these roles in an area of this level. System, security and audit administrator are three people. */
export function judgeRoles(policy: IdentityPolicy, roles: readonly RoleKey[], level: AreaLevel): RoleVerdict {
  const reasons = new Set<RoleReason>()
  if (roles.length === 0) reasons.add('no-role')
  for (const role of roles) {
    const { levels, apartFrom = [], onlyBeside } = policy.roles[role]
    if (!levels.includes(level)) reasons.add('role-not-at-this-level')
    for (const other of roles) {
      if (other === role) continue
      if (apartFrom.includes(other) || onlyBeside?.includes(other) === false) reasons.add('roles-not-together')
    }
  }
  return reasons.size === 0 ? { ok: true } : { ok: false, reasons: [...reasons] }
}

/** Whether one of the roles grants the action on the object. A word that is no role grants nothing. */
export function isGranted(policy: IdentityPolicy, roles: readonly string[], wanted: { object: string; action: string }): boolean {
  return roles.some((role) => isRole(policy.roles, role) && policy.roles[role].grants[wanted.object]?.includes(wanted.action) === true)
}

/** Everything the roles grant, as `object:action`, for screens. */
export function listGrants(policy: IdentityPolicy, roles: readonly RoleKey[]): Record<string, boolean> {
  const can: Record<string, boolean> = {}
  for (const role of roles) {
    for (const [object, actions] of Object.entries(policy.roles[role].grants)) {
      for (const action of actions) can[`${object}:${action}`] = true
    }
  }
  return can
}

/** How far the roles reach: an area role decides by its area, a helper alone by his households, no role by nothing. */
export function judgeReach(policy: IdentityPolicy, roles: readonly RoleKey[], level: AreaLevel): 'county' | 'area' | 'households' {
  if (!roles.some((role) => policy.roles[role].scope === 'area')) return 'households'
  return level === 'county' ? 'county' : 'area'
}

/** Minutes after which a session without a request ends. */
export function idleMinutesOf(policy: IdentityPolicy, roles: readonly RoleKey[]): number {
  const isAdministrator = roles.some((role) => policy.roles[role].isAdministrator === true)
  return isAdministrator ? policy.sessions.idleMinutesOfAdministrators : policy.sessions.idleMinutes
}

/** The role with this key or Chinese name, as a sheet writes it. */
export function readRole(policy: IdentityPolicy, written: string): RoleKey | undefined {
  const text = written.normalize('NFKC').trim()
  if (isRole(policy.roles, text)) return text
  // Safe: the keys of the policy's roles are role keys.
  return (Object.keys(policy.roles) as RoleKey[]).find((key) => policy.roles[key].name.zh === text)
}

function isRole(roles: Roles, text: string): text is RoleKey {
  return Object.hasOwn(roles, text)
}

import type { IdentityPolicy } from '../policy/policy.ts'

export type PasswordReason =
  | 'too-short'
  | 'too-common'
  | 'too-uniform'
  | 'holds-login-name'
  | 'holds-name'
  | 'holds-phone'
  | 'same-as-before'

/** What a new password is judged by. `phone` is absent where none is known. */
export interface PasswordFacts {
  password: string
  currentPassword: string
  name: string
  loginName: string
  phone?: string | undefined
}

/** Why a password may not be used; none: it may. Length counts characters, not bytes. */
export function judgePassword(facts: PasswordFacts, policy: IdentityPolicy['passwords']): PasswordReason[] {
  const { password, currentPassword, name, loginName, phone } = facts
  const plain = password.normalize('NFKC').toLowerCase()
  const holds = (text: string) => text.length > 1 && plain.includes(text.toLowerCase())
  const reasons: PasswordReason[] = []
  if (Array.from(password).length < policy.leastLength) reasons.push('too-short')
  if (policy.commonest.includes(plain)) reasons.push('too-common')
  if (new Set(plain).size < 4) reasons.push('too-uniform')
  if (holds(loginName)) reasons.push('holds-login-name')
  if (holds(name)) reasons.push('holds-name')
  if (phone !== undefined && holds(phone)) reasons.push('holds-phone')
  if (password === currentPassword) reasons.push('same-as-before')
  return reasons
}

import * as z from 'zod'
import { ListKind } from '../contract.ts'
import written from './authorisation.json' with { type: 'json' }

const Version = z.strictObject({
  version: z.string(),
  from: z.iso.date(),
  area: z.string(),
  document: z.string(),
  note: z.string().optional(),
  demands: z.record(ListKind, z.boolean()),
  defaultMonths: z.int().min(1).max(60),
})
export type AuthorisationPolicy = z.infer<typeof Version>
const versions = z.array(Version).min(1).parse(written.versions)

/** Which lists may only be compared with an authorisation, as shipped, on a day. */
export function authorisationPolicyOn(day: string): AuthorisationPolicy {
  const inForce = versions.filter((version) => version.from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  const found = inForce[0] ?? versions[0]
  if (found === undefined) throw new Error('authorisation.json holds no version')
  return found
}

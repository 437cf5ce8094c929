import type { ServerPlug } from '#kernel/server/http/index.ts'
import { policyErrorWords } from '../rules/finding-words.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { factRoutes } from './fact-routes.ts'
import { policyRoutes } from './routes.ts'

// What the demo county does before anybody is logged in.
export { draftPolicy, movePolicy, publishPolicy } from './write-drafts.ts'

/** Policies for the server: the catalogue, its versions and what stands on them. */
export function makePoliciesPlug(): ServerPlug {
  return { name: 'policies', errorWords: policyErrorWords, routes: [...policyRoutes(), ...factRoutes(), ...calendarRoutes()] }
}

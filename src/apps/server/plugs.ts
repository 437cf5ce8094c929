import type { Gatekeeper, ServerPlug } from '#kernel/server/http/index.ts'
import { makeIdentityPlug } from '#modules/identity/server/module.ts'
import type { Installation } from './installation.ts'
import { addWords } from './say.ts'

/** The one place that lists the modules of the server. */
export function makePlugs(
  installation: Installation,
  given: { mayFoundFromElsewhere: boolean },
): { plugs: ServerPlug[]; gatekeeper: Gatekeeper } {
  const { database, vault } = installation
  const identity = makeIdentityPlug({ database, vault, mayFoundFromElsewhere: given.mayFoundFromElsewhere })
  const plugs: ServerPlug[] = [identity]
  for (const plug of plugs) addWords(plug.errorWords)
  return { plugs, gatekeeper: identity.gatekeeper }
}

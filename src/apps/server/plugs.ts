import { mkdirSync, rmSync } from 'node:fs'
import type { Gatekeeper, ServerPlug } from '#kernel/server/http/index.ts'
import { makeIdentityPlug, removeDemoCounty } from '#modules/identity/server/module.ts'
import { forgetDemoAccounts } from './demo-accounts.ts'
import { makePoliciesPlug } from '#modules/policies/server/module.ts'
import { makeCasesPlug } from '#modules/cases/server/module.ts'
import { makeIndicatorsPlug } from '#modules/indicators/server/module.ts'
import { makeLedgersPlug } from '#modules/ledgers/server/module.ts'
import { makeRectificationPlug } from '#modules/rectification/server/module.ts'
import { makeQualityPlug } from '#modules/quality/server/module.ts'
import { makeRegistryPlug } from '#modules/registry/server/module.ts'
import { makeScreeningPlug } from '#modules/screening/server/module.ts'
import { makeSurveysPlug } from '#modules/surveys/server/module.ts'
import type { Installation } from './installation.ts'
import { addWords } from './say.ts'

/** The one place that lists the modules of the server. */
export function makePlugs(
  installation: Installation,
  given: { mayFoundFromElsewhere: boolean },
): { plugs: ServerPlug[]; gatekeeper: Gatekeeper } {
  const { database, vault } = installation
  const identity = makeIdentityPlug({
    database,
    vault,
    mayFoundFromElsewhere: given.mayFoundFromElsewhere,
    removeDemo: async () => void (await emptyDemo(installation)),
  })
  const { filesDirectory } = installation
  const plugs: ServerPlug[] = [
    identity,
    makeRegistryPlug({ database, vault, filesDirectory }),
    makeScreeningPlug({ database, vault, filesDirectory }),
    makeQualityPlug({ database, vault, filesDirectory }),
    makeCasesPlug({ database, vault, filesDirectory }),
    makeLedgersPlug({ database, vault, filesDirectory }),
    makePoliciesPlug(),
    makeRectificationPlug({ vault, filesDirectory }),
    makeSurveysPlug({ vault, filesDirectory }),
  ]
  plugs.push(makeIndicatorsPlug({ sources: indicatorSources(plugs), filesDirectory }))
  for (const plug of plugs) addWords(plug.errorWords)
  return { plugs, gatekeeper: identity.gatekeeper }
}

/** What the modules publish as figures, in their order. */
export function indicatorSources(plugs: readonly ServerPlug[]): NonNullable<ServerPlug['indicators']>[] {
  return plugs.flatMap(({ indicators }) => (indicators === undefined ? [] : [indicators]))
}

/** Empties the demo county: its rows, the files beside them and its accounts. */
export async function emptyDemo(installation: Installation): Promise<{ rows: number }> {
  const removed = await removeDemoCounty(installation.access, installation.databaseName)
  rmSync(installation.filesDirectory, { recursive: true, force: true })
  mkdirSync(installation.filesDirectory, { recursive: true, mode: 0o700 })
  forgetDemoAccounts(installation.config.dataDirectory)
  return removed
}

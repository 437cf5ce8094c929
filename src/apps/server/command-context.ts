import { defineErrors } from '#kernel/pure/errors/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { findCounty, type County } from '#modules/identity/server/module.ts'
import { textOf, type Given } from './commands/command.ts'
import type { Installation } from './installation.ts'

export const startErrors = defineErrors('start', { noCounty: 409, notDemo: 409, noFiles: 400, portTaken: 409 })

/** A run of the command line is an act of the machine's administrator: role system, with a reason in the audit (design.md §10). */
export function commandContext(
  installation: Installation,
  given: { countyCode: string; command: string; reason?: string | undefined },
): Context {
  const now = Date.now()
  return {
    caller: { id: `system:${given.command}`, name: '机器管理员', roles: [] },
    scope: grantSystem(given.countyCode, given.reason ?? `command-line.${given.command}`),
    now: instantOf(now),
    today: dayOf(now),
    database: installation.database,
    deadline: 'job',
  }
}

/** The county of this installation and a context in it; throws `start.no-county` before the founding. */
export async function openCounty(installation: Installation, given: Given, command: string): Promise<{ county: County; ctx: Context }> {
  const county = await findCounty(installation.database)
  if (county === undefined) throw startErrors.noCounty()
  return { county, ctx: commandContext(installation, { countyCode: county.code, command, reason: textOf(given, 'reason') }) }
}

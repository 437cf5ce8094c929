import type { PopulationNarrower } from '#modules/surveys/server/index.ts'
import { classNames, type ClassName } from '../../rules/classes/class-names.ts'
import { listClassValues, listHouseholdsOfClass } from './list-store.ts'

/** What a campaign's population may be filtered by, of what the cases keep of every household: layer, class, kind, card, alert. */
export const classNarrowers: readonly PopulationNarrower[] = (Object.keys(classNames) as ClassName[]).map((name) => ({
  key: `cases.${name}`,
  words: classNames[name],
  values: (ctx, db) => listClassValues(db, ctx.scope, name),
  households: async (ctx, db, values) => new Set(await listHouseholdsOfClass(db, ctx.scope, { name, values })),
}))

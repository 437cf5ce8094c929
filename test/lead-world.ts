import { beforeAll } from 'vitest'
import type { Context } from '../src/kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '../src/modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '../src/modules/registry/server/given.ts'
import type { LeadAnswer } from '../src/modules/screening/contract.ts'
import { givenLead, givenRun } from '../src/modules/screening/server/given.ts'
import { answerLead } from '../src/modules/screening/server/lead-answer.ts'
import { readLead } from '../src/modules/screening/server/lead-read.ts'
import { sendLeads } from '../src/modules/screening/server/lead-send.ts'
import { openTestWorld } from './database.ts'

type SeatName = 'county' | 'township' | 'village' | 'leader'

/** The month of all leads of this world. */
export const leadMonth = '202310'

/** A county with somebody in every seat, and one household in each of two villages of a township: the first has a cadre, the second none. */
export function openLeadWorld() {
  const world = openTestWorld()
  let county: GivenCounty | undefined
  let people: Record<SeatName, GivenUser> | undefined
  const homes: GivenHousehold[] = []
  beforeAll(async () => {
    county = await givenCounty(world.database)
    const user = (role: Parameters<typeof givenUser>[1]['role'], areaPath = '') => givenUser(world.database, { role, areaPath })
    people = {
      county: await user('county-data-officer', county.countyPath),
      township: await user('township-officer', county.townships[0]?.path),
      village: await user('village-cadre', county.villages[0]?.path),
      leader: await user('county-leader', county.countyPath),
    }
    const ctx = world.as(people.county.scope, people.county.caller)
    for (const { path, name } of county.villages.slice(0, 2)) {
      const members = [{ name: '柳青山' }, { name: '柳小禾', relation: '之子' }]
      homes.push(await givenHousehold(ctx, world.vault, { areaPath: `${path}01.`, village: name, group: '1组', members }))
    }
  })
  const opened = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('the lead world is open only inside tests')
    return thing
  }
  const as = (seat: SeatName, ctx: Context): Context => ({
    ...actingAs(opened(people)[seat], ctx),
    ...(ctx.db === undefined ? {} : { db: ctx.db }),
  })
  const deps = () => ({ vault: world.vault })
  const villagePath = (at: number) => opened(county).villages[at]?.path ?? ''
  /** A lead of the first or second village's household: two reasons, one that rests, a flag. */
  const newLead = async (ctx: Context, at = 0): Promise<string> => {
    const home = opened(homes[at])
    const reasons = [
      { rule: 'L04', list: 'education', value: '辍学', personId: home.persons[1]?.personId ?? '' },
      { rule: 'L01', list: 'medical', value: '23693.70' },
      { rule: 'L11', list: 'bank', value: '45', rests: true },
      { rule: 'N08', list: 'cars', value: '小型轿车 正常' },
    ] as const
    const runId = await givenRun(ctx, leadMonth)
    return givenLead(ctx, { runId, month: leadMonth, householdId: home.householdId, areaPath: `${villagePath(at)}01.`, reasons })
  }
  return {
    homes,
    county: () => opened(county),
    nameOf: (seat: SeatName) => opened(people)[seat].name,
    start: () => world.as(opened(people).county.scope, opened(people).county.caller),
    as,
    deps,
    villagePath,
    newLead,
    sentLead: async (ctx: Context, at = 0): Promise<string> => {
      const leadId = await newLead(ctx, at)
      await sendLeads(as('township', ctx), { leadIds: [leadId], isDryRun: false }, deps())
      return leadId
    },
    answer: async (ctx: Context, leadId: string, whole: LeadAnswer, by: SeatName = 'village') => {
      const { revision } = await readLead(as(by, ctx), leadId, deps())
      const input = { revision, answer: whole, note: '已入户，见到本人', reasons: [] }
      return answerLead(as(by, ctx), { leadId, input }, deps())
    },
  }
}

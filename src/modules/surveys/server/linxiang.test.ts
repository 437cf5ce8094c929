import { sql } from 'kysely'
import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { instantOf } from '#kernel/pure/time/index.ts'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { actingAs, givenCounty, givenUser, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { importFiles, listPopulation } from '#modules/registry/server/index.ts'
import { isFull } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { ProblemFound } from '../contract.ts'
import { shippedForms } from '../policy/forms.ts'
import { finishCall } from './finish-call.ts'
import { contentAnswers, givenCampaign } from './given.ts'
import { moveCampaign } from './move-campaign.ts'
import { readCallers, readCampaign, readProblems, readTargets } from './read-lists.ts'
import { readProgress } from './read-progress.ts'

// The campaign that was printed (M-013, M-112; F-129 to F-137): whole in `npm run test:full`, with small numbers of the same kind in `npm test`.
const printed = isFull
  ? { households: 4197, persons: 12179, callers: 42, corrections: 621, policy: 402, satisfaction: 158 }
  : { households: 42, persons: 122, callers: 5, corrections: 7, policy: 12, satisfaction: 5 }

const world = openTestWorld()

/** Numbers of households that together are exactly the printed households and persons. */
function choosePopulation(all: readonly { householdNo: string; persons: number }[]): string[] {
  const { households, persons } = printed
  const bySize = [...all].sort((a, b) => a.persons - b.persons)
  const chosen = bySize.slice(0, households)
  let lack = persons - chosen.reduce((sum, one) => sum + one.persons, 0)
  // From the smallest ones on, each is exchanged for a larger one until the persons are there.
  const spare = bySize.slice(households).reverse()
  for (let at = 0; at < chosen.length && lack > 0; at += 1) {
    const mine = chosen[at]?.persons ?? 0
    const better = spare.findIndex((other) => other.persons > mine && other.persons - mine <= lack)
    const [other] = better < 0 ? [] : spare.splice(better, 1)
    if (other === undefined) continue
    lack -= other.persons - mine
    chosen[at] = other
  }
  expect(lack, 'the county has households of every size').toBe(0)
  return chosen.map((one) => one.householdNo)
}

/** A generated county through its import; or, in a short run, some households of two townships. */
async function givenRegister(ctx: Context): Promise<{ householdNo: string; persons: number }[]> {
  if (isFull) {
    const folder = mkdtempSync(join(world.directory, 'county-'))
    await generateCounty({ households: 7000, seed: 6, out: folder, months: 1, registeredShare: 1, listDensity: 0.01 })
    const paths = readdirSync(join(folder, 'registry')).map((one) => join(folder, 'registry', one))
    const system = world.as(grantSystem(ctx.scope.countyCode, 'test'))
    const done = await importFiles(system, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
    expect(done.files.flatMap((file) => (file.error === undefined ? [] : [file.error]))).toEqual([])
  } else {
    const county = await givenCounty(world.database)
    await inTransaction(ctx, async (db) => {
      for (let at = 0; at < printed.households + 8; at += 1) {
        const village = county.villages[at % county.villages.length]
        const members = Array.from({ length: 1 + (at % 5) }, (_, place) => ({ name: `成员${place}`, facts: { workPlace: '本县' } }))
        await givenHousehold({ ...ctx, db }, world.vault, {
          areaPath: village?.path ?? '',
          village: village?.name ?? '',
          township: at % 4 < 2 ? '菱塘镇' : '汀溪乡',
          type: '脱贫户',
          phone: '15400010000',
          facts: { mainPovertyCause: '缺技术' },
          members,
        })
      }
    })
  }
  const query = { areas: [], types: [], registered: true, monitored: undefined, tags: [], householdNos: [], onlyNumbers: false }
  return inTransaction(ctx, (db) => listPopulation(db, ctx.scope, query))
}

/** What each household says: differences, policies not received, help not accepted, spread until each printed number is reached. */
function plan() {
  const form = shippedForms.find((one) => one.key === 'phone-survey')
  const policies =
    form?.questions.filter((one) => one.type === 'choice' && one.options.some((option) => option.problem?.source === 'policy')) ?? []
  const rates = form?.questions.filter((one) => one.type === 'choice' && one.rate === true) ?? []
  const said = Array.from({ length: printed.households }, (): Record<string, unknown> => ({ ...contentAnswers }))
  const spread = (count: number, start: number, mark: (answers: Record<string, unknown>, at: number) => void) => {
    for (let at = 0; at < count; at += 1) mark(said[(start + at * 3) % printed.households] ?? {}, at)
  }
  spread(printed.policy, 1, (answers, at) => {
    const question = policies[at % policies.length]
    answers[question?.key ?? ''] = 'not-done'
  })
  spread(printed.satisfaction, 2, (answers, at) => {
    answers[rates[at % rates.length]?.key ?? ''] = 'no'
  })
  return { said, classes: policies.length }
}

describe('the phone survey that was printed', () => {
  it('comes out with its households, persons, callers and problems by source', { timeout: 1_200_000 }, async () => {
    const county = await givenCounty(world.database)
    const officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
    const asOfficer = actingAs(officer, world.as(grantCounty(county.countyCode)))
    const nos = choosePopulation(await givenRegister(asOfficer))
    const callers: GivenUser[] = []
    for (let at = 0; at < printed.callers; at += 1)
      callers.push(await givenUser(world.database, { role: 'department-clerk', areaPath: county.countyPath, clock: () => testNowMs }))
    // Numbers twice in the list are one household.
    const campaign = await givenCampaign(asOfficer, {
      householdNos: [...nos, ...nos.slice(0, 3)],
      callers: callers.map((one) => one.userId),
    })
    const { campaignId } = campaign
    const before = await readProgress(asOfficer, campaignId, undefined)
    expect(before.sum).toMatchObject({ targets: printed.households, persons: printed.persons, waiting: printed.households, recorded: 0 })
    expect(before.imbalance).toEqual([])
    const { callers: rows } = await readCallers(asOfficer, campaignId)
    const loads = rows.map((row) => row.open)
    expect(loads).toHaveLength(printed.callers)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)

    const { said, classes } = plan()
    expect(classes).toBe(8)
    let at = 0
    for (const caller of callers) {
      const ctx = actingAs(caller, world.as(grantCounty(county.countyCode)))
      let next = (await readTargets(asOfficer, campaignId, { callerId: caller.userId, limit: 1 })).items[0]?.targetId
      while (next !== undefined) {
        const revision = await revisionOf(asOfficer, next)
        const answers: Record<string, unknown> = said[at] ?? {}
        // One difference each, of the household's own values.
        if (at < printed.corrections) answers['cause'] = { said: 'different', values: [{ value: '因病' }] }
        const done = await finishCall(
          ctx,
          { vault: world.vault },
          { targetId: next, input: { revision, outcome: 'answered', answers: answers as never, note: '' } },
        ) // Safe: as a form sends it.
        next = done.nextTargetId
        at += 1
      }
    }
    expect(at).toBe(printed.households)

    const after = await readProgress(asOfficer, campaignId, undefined)
    const total = printed.corrections + printed.policy + printed.satisfaction
    expect(after.problems.bySource).toEqual({
      correction: printed.corrections,
      policy: printed.policy,
      satisfaction: printed.satisfaction,
      other: 0,
    })
    expect(after.problems.total).toBe(total)
    expect(after.problems.classes.filter((one) => one.source === 'policy')).toHaveLength(8)
    expect(after.problems.corrections).toEqual({ applied: printed.corrections, proposed: 0 })
    expect(after.coverage).toEqual({ recorded: '100.00', reached: '100.00' })
    expect(after.imbalance).toEqual([])
    // Every problem was told once, with its number.
    const told = await inTransaction(world.as(grantSystem(county.countyCode, 'test')), (db) =>
      sql<{
        payload: ProblemFound
      }>`SELECT payload FROM kernel.outbox WHERE county_code = ${county.countyCode} AND event = 'surveys.problem-found'`.execute(db),
    )
    expect(new Set(told.rows.map((row) => row.payload.problemNo)).size).toBe(total)
    const [first] = (await readProblems(asOfficer, campaignId, { source: 'correction', limit: 1 })).items
    expect(first).toMatchObject({ applied: true, class: '主要致贫原因' })
    const corrected = await inTransaction(asOfficer, (db) =>
      sql<{ source: string; count: number }>`
        SELECT source, count(*)::int AS count FROM registry.correction WHERE county_code = ${county.countyCode} AND state = 'applied' GROUP BY source`.execute(
        db,
      ),
    )
    expect(corrected.rows).toEqual([{ source: `电话调查 ${campaign.campaignNo}`, count: printed.corrections }])
    const { revision } = await readCampaign(asOfficer, campaignId)
    const closed = await moveCampaign({ ...asOfficer, now: instantOf(testNowMs + 1000) }, campaignId, { revision, to: 'closed' })
    expect(closed.state).toBe('closed')
  })
})

async function revisionOf(ctx: Context, targetId: string): Promise<number> {
  const found = await inTransaction(ctx, (db) =>
    sql<{
      revision: number
    }>`SELECT revision FROM surveys.target WHERE county_code = ${ctx.scope.countyCode} AND target_id = ${targetId}::uuid`.execute(db),
  )
  return found.rows[0]?.revision ?? 0
}

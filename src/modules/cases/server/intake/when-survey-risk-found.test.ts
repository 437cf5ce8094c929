import { expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../../test/database.ts'
import { readIntakes } from './intake-read.ts'
import { whenSurveyRiskFound } from './when-survey-risk-found.ts'

const world = openTestWorld()

it('puts a risk that a campaign heard of into the inbox, once, with its household', async () => {
  const county = await givenCounty(world.database, { clock: () => testNowMs })
  const officer = world.as(grantCounty(county.countyCode), { roles: ['county-data-officer'] })
  const areaPath = county.groups[0]?.path ?? ''
  const { householdId } = await givenHousehold(officer, world.vault, { areaPath, members: [{ name: '户主甲' }] })
  const about = { campaignId: makeId(), campaignNo: '2026-001', campaignName: '电话调查', targetId: makeId() }
  const payload = { riskId: makeId(), ...about, householdId, areaPath, risks: ['因病'], foundOn: officer.today }
  const listener = whenSurveyRiskFound({ vault: world.vault })
  const ctx = world.as(grantSystem(county.countyCode, 'test'))
  // As a job is handed over, twice.
  const run = { ctx, attempt: 1, check: () => undefined, payload: { eventId: makeId(), at: officer.now, payload } }
  for (let turn = 0; turn < 2; turn += 1) await listener.handle(run as never) // Safe: the parts of a run that a listener reads.
  const { items } = await readIntakes(officer, {})
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ channel: 'visit', state: 'matched', household: { householdId } })
})

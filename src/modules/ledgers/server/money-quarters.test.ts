import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { givenPublishedTemplates, loanTemplate, subsidyTemplate, subsidyTerms } from './given-money.ts'
import { readRecord } from './read-records.ts'
import { changeRecord, makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', name: '县经办人', roles: ['county-data-officer'] })
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  await givenPublished(officer(), { key: 'funds.interest-subsidy-terms', content: subsidyTerms, effectiveFrom: '2021-03-04' })
  await givenPublishedTemplates(officer(), [subsidyTemplate, loanTemplate])
})
const make = async (templateKey: string, values: Record<string, unknown>) =>
  (await makeRecord(officer(), deps(), { templateKey, values })).recordId
const read = async (templateKey: string, recordId: string) => (await readRecord(officer(), { templateKey, recordId })).values

describe('R23 interest subsidy', () => {
  it('R23 one subsidy per loan and quarter, four in a whole year, by the loan as it stands; a quarter without one is told', async () => {
    const values = { contract: '贷2023-001', principal: '50000', rate: '0.0365', granted: '2023-01-01', until: '2023-12-31' }
    const loan = await make('own.loan', values)
    const subsidy = (until: string, days: number) => make('own.subsidy', { loan: { id: loan }, until, days: String(days) })
    const quarters: [string, number][] = [
      ['2023-03-31', 90],
      ['2023-06-30', 91],
      ['2023-09-30', 92],
    ]
    const ids: string[] = []
    for (const [until, days] of quarters) ids.push(await subsidy(until, days))
    expect(await read('own.subsidy', ids[0] ?? '')).toMatchObject({ principal: '50000.00', rate: '0.0365', amount: '456.25' })
    expect(await read('own.loan', loan)).toMatchObject({ quarters: '4', subsidised: '3', missing: '1', paid: '1383.96' })
    const twice = await subsidy('2023-07-01', 1).catch((fault: unknown) => (isNamedError(fault) ? fault : undefined))
    expect(twice).toMatchObject({ code: 'ledgers.refused', details: { problems: [{ said: { zh: '这笔贷款本季度已经贴过息' } }] } })
    await subsidy('2023-12-31', 92)
    expect(await read('own.loan', loan)).toMatchObject({ subsidised: '4', missing: '0', paid: '1850.35' })
  })

  it('R23 is worked out anew where the loan was entered wrongly, as long as it is open', async () => {
    const values = { contract: '贷2023-002', principal: '30000', rate: '0.0365', granted: '2023-01-01', until: '2023-12-31' }
    const loan = await make('own.loan', values)
    const id = await make('own.subsidy', { loan: { id: loan }, until: '2023-03-31', days: '90' })
    expect((await read('own.subsidy', id))['amount']).toBe('273.75')
    const { revision } = await readRecord(officer(), { templateKey: 'own.loan', recordId: loan })
    await changeRecord(officer(), deps(), { templateKey: 'own.loan', recordId: loan, revision, values: { principal: '50000' } })
    expect((await read('own.subsidy', id))['amount']).toBe('456.25')
    expect((await read('own.loan', loan))['paid']).toBe('456.25')
  })
})

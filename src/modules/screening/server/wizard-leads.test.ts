import { describe, expect, it } from 'vitest'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { askHouseholdEvent } from '#modules/registry/server/index.ts'
import { testNowMs } from '../../../../test/database.ts'
import { openWizardWorld } from '../../../../test/wizard-world.ts'
import { decideMatch } from './decide-match.ts'
import { keepClean } from './jobs/recover-runs.ts'
import { readInbox, readLead } from './lead-read.ts'
import { readOpenMatches, readRested, readRun } from './read-runs.ts'

const { answer, at, compare, corrections, homes, idOf, jobs, leadsOf, list, medical, storedWaiting, villageName, world } = openWizardWorld()

describe('a row that could be one of several people', () => {
  it('raises its lead at once when a person has said whom it means, and is remembered for the next month', async () => {
    const rows = [`傅桂香,,${villageName()},9000,4000`, `傅桂香,,${villageName()},2000,1500`]
    const { runId, leads, classes } = await compare('202301', medical(...rows))
    expect([leads, classes]).toEqual([0, { ambiguous: 2 }])
    const { items } = await readOpenMatches(at(testNowMs), runId, { vault: world.vault })
    // Both rows are of one key: one question.
    expect(items).toMatchObject([{ name: '傅桂香', cause: 'several-fit', waitUntil: '2023-12-21 09:00' }])
    const fitting = new Set(items[0]?.candidates.map((one) => one.personId))
    expect(fitting).toEqual(new Set([homes[1]?.persons[0]?.personId, homes[2]?.persons[0]?.personId]))
    const personId = homes[2]?.persons[0]?.personId ?? ''
    const input = { openMatchId: items[0]?.openMatchId ?? '', input: { personId }, vault: world.vault }
    const decided = await decideMatch(at(testNowMs), input)
    expect(decided).toMatchObject({ outcome: 'matched', rows: 2, leadId: expect.any(String) })
    // The two rows make 5,500 yuan together, more than the 5,000 of registered households.
    expect(await leadsOf(2)).toMatchObject([{ leadId: decided.leadId, month: '202301', rules: ['L01'] }])
    const lead = await readLead(at(testNowMs), decided.leadId ?? '', { vault: world.vault })
    expect(lead.reasons).toMatchObject([
      {
        value: '5500.00',
        evidence: [
          { row: 2, class: 'fuzzy' },
          { row: 3, class: 'fuzzy' },
        ],
      },
    ])
    expect((await readRun(at(testNowMs), runId)).run).toMatchObject({
      leads: 1,
      classes: { fuzzy: 2, ambiguous: 0 },
      causes: { decided: 2 },
    })
    await expect(decideMatch(at(testNowMs), input)).rejects.toMatchObject({ code: 'screening.not-decidable' })
    expect(await storedWaiting(runId)).toEqual([])
    // Next month the same row needs no question.
    expect(await compare('202302', medical(...rows))).toMatchObject({ classes: { fuzzy: 2 }, causes: { decided: 2 }, leads: 1 })
  })

  it('is judged together with the rows that were matched already', async () => {
    const rows = [`龚满堂,${idOf(0)},${villageName()},5000,3000`, `傅桂香,${idOf(0)},${villageName()},4000,2500`]
    const { runId } = await compare('202303', medical(...rows))
    const { items } = await readOpenMatches(at(testNowMs), runId, { vault: world.vault })
    expect(items).toMatchObject([{ cause: 'name-differs', name: '傅桂香' }])
    const personId = homes[0]?.persons[0]?.personId ?? ''
    const decided = await decideMatch(at(testNowMs), {
      openMatchId: items[0]?.openMatchId ?? '',
      input: { personId, alsoRename: true },
      vault: world.vault,
    })
    expect(decided).toMatchObject({ outcome: 'matched', renamed: true })
    const lead = await readLead(at(testNowMs), decided.leadId ?? '', { vault: world.vault })
    expect(lead.reasons).toMatchObject([{ rule: 'L01', value: '5500.00' }])
    const proposed = await corrections(homes[0]?.householdId ?? '')
    expect(proposed).toEqual([{ field: 'name', state: 'found', source: '医保清单“医保自付.csv”第 3 行' }])
  })

  it('leaves only the choice once its 72 hours are over', async () => {
    const { runId } = await compare('202304', medical(`傅桂香,,${villageName()},19000,14000`))
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 })
    // The choice of the first month settled it: nothing waited. A row of another village's list does.
    expect(await storedWaiting(runId)).toEqual([])
    const other = await compare('202305', jobs('傅桂香,,2022-01-01,失业'))
    const before = await readOpenMatches(at(testNowMs), other.runId, { vault: world.vault })
    expect(before.items).toMatchObject([{ name: '傅桂香' }])
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 - 1 })
    expect(await storedWaiting(other.runId)).toHaveLength(1)
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 })
    expect(await storedWaiting(other.runId)).toEqual([])
    const after = await readOpenMatches(at(testNowMs), other.runId, { vault: world.vault })
    expect(after.items).toMatchObject([{ name: '', waitUntil: null }])
    const input = { personId: homes[1]?.persons[0]?.personId ?? '' }
    const decided = await decideMatch(at(testNowMs), { openMatchId: after.items[0]?.openMatchId ?? '', input, vault: world.vault })
    expect(decided).toMatchObject({ outcome: 'choice-only', leadId: null })
    expect(await compare('202306', jobs('傅桂香,,2022-01-01,失业'))).toMatchObject({ classes: { fuzzy: 1 }, leads: 1 })
  })
})

describe('reasons over the months', () => {
  it('join the open lead of an earlier month instead of a second one', async () => {
    const row = `龚小禾,${idOf(0, 1)},2023-01-01,失业`
    const first = await leadsOf(0)
    expect(first).toMatchObject([{ month: '202303', state: 'new', rules: ['L01'] }])
    expect(await compare('202307', jobs(row))).toMatchObject({ leads: 1 })
    expect(await leadsOf(0)).toMatchObject([{ leadId: first[0]?.leadId, month: '202303', rules: ['L01', 'L05'], reasonCount: 2 }])
    const { events } = await readLead(at(testNowMs), first[0]?.leadId ?? '', { vault: world.vault })
    expect(events.map((event) => event.kind)).toEqual(['renewed', 'raised'])
    // The inbox of the later month shows it too.
    const inbox = await readInbox(at(testNowMs), { month: '202307' }, { vault: world.vault })
    expect(inbox.items.map((lead) => lead.leadId)).toContain(first[0]?.leadId)
  })

  it('rest after they were dismissed, until their facts grow; the result says who dismissed them and why', async () => {
    const row = (yuan: number) => medical(`龚满堂,${idOf(0)},${villageName()},20000,${yuan}`)
    const [lead] = await leadsOf(0)
    await answer(lead?.leadId ?? '', 'dismissed')
    const little = await compare('202308', row(7_000))
    expect(little).toMatchObject({ leads: 0, rested: 1, reasons: { L01: 1 } })
    expect(await leadsOf(0)).toHaveLength(1)
    const rested = await readRested(at(testNowMs), little.runId)
    expect(rested).toMatchObject({
      total: 1,
      items: [{ rule: 'L01', value: '7000.00', dismissedValue: '5500.00', dismissedBy: '林村办', dismissedNote: '见到本人，医药费已报销' }],
    })
    expect((await readRun(at(testNowMs), little.runId)).run.rested).toBe(1)
    const grown = await compare('202309', row(7_600))
    expect(grown).toMatchObject({ leads: 1, rested: 0 })
    expect(await leadsOf(0)).toHaveLength(2)
  })

  it('rest also for who has married into another household since', async () => {
    const [from, to] = [homes[0], homes[1]]
    const married = from?.persons[1]?.personId ?? ''
    const command = {
      kind: 'marriage' as const,
      way: 'leave' as const,
      householdId: HouseholdId.parse(from?.householdId),
      otherId: HouseholdId.parse(to?.householdId),
      members: [PersonId.parse(married)],
      on: '2023-10-01',
      reason: '结婚迁入',
      relations: { [married]: '其他' },
    }
    await askHouseholdEvent(at(testNowMs), { command, isReport: false }, { vault: world.vault })
    const later = await compare('202310', jobs(`龚小禾,${idOf(0, 1)},2023-01-01,失业`))
    expect(later).toMatchObject({ leads: 0, rested: 1, reasons: { L05: 1 } })
    const { items } = await readRested(at(testNowMs), later.runId)
    expect(items).toMatchObject([{ rule: 'L05', household: { householdId: to?.householdId }, dismissedBy: '林村办' }])
  })

  it('open an answered lead of the same month again when another list speaks', async () => {
    const { leadId = '' } = (await leadsOf(0)).find((lead) => lead.month === '202309') ?? {}
    await answer(leadId, 'confirmed')
    await compare('202309', list('小额信贷.csv', ['借款人姓名,证件号码,贷款合同号,逾期天数', `龚满堂,${idOf(0)},HT-1,95`]))
    expect(await readLead(at(testNowMs), leadId, { vault: world.vault })).toMatchObject({
      state: 'new',
      answer: null,
      rules: ['L01', 'L11'],
    })
  })
})

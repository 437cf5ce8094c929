import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { changeRecord, makeRecord, removeRecord, restoreRecord } from './write-record.ts'
import { moveRecord } from './move-record.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { countRecords, readBoard, readCalendar, readStatistics } from './count-records.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = (id = 'test:county') => world.as(grantCounty(county.countyCode), { id, name: '县经办人', roles: ['county-data-officer'] })
const cadre = (path: string, id = 'test:village') =>
  world.as(grantArea(county.countyCode, path), { id, name: '村干部', roles: ['village-cadre'] })
const refusal = async (work: Promise<unknown>): Promise<{ code: string; problems: string[] }> =>
  work.then(
    () => ({ code: 'done', problems: [] }),
    (fault: { code?: string; message?: string; details?: { problems?: { said: { zh: string } }[] } }) => ({
      code: fault.code ?? fault.message ?? '',
      problems: (fault.details?.problems ?? []).map((one) => one.said.zh),
    }),
  )
const honour = 'generic.honour'
const village = () => county.villages[0]?.path ?? ''

async function household(path = village()) {
  return givenHousehold(officer(), world.vault, { areaPath: `${path}01.`, members: [{ name: '测试户主' }] })
}

describe('a record of a ledger', () => {
  it('is made where its household lives, with number, defaults and computed fields; a sensitive value is masked', async () => {
    const { householdId } = await household()
    const values = {
      honour: '文明家庭',
      household: { id: householdId },
      level: '县级',
      'given-on': '2023年12月1日',
      document: '县文〔2023〕7号',
      reward: '1,500元',
      account: '6217 0000 0000 1234',
    }
    const { recordId } = await makeRecord(officer(), deps(), { templateKey: honour, values })
    const record = await readRecord(officer(), { templateKey: honour, recordId })
    expect(record).toMatchObject({
      title: '文明家庭',
      state: 'proposed',
      areaPath: `${village()}01.`,
      householdId,
      recordNo: expect.stringMatching(/^RY2023-\d{3}-001$/),
    })
    expect(record.values).toMatchObject({
      level: 'county',
      'given-on': '2023-12-01',
      reward: '1500.00',
      year: '2023',
      household: { id: householdId, name: '测试户主' },
      account: { masked: '6217********1234' },
    })
    expect(record.moves.map((move) => move.key)).toEqual(['show', 'refuse'])
  })

  it('says everything that is wrong with it at once, and one twin by name', async () => {
    const { householdId } = await household()
    const wrong = { honour: '好儿媳', household: { id: householdId }, level: '省级', 'given-on': '2024-01-01', reward: '-5', unknown: 'x' }
    const refused = await refusal(makeRecord(officer(), deps(), { templateKey: honour, values: wrong }))
    expect(refused.code).toBe('ledgers.refused')
    expect(refused.problems).toEqual([
      '“授予级别”没有“省级”这一项，可填：村级、乡镇级、县级、市级以上',
      '“奖励金额”不能小于 0',
      '没有“unknown”这一栏',
      '授予日期不能在今天之后',
    ])
    const right = { honour: '好儿媳', household: { id: householdId }, level: 'village', 'given-on': '2023-11-01' }
    await makeRecord(officer(), deps(), { templateKey: honour, values: right })
    expect((await refusal(makeRecord(officer(), deps(), { templateKey: honour, values: right }))).code).toBe('ledgers.not-unique')
  })

  it('is not seen, found or changed from another village', async () => {
    const { householdId } = await household()
    const values = { honour: '五好家庭', household: { id: householdId }, level: 'village', 'given-on': '2023-11-01' }
    const { recordId } = await makeRecord(cadre(village()), deps(), { templateKey: honour, values })
    const other = cadre(county.villages[1]?.path ?? '')
    expect((await refusal(readRecord(other, { templateKey: honour, recordId }))).code).toBe('http.not-found')
    expect((await searchRecords(other, { templateKey: honour, fields: [], limit: 50 })).items).toEqual([])
    expect((await refusal(makeRecord(other, deps(), { templateKey: honour, values }))).problems).toEqual(['“受表彰户”找不到：'])
  })

  it('moves as its template says: needs, reason, another person, and ends its deadline', async () => {
    const { householdId } = await household()
    const values = { honour: '致富能手', household: { id: householdId }, level: 'village', 'given-on': '2023-11-01' }
    const made = officer('test:maker')
    const { recordId } = await makeRecord(made, deps(), { templateKey: honour, values })
    const of = { templateKey: honour, recordId }
    await moveRecord(made, deps(), { ...of, revision: 1, move: 'show', values: {} })
    const shown = await readRecord(made, of)
    expect(shown).toMatchObject({ state: 'shown', dueOn: '2023-12-27' })
    const own = await refusal(moveRecord(made, deps(), { ...of, revision: 2, move: 'give', values: {} }))
    expect(own).toEqual({ code: 'ledgers.may-not-move', problems: ['确认表彰要由没有经手过这条的另一人来做', '“主要事迹”没有填'] })
    expect((await refusal(moveRecord(officer('test:other'), deps(), { ...of, revision: 2, move: 'refuse', values: {} }))).problems).toEqual(
      ['要写明理由'],
    )
    await moveRecord(officer('test:other'), deps(), { ...of, revision: 2, move: 'give', values: { deeds: '带动五户' } })
    const given = await readRecord(made, of)
    expect(given).toMatchObject({ state: 'given', revision: 3, can: { change: false } })
    expect(given.dueOn).toBeUndefined()
    expect(given.history.map((event) => event.act)).toEqual(['move', 'move'])
    expect((await refusal(changeRecord(made, deps(), { ...of, revision: 3, values: { goods: '锦旗' } }))).problems).toEqual([
      '这一条已经办结，不能再改',
    ])
  })

  it('keeps what a change replaced, refuses a change of an older state, and comes back when it was removed', async () => {
    const { householdId } = await household()
    const values = { honour: '好邻居', household: { id: householdId }, level: 'village', 'given-on': '2023-11-01', reward: '100' }
    const { recordId } = await makeRecord(officer(), deps(), { templateKey: honour, values })
    const of = { templateKey: honour, recordId }
    await changeRecord(officer(), deps(), { ...of, revision: 1, values: { reward: '200', goods: '锦旗' } })
    expect((await refusal(changeRecord(officer(), deps(), { ...of, revision: 1, values: { reward: '300' } }))).code).toBe(
      'ledgers.changed-meanwhile',
    )
    expect((await readRecord(officer(), of)).history[0]).toMatchObject({ act: 'change', before: { reward: '100.00', goods: null } })
    await removeRecord(officer(), deps(), { ...of, revision: 2, reason: '登错户' })
    await makeRecord(officer(), deps(), { templateKey: honour, values })
    expect((await refusal(restoreRecord(officer(), deps(), { ...of, revision: 3, reason: '没有登错' }))).code).toBe('ledgers.not-unique')
  })
})

describe('a list of a ledger', () => {
  it('is sorted by any offered field both ways with empty values last, page by page', async () => {
    const { householdId } = await household(county.villages[1]?.path)
    const rewards = ['30', '10', undefined, '20', undefined]
    for (const [at, reward] of rewards.entries())
      await makeRecord(officer(), deps(), {
        templateKey: honour,
        values: {
          honour: `排序${at}`,
          household: { id: householdId },
          level: 'township',
          'given-on': '2023-11-01',
          reward: reward ?? null,
        },
      })
    const all = async (descending: boolean) => {
      const found: string[] = []
      let after: string | undefined
      do {
        const page = await searchRecords(officer(), {
          templateKey: honour,
          fields: [{ field: 'level', is: ['township'] }],
          sort: { by: 'reward', descending },
          limit: 2,
          ...(after === undefined ? {} : { after }),
        })
        found.push(...page.items.map((item) => item.title))
        after = page.next
      } while (after !== undefined)
      return found
    }
    const up = await all(false)
    expect(up.filter((title) => !['排序2', '排序4'].includes(title))).toEqual(['排序1', '排序3', '排序0'])
    expect((await all(true)).slice(0, 3)).toEqual(['排序0', '排序3', '排序1'])
    expect(up).toHaveLength(5)
  })

  it('is counted, summed, laid out on a board and in a month alike', async () => {
    const ctx = officer()
    const counts = await countRecords(ctx, { templateKey: honour, fields: [] })
    const statistics = await readStatistics(ctx, { templateKey: honour, fields: [], groups: ['level', 'state'], sums: ['reward'] })
    expect(statistics.total.count).toBe(counts.total)
    expect(statistics.rows.reduce((sum, row) => sum + row.count, 0)).toBe(counts.total)
    expect(Number(statistics.total.sums[0])).toBeGreaterThan(1500)
    const board = await readBoard(ctx, { templateKey: honour, fields: [], limit: 5 })
    expect(board.columns.reduce((sum, column) => sum + column.count, 0)).toBe(counts.total)
    const month = await readCalendar(ctx, { templateKey: honour, fields: [], month: '2023-11' })
    expect(month.days.map((day) => day.on)).toEqual(['2023-11-01'])
    expect(await readStatistics(ctx, { templateKey: honour, fields: [], groups: ['township'], sums: [] })).toMatchObject({
      rows: [{ names: [{ zh: expect.stringMatching(/./) }] }],
    })
  })
})

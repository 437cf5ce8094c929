import { describe, expect, it } from 'vitest'
import { overdueSeconds, standingOf } from './problem-due.ts'
import { closedRate, disagreements, totalsBy, type TotalsBy, type TotalsPart } from './problem-totals.ts'
import { reminderText, sayLength } from './reminder-text.ts'
import { readImportRow, saysDone } from './import-row.ts'
import { letterNumber } from './letter-records.ts'

const overdueAt = '2020-05-31T16:00:00.000Z' // 2020-06-01 00:00 in Shanghai
const ms = (moment: string) => Date.parse(moment)

describe('R13: to the second', () => {
  const open = { state: 'rectifying', overdueAt, closedAt: null } as const
  it('is overdue from the first second after the last day', () => {
    const soonMs = 3 * 86_400_000
    expect(standingOf(open, { nowMs: ms('2020-05-28T15:59:59Z'), soonMs })).toBe('later')
    expect(standingOf(open, { nowMs: ms('2020-05-28T16:00:00Z'), soonMs })).toBe('soon')
    expect(standingOf(open, { nowMs: ms('2020-05-31T23:59:59+08:00'), soonMs })).toBe('soon')
    expect(standingOf(open, { nowMs: ms('2020-06-01T00:00:00+08:00'), soonMs })).toBe('overdue')
    expect(overdueSeconds(open, ms('2020-06-01T00:00:00+08:00'))).toBe(0)
    expect(overdueSeconds(open, ms('2020-06-02T01:02:03+08:00'))).toBe(90_123)
  })

  it('was struck off in time at 23:59 of the day, late at 00:00 of the next', () => {
    const closed = (closedAt: string) => standingOf({ state: 'closed', overdueAt, closedAt }, { nowMs: 0, soonMs: 0 })
    expect(closed('2020-05-31T15:59:00.000Z')).toBe('in-time')
    expect(closed('2020-05-31T16:00:00.000Z')).toBe('late')
  })
})

describe('R24 and R12', () => {
  const part = (n: number, closed: number, key = 'a'): TotalsPart => ({ key, name: key, n, closed })
  const by = (change: Partial<Record<TotalsBy, TotalsPart[]>> = {}) => ({
    ...(Object.fromEntries(totalsBy.map((key) => [key, [part(7, 7), part(1, 1, 'b')]])) as Record<TotalsBy, TotalsPart[]>),
    ...change,
  })

  it('says which division does not add up', () => {
    expect(disagreements({ total: 8, closed: 8, open: 0, by: by() })).toEqual([])
    expect(disagreements({ total: 8, closed: 8, open: 0, by: by({ class: [part(7, 7)] }) })).toEqual(['class'])
    expect(disagreements({ total: 8, closed: 8, open: 0, by: by({ unit: [part(7, 7), part(1, 0, 'b')] }) })).toEqual(['unit'])
    expect(disagreements({ total: 8, closed: 8, open: 1, by: by() })).toEqual(['open-and-closed'])
  })

  it('rounds half up to whole percent and shows 100 only where nothing is left', () => {
    expect([closedRate(732, 1181), closedRate(1180, 1181), closedRate(1181, 1181), closedRate(0, 0)]).toEqual([
      '62',
      '99',
      '100',
      undefined,
    ])
  })
})

describe('words', () => {
  it('a reminder names numbers, classes and days, and no household', () => {
    const text = reminderText({
      unitName: '菱塘镇',
      headName: '镇长',
      campaignName: '电话调查',
      letterWord: '整改交办',
      letterNo: '2020-0007',
      problems: [
        { problemNo: '2020-000001', class: '住房安全', dueOn: '2020-05-31', overdueSeconds: 90_123 },
        { problemNo: '2020-000002', class: '饮水安全', dueOn: '2020-06-30', overdueSeconds: 0 },
      ],
    })
    expect(text).toContain('（整改交办〔2020〕7号）')
    expect(text).toContain('2020-000001 住房安全，时限5月31日，已超期1天1小时')
    expect(text).toContain('最近的时限是6月30日')
  })

  it('says how long in days and hours', () => {
    expect([sayLength(59), sayLength(3600), sayLength(86_400), sayLength(90_000)]).toEqual(['59秒', '1小时0分', '1天', '1天1小时'])
    expect(letterNumber('整改交办', '2023-0120')).toBe('整改交办〔2023〕120号')
  })
})

describe('a row of an existing ledger', () => {
  const read = (cells: Parameters<typeof readImportRow>[0]['cells']) =>
    readImportRow({ row: 5, cells }, { today: '2020-05-20', fallback: 'inspection' })

  it('reads last days in words and leaves those open that say none', () => {
    const due = (cell: string) => read({ description: '漏雨未修', due: cell }).dueOn
    expect([due('5月底前'), due('2020年6月30日前'), due('2020.6.15'), due('立行立改'), due('长期坚持'), due('')]).toEqual([
      '2020-05-31',
      '2020-06-30',
      '2020-06-15',
      null,
      null,
      null,
    ])
    expect(read({ description: '漏雨未修', due: '等通知' }).bad).toEqual(['bad-due'])
  })

  it('knows what is done from what is not', () => {
    const done = ['已完成', '整改到位', '已销号', '是', '√', '已办结']
    const open = ['未完成', '正在整改', '部分完成', '否', '', '基本完成', '预计5月完成', '尚未销号', '整改中']
    expect(done.map(saysDone)).toEqual(done.map(() => true))
    expect(open.map(saysDone)).toEqual(open.map(() => false))
  })

  it('names what is wrong', () => {
    expect(read({ description: '' }).bad).toEqual(['no-description'])
    expect(read({ description: '漏雨未修', source: '县里转来的' }).bad).toEqual(['unknown-source'])
    expect(read({ description: '漏雨未修', completedOn: '2030-01-01' }).bad).toEqual(['day-to-come'])
    expect(read({ description: '漏雨未修', source: '省级巡视反馈' }).sourceKind).toBe('patrol')
    expect(read({ description: '漏雨未修', source: '政策落实' }).sourceKind).toBe('policy')
  })
})

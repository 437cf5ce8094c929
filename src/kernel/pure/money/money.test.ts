import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatYuan, parseFen, unitOfLabel } from './index.ts'

describe('amounts as they stand in cells', () => {
  it.each([
    ['5859.76', 585976],
    ['12,345.67', 1234567],
    ['2万元', 2_000_000],
    ['1.2346万元', 1_234_600],
    ['6,000元', 600_000],
    ['30,000元', 3_000_000],
    ['（120.00）', -12000],
    ['-3', -300],
    ['１２３', 12300],
    ['0.005', 1],
    ['¥ 8', 800],
    ['(1,234.50)元', -123450],
    ['120.00-', -12000],
    ['+5', 500],
    ['3千元', 300_000],
    ['人民币 12 元整', 1200],
    ['1.2亿元', 12_000_000_000],
  ])('reads %s as %i fen', (cell, fen) => expect(parseFen(cell)).toBe(fen))

  it.each(['', '元', '三千', '1.2.3', '12a', '9999999999999', '(120', '约300元', '1-2', '—', '1.2E+4'])('does not guess %j', (cell) =>
    expect(parseFen(cell)).toBeUndefined(),
  )

  it('takes the unit of the column', () => {
    expect(parseFen('50.7', unitOfLabel('注册资本（万 元）'))).toBe(50_700_000)
    expect(unitOfLabel('金额（单位：千元）')).toBe('千元')
    expect(unitOfLabel('金额')).toBe('元')
    expect(parseFen('￥1,000,000.00', '万元')).toBeUndefined()
  })

  it('comes back from what it wrote, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fen) => {
        expect(parseFen(formatYuan(fen))).toBe(fen)
      }),
    )
  })
})

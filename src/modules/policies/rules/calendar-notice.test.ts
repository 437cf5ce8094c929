import { expect, it } from 'vitest'
import { readNotice } from './calendar-notice.ts'

// Source: the State Council's notice on the holidays of 2024 (国办发明电〔2023〕7号).
const of2024 = `
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。`

it('reads the notice of a year as it is published', () => {
  const { days, doubts } = readNotice(of2024, 2024)
  const working = days.filter(({ works }) => works).map(({ day }) => day.slice(5))
  expect(working).toEqual(['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'])
  expect(days.filter(({ works }) => !works)).toHaveLength(1 + 8 + 3 + 5 + 1 + 3 + 7)
  expect(days.some(({ day }) => day === '2024-02-09')).toBe(false)
  expect(doubts).toEqual([])
})

it('reads weekdays in brackets, spans over two months and over the end of the year', () => {
  const { days } = readNotice(
    '元旦：2023年12月30日（周六）至2024年1月1日（周一）放假调休，共3天。春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。',
    2025,
  )
  expect(days.map(({ day }) => day)).toEqual([
    '2023-12-30',
    '2023-12-31',
    '2024-01-01',
    '2025-01-26',
    '2025-01-28',
    '2025-01-29',
    '2025-01-30',
    '2025-01-31',
    '2025-02-01',
    '2025-02-02',
    '2025-02-03',
    '2025-02-04',
    '2025-02-08',
  ])
  expect(readNotice('12月30日至1月1日放假，共3天。', 2025).days.map(({ day }) => day)).toEqual(['2025-12-30', '2025-12-31', '2026-01-01'])
})

it('says where the days are not as many as the notice states, and reads no day that does not exist', () => {
  expect(readNotice('国庆节：10月1日至7日放假调休，共8天。', 2026).doubts).toEqual([
    { sentence: '国庆节:10月1日至7日放假调休,共8天', stated: 8, found: 7 },
  ])
  expect(readNotice('1月1日（周三）放假1天，不调休。', 2025)).toEqual({ days: [{ day: '2025-01-01', works: false }], doubts: [] })
  expect(readNotice('2月30日放假。明天上班。', 2026).days).toEqual([])
})

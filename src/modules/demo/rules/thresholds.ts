import type { YearPolicy } from '../policy/policy.ts'
import { lastDay } from './months.ts'

/** thresholds.json: every limit the truth was computed with, in the shape that `compare --thresholds` reads. */
export function thresholdsOf(policy: YearPolicy, months: readonly string[]): unknown {
  const { limits } = policy
  const end = lastDay(months[months.length - 1] ?? '')
  return {
    as_of: { ...Object.fromEntries(months.map((month) => [month, lastDay(month)])), quality: end, classification: end },
    [`income_line_${policy.year}`]: limits.incomeLineYuan,
    leads: {
      L01: {
        list: 'medical',
        unit: 'household',
        sum: '本年累计个人自付 of all matched members, identical rows counted once',
        at_least_registered_or_monitored: limits.medicalRegisteredYuan,
        at_least_others: limits.medicalOthersYuan,
      },
      L02: { list: 'disability', unit: 'person', grades: ['一级', '二级'] },
      L03: { list: 'dibao', unit: 'household', rule: 'key new against the month before and household neither registered nor monitored' },
      L04: { list: 'education', unit: 'person', states: ['辍学'] },
      L05: { list: 'jobs', unit: 'person', months_at_least: limits.jobMonths, states: ['失业', '返乡未就业'] },
      L06: { list: 'housing', unit: 'household', grades: ['C级', 'D级', 'C', 'D'], lived_in: '是' },
      L07: {
        list: 'police',
        unit: 'household',
        kinds: ['死亡注销'],
        who: 'the head, or the main earner = member with the highest 务工月收入（元） in the registry (lowest 序号 on a tie)',
      },
      L10: { list: 'water', unit: 'every household of the village group', days_more_than: limits.waterDays },
      L11: { list: 'bank', unit: 'person', days_more_than: limits.overdueDays },
      L12: {
        list: 'petition',
        unit: 'household',
        topics: ['医疗', '教育', '住房', '饮水', '欠薪', '救助'],
        note: 'the topic is that of the sentence which the generator wrote',
      },
    },
    negative_flags: {
      N08: {
        list: 'cars',
        unit: 'household',
        kinds: ['小型轿车', '小型普通客车'],
        states: ['正常', '逾期未检验'],
        only: 'registered or monitored',
      },
      N09: { list: 'firms', unit: 'household', kinds: ['有限责任公司', '个人独资企业'], states: ['存续'], only: 'registered or monitored' },
    },
    quality: { Q069_fall_at_least: 0.3 },
  }
}

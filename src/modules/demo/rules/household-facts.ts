import { farJobs, homeProvinceJobs } from '../policy/places.ts'
import { addMonths } from './months.ts'
import type { Household, Person } from './people.ts'
import type { Random } from './random.ts'

/** What the national exports say of a household beyond the register, by column label. Amounts are whole yuan, land is mu. */
export type Facts = Record<string, string>

/** Land, house, water and road of a household. */
export function livingFacts(random: Random, household: Household): Facts {
  const road = random.weighted([['水泥路', 58] as const, ['沥青路', 24] as const, ['砂石路', 18] as const])
  const amount = (chance: number, upTo: number): string => (random.chance(chance) ? String(random.between(10, upTo * 100) / 100) : '0')
  const source = random.weighted([['集中供水到户', 85] as const, ['自备井（泉）', 15] as const])
  const grade = random.weighted([['A级', 68] as const, ['B级', 31] as const, ['C级', 0.7] as const, ['D级', 0.3] as const])
  return {
    当前家庭人口数: String(household.members.length),
    '耕地面积（亩）': amount(0.97, 7),
    '林地面积（亩）': amount(0.7, 30),
    '退耕还林面积（亩）': amount(0.15, 4),
    '林果面积（亩）': amount(0.3, 6),
    牧草地面积: '0',
    水面面积: amount(0.15, 1.3),
    与村主干路距离: String(random.between(1, 40) / 10),
    入户路类型: road,
    入户道路是否硬化: road === '砂石路' ? '否' : '是',
    住房面积: String(random.between(55, 240)),
    住房结构: random.weighted([['砖混结构', 70] as const, ['砖木结构', 13] as const, ['框架结构', 10] as const, ['木结构', 7] as const]),
    危房级别: grade,
    是否危房户: grade > 'B级' ? '是' : '否',
    是否解决安全饮用水: random.chance(0.995) ? '是' : '否',
    饮水来源: source,
    是否有卫生厕所: random.chance(0.98) ? '是' : '否',
    是否通生活用电: '是',
    卫生厕所是否能正常使用: '是',
    是否通生产用电: '是',
    是否通广播电视: '是',
    主要燃料类型: random.weighted([['清洁能源', 8] as const, ['柴草', 2] as const]),
  }
}

/** Income of the past year; the parts add up to the sums. */
export function incomeFacts(random: Random, household: Household, line: number): Facts {
  const people = household.members
  const parts = incomeParts(random, household, line)
  const sum = (labels: string): number => labels.split('|').reduce((total, label) => total + (parts[label] ?? 0), 0)
  const sums: Record<string, number> = {
    工资性收入: sum('务工收入|公益性岗位收入|其他工资性收入'),
    生产经营性收入: sum('种植业收入|养殖业收入|林果业收入|其他生产经营性收入'),
    财产性收入: sum('资产收益扶贫分红收入|土地流转收入|其他财产性收入'),
    转移性收入: sum('计划生育金|低保金|特困人员救助供养金|养老保险金|生态补偿金|其他转移性收入'),
    生产经营性支出: sum('种植业支出|养殖业支出|其他生产经营性支出'),
  }
  const gross = (sums.工资性收入 ?? 0) + (sums.生产经营性收入 ?? 0) + (sums.财产性收入 ?? 0) + (sums.转移性收入 ?? 0)
  const net = gross - (sums.生产经营性支出 ?? 0)
  const whole = { ...parts, ...sums, '年收入（元）': gross, '纯收入（元）': net }
  const able = people.some((person) => person.monthlyWageYuan > 0)
  const unable = people.every((person) => person.skill === '无劳动力' || person.skill === '丧失劳动力')
  return {
    ...Object.fromEntries(Object.entries(whole).map(([label, value]) => [label, String(value)])),
    '人均纯收入（元）': twoDecimals(net / people.length),
    '上年度人均纯收入（元）': twoDecimals((net / people.length) * (0.88 + random.next() * 0.16)),
    享受低保政策情况: (parts.低保金 ?? 0) > 0 ? '农村低保' : '未享受',
    享受特困供养政策情况: '不享受',
    整户无劳动能力兜底保障户: !able && unable ? '是' : '否',
  }
}

function incomeParts(random: Random, household: Household, line: number): Record<string, number> {
  const people = household.members
  const wages = people.reduce((sum, person) => sum + workMonths(random, person) * person.monthlyWageYuan, 0)
  const relief = wages === 0 && random.chance(0.6) ? people.length * random.between(330, 480) * 12 : 0
  const [crops, animals] = [random.between(0, 60) * 100, random.chance(0.5) ? random.between(3, 90) * 100 : 0]
  const pension = people.filter((person) => person.bornOn < '1966').length * random.between(1500, 1900)
  const shortfall = Math.max(0, Math.round(line * 1.1 * people.length) - (wages + relief + crops + animals))
  return {
    务工收入: wages,
    公益性岗位收入: 0,
    其他工资性收入: 0,
    种植业收入: crops,
    养殖业收入: animals,
    林果业收入: 0,
    其他生产经营性收入: 0,
    资产收益扶贫分红收入: random.pick([0, 300, 600]),
    土地流转收入: random.pick([0, 0, 260, 450, 820]),
    其他财产性收入: 0,
    计划生育金: 0,
    低保金: relief,
    特困人员救助供养金: 0,
    养老保险金: pension,
    生态补偿金: random.chance(0.15) ? random.between(90, 400) : 0,
    其他转移性收入: random.between(1, 8) * 100 + (random.chance(0.9) ? shortfall : 0),
    种植业支出: Math.round(crops * random.between(15, 35) * 0.01),
    养殖业支出: Math.round(animals * random.between(20, 40) * 0.01),
    其他生产经营性支出: 0,
    理赔收入: 0,
    合规自付支出: random.chance(0.03) ? random.between(40, 400) * 100 : 0,
  }
}

/** Where a person works, by a stable choice; empty for people without work away from the farm. */
export function workPlace(random: Random, person: Person): readonly [string, string, string] | undefined {
  return person.monthlyWageYuan === 0 ? undefined : random.chance(0.5) ? random.pick(farJobs) : random.pick(homeProvinceJobs)
}

/** The monitoring part of a household's record; empty for households that are not monitored. */
export function monitoringFacts(random: Random, household: Household, facts: { income: Facts; month: string }): Facts {
  if (household.monitored === '') return {}
  const found = addMonths(facts.month, -random.between(4, 42))
  const cleared = random.chance(0.4) ? addMonths(found, random.between(3, 40)) : ''
  const isCleared = cleared !== '' && cleared < facts.month
  const risks = random
    .shuffled(['因病', '因残', '因学', '因务工就业不稳', '因产业项目失败', '因意外事故', '缺劳动力'])
    .slice(0, random.between(1, 3))
  const base: Facts = {
    检测对象类别: household.monitored,
    风险是否已消除: isCleared ? '是' : '否',
    风险是否已消除0: isCleared ? '是' : '否',
    识别监测时间: found,
    识别监测时间0: found,
    是否义务教育阶段适龄儿童少年失学辍学: '否',
    是否住房出现安全问题: '否',
    是否饮水出现安全问题: random.chance(0.08) ? '是' : '否',
    是否有家庭成员未参加城乡居民基本医疗保险: '否',
    '是否有家庭成员未参加城乡居民（职工）基本医疗保险': '否',
    实施开发式帮扶措施情况: '已实施',
    产业帮扶: random.pick(['发展种植业', '发展养殖业', '']),
    就业帮扶: random.pick(['技能培训', '外出务工补贴', '']),
    健康帮扶: risks.includes('因病') ? '家庭医生签约服务' : '',
    社会帮扶: random.pick(['临时救助', '社会捐赠', '']),
    信息采集人: '村专干',
    信息采集人联系电话: `1540000${household.village.code.slice(-4)}`,
  }
  risks.forEach((risk, at) => {
    base[`致贫/返贫风险${at + 1}`] = risk
  })
  return isCleared ? { ...base, ...clearedFacts(random, facts.income, cleared) } : base
}

function clearedFacts(random: Random, income: Facts, cleared: string): Facts {
  const after: Facts = { 消除监测时间: cleared, 风险消除方式: random.chance(0.8) ? '帮扶消除' : '自然消除' }
  for (const label of ['工资性收入', '财产性收入', '转移性收入', '生产经营性收入', '生产经营性支出', '理赔收入', '合规自付支出'])
    after[`风险消除后${label}`] = income[label] ?? ''
  after['风险消除后家庭纯收入'] = income['纯收入（元）'] ?? ''
  after['风险消除后家庭人均纯收入'] = income['人均纯收入（元）'] ?? ''
  for (const label of ['义务教育阶段适龄儿童少年失学辍学', '住房损毁', '有家庭成员未参加城乡居民（职工）基本医疗保险', '饮水设施损毁'])
    after[`风险消除后是否${label}`] = '否'
  return after
}

/** Months worked in the past year. */
export function workMonths(random: Random, person: Person): number {
  return person.monthlyWageYuan === 0 ? 0 : random.between(6, 11)
}

function twoDecimals(value: number): string {
  return String(Math.round(value * 100) / 100)
}

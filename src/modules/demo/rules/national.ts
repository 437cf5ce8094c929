import { county } from '../policy/places.ts'
import { exportLabels, type ExportName } from '../policy/exports.ts'
import type { Village } from './areas.ts'
import { incomeFacts, livingFacts, monitoringFacts, workPlace, type Facts } from './household-facts.ts'
import type { Household, Person } from './people.ts'
import { randomFrom, type Random } from './random.ts'

/** What the exports are made from. `month` is the last month before the export day. */
export interface ExportPlan {
  seed: string
  households: readonly Household[]
  villages: readonly Village[]
  month: string
  incomeLineYuan: number
}

/** Labels of an export, in order. */
export function labelsOf(name: ExportName): string[] {
  return exportLabels[name].split('|')
}

/** The rows of one export, cell for cell in the order of its labels. Only 脱贫户 and monitored households are in the person exports. */
export function* exportRows(name: ExportName, plan: ExportPlan): Generator<string[]> {
  const labels = labelsOf(name)
  for (const facts of name === '（自定义）行政村信息' ? villageFacts(plan) : personFacts(name, plan))
    yield labels.map((label) => facts[label] ?? '')
}

function* personFacts(name: ExportName, plan: ExportPlan): Generator<Facts> {
  for (const household of plan.households) {
    if (household.type === '一般农户' && household.monitored === '') continue
    const random = randomFrom(`${plan.seed}/facts/${household.number}`)
    const living = { ...placeFacts(household.village), ...livingFacts(random, household) }
    const income = incomeFacts(random, household, plan.incomeLineYuan)
    const shared = { ...living, ...income, ...monitoringFacts(random, household, { income, month: plan.month }) }
    for (const person of household.members) {
      const own = memberFacts(random, person, plan.month)
      if (name === '（务工月监测）已外出务工信息' && person.monthlyWageYuan === 0) continue
      if (name === '计划外出务工信息' && (person.monthlyWageYuan === 0 || !random.chance(0.08))) continue
      yield { ...shared, ...own }
    }
  }
}

function placeFacts(village: Village): Facts {
  const place: Facts = { 区划代码: village.code }
  for (const label of ['省']) place[label] = county.province
  for (const label of ['市', '市(州)']) place[label] = county.prefecture
  for (const label of ['县', '县(市、区、旗)']) place[label] = county.county
  for (const label of ['乡', '乡(镇)']) place[label] = village.township
  for (const label of ['村', '行政村']) place[label] = village.name
  return place
}

function memberFacts(random: Random, person: Person, month: string): Facts {
  const { household } = person
  const age = Number(month.slice(0, 4)) - Number(person.bornOn.slice(0, 4))
  const sex = person.sex === 'male' ? '男' : '女'
  const ill = random.weighted([['健康', 88] as const, ['长期慢性病', age > 60 ? 22 : 6] as const, ['患有大病', 1] as const])
  return {
    自然村: household.group,
    户编号: household.number,
    户联系电话: household.phone,
    户类型: household.type,
    监测对象类别: household.monitored,
    人编号: person.number,
    姓名: person.name,
    性别: sex,
    gender: sex,
    证件类型: person.disability === undefined ? '居民身份证（户口簿）' : '残疾人证',
    证件号码: person.disability === undefined ? person.idNumber : certificateOf(person),
    出生日期: person.bornOn.replaceAll('-', ''),
    与户主关系: person.relation,
    民族: person.nation,
    政治面貌: age > 22 && random.chance(0.04) ? '中共党员' : age > 14 && age < 28 && random.chance(0.3) ? '共青团员' : '群众',
    文化程度: schooling(random, age),
    在校生状况: pupilGrade(age),
    健康状况: person.disability === undefined ? ill : '残疾',
    残疾类别: person.disability?.kind ?? '',
    残疾等级: person.disability?.grade ?? '',
    劳动技能: person.skill,
    家庭成员联系电话: person.phone,
    是否参加城乡居民基本医疗保险: random.chance(0.985) ? '是' : '否',
    是否参加城镇职工基本医疗保险: '否',
    是否参加大病保险: '是',
    是否参加城乡居民基本养老保险: age >= 16 && pupilGrade(age) === '' ? '是' : '否',
    是否参加城镇职工基本养老保险: '否',
    是否接受医疗救助: random.chance(0.02) ? '是' : '否',
    ...workFacts(random, person, month),
  }
}

function workFacts(random: Random, person: Person, month: string): Facts {
  const place = workPlace(random, person)
  if (place === undefined) return {}
  const [province, prefecture, area] = place
  const near = province === county.province
  const channel = near
    ? random.pick(['本地企业务工', '帮扶车间', '灵活就业', '新型经营主体务工'])
    : random.weighted([['外出务工', 9] as const, ['自主创业', 1] as const])
  return {
    务工所在地: province + prefecture + area,
    '务工时间（月）': String(random.between(6, 11)),
    '就业渠道（易地搬迁后扶使用）': channel,
    就业渠道: channel,
    是否已务工: '是',
    开始时间: `${Number(month.slice(0, 4)) - random.below(3)}年${String(random.between(1, 3)).padStart(2, '0')}月`,
    务工所在省: province,
    务工所在市: prefecture,
    务工所在县: area,
    务工月收入: String(person.monthlyWageYuan),
    务工企业名称: `示例${random.pick(['电子厂', '制衣厂', '物流公司', '建筑队', '餐饮店', '家具厂'])}`,
    所属行业: random.pick(['制造业', '建筑业', '批发和零售业', '住宿和餐饮业', '交通运输、仓储和邮政业']),
    是否点对点输送: random.chance(0.05) ? '是' : '否',
    年度交通费补助: random.pick(['0', '0', '0', '100', '200', '400']),
    是否计划务工: '是',
    是否计划外出务工: '是',
    计划务工所在省: province,
    计划务工所在市: prefecture,
    计划务工所在县: area,
    就业服务需求: random.pick(['职业介绍', '技能培训', '职业指导', '创业培训', '职业介绍,技能培训']),
  }
}

/** A disability certificate: the identity number, one digit of kind and one of grade. */
export function certificateOf(person: Person): string {
  const kinds = ['视力残疾', '听力残疾', '言语残疾', '肢体残疾', '智力残疾', '精神残疾', '多重残疾']
  const grades = ['一级', '二级', '三级', '四级']
  return `${person.idNumber}${kinds.indexOf(person.disability?.kind ?? '肢体残疾') + 1}${grades.indexOf(person.disability?.grade ?? '四级') + 1}`
}

/** What a pupil of this age attends; empty for everybody else. */
export function pupilGrade(age: number): string {
  if (age < 3) return age < 0 ? '' : '学龄前儿童'
  if (age < 6) return '学前教育'
  if (age < 12) return '小学'
  return ['七年级', '八年级', '九年级', '普通高中一年级', '普通高中二年级', '普通高中三年级'][age - 12] ?? ''
}

function schooling(random: Random, age: number): string {
  if (pupilGrade(age) !== '') return ''
  if (age > 65) return random.weighted([['小学', 6] as const, ['文盲或半文盲', 3] as const, ['初中', 1] as const])
  return random.weighted([
    ['初中', 55] as const,
    ['小学', 18] as const,
    ['高中', 17] as const,
    ['大专', 7] as const,
    ['本科及以上', 3] as const,
  ])
}

function* villageFacts(plan: ExportPlan): Generator<Facts> {
  const people = new Map<string, { members: number; disabled: number }>()
  for (const { village, members } of plan.households) {
    const sum = people.get(village.code) ?? { members: 0, disabled: 0 }
    people.set(village.code, {
      members: sum.members + members.length,
      disabled: sum.disabled + members.filter((person) => person.disability !== undefined).length,
    })
  }
  for (const village of plan.villages) {
    const random = randomFrom(`${plan.seed}/village/${village.code}`)
    const { members, disabled } = people.get(village.code) ?? { members: 0, disabled: 0 }
    const poor = random.chance(0.35)
    yield {
      ...placeFacts(village),
      是否出列: poor ? '是' : '',
      总户数: String(village.households),
      总人口数: String(members),
      低保户数: String(Math.round(village.households * 0.05)),
      低保人口数: String(Math.round(members * 0.045)),
      特困供养人口数: String(Math.round(members * 0.004)),
      残疾人口数: String(disabled),
      危房户数: '0',
      未实现饮水安全户数: '0',
      参加城乡居民基本养老保险人数: String(Math.round(members * 0.7)),
      '到乡镇是否通沥青（水泥）路': '是',
      是否通客运班车: random.chance(0.8) ? '是' : '否',
      '村小学（个数）': random.pick(['0', '1']),
      行政村卫生室个数: '1',
      '行政村执业（助理）医师（人）': random.pick(['1', '2']),
      行政村公共卫生厕所个数: random.pick(['1', '2', '3']),
      '行政村文化（图书）室个数 （个）': '1',
      '行政村生产生活垃圾集中堆放点个数（个）': String(random.between(1, 5)),
      '村级集体经济收入（万元）': String(random.between(500, 6000) / 100),
      '耕地面积（亩）': String(random.between(8000, 90000) / 100),
      '林地面积（亩）': String(random.between(10000, 200000) / 100),
    }
  }
}

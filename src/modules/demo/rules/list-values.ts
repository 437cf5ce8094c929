import type { ListName } from '../policy/lists.ts'
import { farJobs } from '../policy/places.ts'
import { petitionFrames, petitionTails, petitionTopics } from '../policy/petitions.ts'
import type { Subject, Values } from './entry.ts'
import { daysBefore, lastDay } from './months.ts'
import { certificateOf, pupilGrade } from './national.ts'
import type { Random } from './random.ts'

/** What a row is made from. `number` counts the rows of a list over all months and makes natural keys. */
export interface Occasion {
  subject: Subject
  month: string
  number: number
}

type Maker = (random: Random, occasion: Occasion) => Values
type Changer = (random: Random, values: Values, month: string) => Values

/** Business values of a new row of a list. */
export function makeValues(random: Random, list: ListName, occasion: Occasion): Values {
  return makers[list](random, occasion)
}

/** The values a month later, when something about the row has changed. */
export function changeValues(random: Random, list: ListName, change: { values: Values; month: string }): Values {
  return { ...change.values, ...changers[list](random, change.values, change.month) }
}

/** The topic of a petition's text, by the table the text was made from; empty for no topic. */
export function topicOf(text: string): string {
  return petitionTopics.find(([, sentence]) => text.includes(sentence))?.[0] ?? ''
}

const makers: Record<ListName, Maker> = {
  medical: (random, { month }) => ({
    ...medicalBill(random, random.weighted([[3000, 5] as const, [9000, 3] as const, [40_000, 2] as const])),
    hospital: random.pick(['县人民医院', '县中医医院', '市中心医院', '省某医院', '乡镇卫生院']),
    asOf: lastDay(month),
  }),
  disability: (random, { subject, month }) => {
    const kind = subject.person?.disability?.kind ?? '肢体残疾'
    const grade = subject.person?.disability?.grade ?? '三级'
    return { sex: subject.sex === 'male' ? '男' : '女', kind, grade, issuedOn: recent(random, month, 300), address: '' }
  },
  dibao: (random, { subject }) => reliefMoney(random, random.between(1, Math.min(5, subject.person?.household.members.length ?? 2))),
  education: (random, { subject, month }) => {
    const grade = pupilGrade(Number(month.slice(0, 4)) - Number(subject.bornOn.slice(0, 4)))
    const state = random.weighted([['在校', 82] as const, ['休学', 6] as const, ['送教上门', 4] as const, ['辍学', 8] as const])
    return { schoolNumber: `G${random.between(100_000_000, 999_999_999)}`, grade, state, reason: reasonOf(random, state), guardian: '' }
  },
  jobs: (random, { month }) => ({
    place: placeText(random),
    lostOn: recent(random, month, 260),
    state: random.weighted([['失业', 35] as const, ['返乡未就业', 35] as const, ['已再就业', 30] as const]),
    owed: random.chance(0.15) ? random.between(10, 200) * 100 : 0,
  }),
  housing: (random, { month }) => ({
    grade: random.pick(['C级', 'D级', 'C', 'D', 'B级']),
    livedIn: random.chance(0.65) ? '是' : '否',
    judgedOn: recent(random, month, 500),
    remark: random.pick(['', '', '地基下沉', '已有安全住房，旧房闲置', '拟纳入改造']),
  }),
  police: (random, { month }) => ({
    kind: random.weighted([['死亡注销', 45] as const, ['迁出', 20] as const, ['婚迁', 20] as const, ['迁入', 15] as const]),
    changedOn: recent(random, month, 300),
  }),
  water: (random) => ({ households: random.between(2, 40), days: random.between(3, 48), ...waterState(random) }),
  bank: (random, { month, number }) => {
    const amount = random.pick([10_000, 20_000, 30_000, 50_000])
    const left = random.pick([amount, Math.round(amount * 0.6), 12_345.67])
    const days = random.pick([5, 15, 29, 30, 31, 45, 61, 92, 123, 180])
    return {
      contract: `SYN${Number(month.slice(0, 4)) - 2}${pad(number, 6)}`,
      amount,
      balance: left,
      overdue: left,
      days,
      dueOn: daysBefore(lastDay(month), days),
      branch: '示例农商行',
    }
  },
  petition: (random, { subject, month, number }) => {
    const [, sentence] = random.weighted(petitionTopics.map((topic) => [topic, topic[2]] as const))
    const frame = random.pick(petitionFrames).replace('{village}', subject.village).replace('{group}', subject.group)
    return {
      ticket: `SX${month.slice(0, 4)}${pad(number, 6)}`,
      calledAt: `${recent(random, month, 28)} ${pad(random.between(8, 17), 2)}:${pad(random.below(60), 2)}`,
      text: frame.replace('{text}', sentence) + random.pick(petitionTails),
      state: '办理中',
    }
  },
  cars: (random, { month, number }) => ({
    plate: `禾AI${pad(number % 10_000, 4)}${'ABCDEFGHJK'.charAt(Math.floor(number / 10_000) % 10)}`,
    kind: random.weighted([
      ['小型轿车', 36] as const,
      ['小型普通客车', 12] as const,
      ['普通二轮摩托车', 36] as const,
      ['三轮汽车', 8] as const,
      ['轻型栏板货车', 8] as const,
    ]),
    model: `示例牌${random.pick(['A1', 'B2', 'C3'])}`,
    registeredOn: recent(random, month, 4500),
    price: random.between(8, 150) * 1000,
    state: random.weighted([['正常', 75] as const, ['逾期未检验', 13] as const, ['注销', 12] as const]),
  }),
  firms: (random, { month, number }) => {
    const kind = random.weighted([
      ['个体工商户', 76] as const,
      ['农民专业合作社', 12] as const,
      ['有限责任公司', 9] as const,
      ['个人独资企业', 3] as const,
    ])
    const capital = kind === '个体工商户' ? '' : random.pick([5, 10, 50, 100, 200])
    const state = random.weighted([['存续', 72] as const, ['注销', 22] as const, ['吊销', 6] as const])
    return {
      code: `92990399MASYN${pad(number, 5)}`,
      firm: `青禾示例${pad(number, 5)}${firmEnds[kind]}`,
      kind,
      capital,
      foundedOn: recent(random, month, 3000),
      state,
    }
  },
}

const firmEnds = { 个体工商户: '小卖部', 农民专业合作社: '种植专业合作社', 有限责任公司: '商贸有限公司', 个人独资企业: '加工厂' } as const

const changers: Record<ListName, Changer> = {
  medical: (random, values) => {
    const add = medicalBill(random, random.pick([2000, 6000, 15_000]))
    return Object.fromEntries(Object.keys(add).map((key) => [key, round(Number(values[key] ?? 0) + Number(add[key] ?? 0))]))
  },
  disability: (random, values) => ({ grade: other(random, ['一级', '二级', '三级', '四级'], values.grade) }),
  dibao: (random, values) => reliefMoney(random, Number(values.people ?? 1)),
  education: (random, values) => {
    const state = other(random, ['在校', '休学', '辍学'], values.state)
    return { state, reason: reasonOf(random, state) }
  },
  jobs: (random, values) => ({ state: other(random, ['失业', '返乡未就业', '已再就业'], values.state) }),
  housing: (_, values) => ({ livedIn: values.livedIn === '是' ? '否' : '是' }),
  police: (random, _, month) => ({ changedOn: recent(random, month, 60) }),
  water: (random, values) => ({ days: Number(values.days ?? 0) + random.between(1, 20), ...waterState(random) }),
  bank: (random, values) => ({ days: Number(values.days ?? 0) + random.pick([1, 30, 31]) }),
  petition: (random, values) => ({ state: other(random, ['办理中', '办结', '不满意退回'], values.state) }),
  cars: (random, values) => ({ state: other(random, ['正常', '逾期未检验', '注销'], values.state) }),
  firms: (random, values) => ({ state: other(random, ['存续', '注销', '吊销'], values.state) }),
}

/** The grade on a person's certificate. Certificates of outsiders are made up in the same way. */
export function certificateFor(subject: Subject): string {
  return subject.person === undefined ? `${subject.idNumber}43` : certificateOf(subject.person)
}

function medicalBill(random: Random, around: number): Values {
  const own = random.chance(0.03) ? random.pick([5000, 20_000, 4999.99, 19_999.99]) : round(around * (0.3 + random.next()))
  const pooled = round(own * (1 + random.next()))
  const serious = round(own * random.next() * 0.4)
  const aid = round(own * random.next() * 0.3)
  return { total: round(own + pooled + serious + aid), pooled, serious, aid, own }
}

function reliefMoney(random: Random, people: number): Values {
  const base = people * random.between(320, 520)
  const extra = random.pick([0, 0, 50, 100])
  return { people, base, extra, sum: base + extra, remark: '' }
}

function waterState(random: Random): Values {
  return { reason: random.pick(['水源干枯', '管网破损', '停电', '水质异常停供']), restored: random.pick(['已恢复', '未恢复']) }
}

function reasonOf(random: Random, state: string): string {
  return state === '辍学' ? random.pick(['厌学', '因病', '外出务工']) : state === '休学' ? '因病' : ''
}

function placeText(random: Random): string {
  const [province, prefecture] = random.pick(farJobs)
  return random.pick([`${province}${prefecture}`, prefecture, '本县'])
}

function recent(random: Random, month: string, days: number): string {
  return daysBefore(lastDay(month), random.below(days))
}

function other(random: Random, all: readonly string[], now: string | number | undefined): string {
  return random.pick(all.filter((value) => value !== now))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

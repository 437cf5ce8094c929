import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import type { Random } from '../../src/modules/demo/rules/random.ts'
import type { ListKey } from './book.ts'
import { drawSomebody, two, type Somebody } from './people.ts'

/** What a value is, so that it can be written in several ways. */
export type Fact =
  | { is: 'id'; id: string }
  | { is: 'money'; yuan: number }
  | { is: 'day'; day: string }
  | { is: 'count'; count: number }
  | { is: 'text'; text: string }
  | { is: 'name'; text: string }
export type Facts = Record<string, Fact>

const text = (value: string): Fact => ({ is: 'text', text: value })
const money = (yuan: number): Fact => ({ is: 'money', yuan: Math.round(yuan * 100) / 100 })
const count = (value: number): Fact => ({ is: 'count', count: value })

interface Occasion {
  random: Random
  list: ListKey
  person: Somebody
  month: string
  number: number
}

/** Everything a row of a list could say; a sheet shows some of it. */
export function drawFacts(random: Random, list: ListKey, month: string, number: number): Facts {
  const pupil = list === 'education'
  const person = drawSomebody(random, pupil ? [7, 19] : [19, 84])
  return { ...personFacts(random, person), ...listFacts[list]({ random, list, person, month, number }) }
}

function personFacts(random: Random, person: Somebody): Facts {
  const other = drawSomebody(random, [35, 80])
  return {
    name: { is: 'name', text: person.name },
    id: { is: 'id', id: person.id },
    sex: text(person.sex),
    bornOn: { is: 'day', day: person.bornOn },
    age: count(2026 - Number(person.bornOn.slice(0, 4))),
    nation: text(random.pick(['汉族', '苗族', '侗族'])),
    phone: text(person.phone),
    township: text(person.township),
    village: text(person.village),
    group: text(person.group),
    address: text(`青禾县${person.township}${person.village}${person.group}`),
    // Somebody else on the same row: a guardian, the head, whoever draws the money. Whoever takes this number for the person's is wrong.
    otherName: text(other.name),
    otherId: text(other.id),
    otherPhone: text(other.phone),
    account: text(`6217990${String(random.between(100_000_000_000, 999_999_999_999))}`),
  }
}

const dayIn = (random: Random, year: number): Fact => ({
  is: 'day',
  day: `${year}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
})
const dayOfMonth = (random: Random, month: string): Fact => ({
  is: 'day',
  day: `${month.slice(0, 4)}-${month.slice(4)}-${two(random.between(1, 28))}`,
})
const lastDay = (month: string): Fact => ({
  is: 'day',
  day: `${month.slice(0, 4)}-${month.slice(4)}-${month.endsWith('04') ? '30' : '31'}`,
})

const listFacts: Record<ListKey, (of: Occasion) => Facts> = {
  medical: ({ random, month }) => {
    const own = random.between(80_000, 4_500_000) / 100
    const [pooled, serious, aid] = [own * 1.4, random.pick([0, own * 0.3]), random.pick([0, own * 0.1])]
    return {
      hospital: text(random.pick(['县人民医院', '县中医医院', '市中心医院'])),
      total: money(own + pooled + serious + aid),
      pooled: money(pooled),
      serious: money(serious),
      aid: money(aid),
      own: money(own),
      asOf: lastDay(month),
      admittedOn: dayOfMonth(random, month),
      leftOn: dayOfMonth(random, month),
      disease: text(random.pick(['肺部感染', '脑梗死', '冠心病', '骨折'])),
    }
  },
  disability: ({ random, person }) => {
    const [code, kind] = random.pick([
      ['1', '视力'],
      ['3', '言语'],
      ['4', '肢体'],
      ['5', '智力'],
      ['6', '精神'],
    ] as const)
    const grade = random.pick(['一级', '二级', '三级', '四级'])
    return {
      certificate: { is: 'id', id: `${person.id}${code}${'一二三四'.indexOf(grade.charAt(0)) + 1}` },
      kind: text(`${kind}残疾`),
      grade: text(grade),
      issuedOn: dayIn(random, 2026),
      headName: text(person.name),
    }
  },
  dibao: ({ random }) => {
    const people = random.between(1, 5)
    const [base, extra] = [people * random.between(300, 520), random.pick([0, 60, 120])]
    return {
      people: count(people),
      base: money(base),
      extra: money(extra),
      sum: money(base + extra),
      since: dayIn(random, random.between(2018, 2025)),
      class: text(random.pick(['A类', 'B类', 'C类'])),
      perHead: money(Math.round(base / people)),
      bank: text('青禾农商行'),
    }
  },
  education: ({ random }) => {
    const state = random.pick(['在校', '在校', '休学', '送教上门', '辍学'])
    return {
      school: text(random.pick(['芦渡镇中心小学', '桐坪乡初级中学', '县职业中专'])),
      class: text(`${random.between(1, 6)}班`),
      schoolNumber: text(`G99${String(random.between(1_000_000, 9_999_999))}`),
      grade: text(random.pick(['四年级', '七年级', '九年级', '高二年级'])),
      state: text(state),
      reason: text(state === '辍学' ? random.pick(['厌学', '因病', '外出务工']) : ''),
      leftOn: dayIn(random, 2026),
    }
  },
  jobs: ({ random }) => ({
    place: text(random.pick(['广东省东莞市', '浙江省宁波市', '本县'])),
    firm: text('示例电子厂'),
    lostOn: dayIn(random, 2025),
    state: text(random.pick(['失业', '返乡未就业', '已再就业'])),
    months: count(random.between(1, 11)),
    owed: money(random.pick([0, 3000, 6500, 12_800.5])),
  }),
  housing: ({ random }) => ({
    grade: text(random.pick(['C级', 'D级', 'C', 'D', 'B级'])),
    livedIn: text(random.pick(['是', '否'])),
    judgedOn: dayIn(random, 2025),
    structure: text(random.pick(['土木', '砖木', '砖混'])),
    area: count(random.between(40, 160)),
    people: count(random.between(1, 6)),
    remark: text(random.pick(['', '', '旧房闲置', '拟纳入改造'])),
  }),
  police: ({ random, month }) => ({
    kind: text(random.pick(['死亡注销', '迁出', '迁入', '婚迁'])),
    changedOn: dayOfMonth(random, month),
    reason: text(random.pick(['死亡', '婚迁', '务工'])),
    station: text('芦渡派出所'),
  }),
  water: ({ random }) => ({
    households: count(random.between(3, 60)),
    days: count(random.between(2, 60)),
    reason: text(random.pick(['水源干枯', '管网破损', '停电'])),
    restored: text(random.pick(['已恢复', '未恢复'])),
    works: text('芦渡水厂'),
    from: dayIn(random, 2026),
  }),
  bank: ({ random, month, number }) => {
    const amount = random.pick([10_000, 30_000, 50_000])
    const left = random.pick([amount, amount * 0.6, 12_345.67])
    return {
      contract: text(`QH${month.slice(0, 4)}${String(number).padStart(6, '0')}`),
      amount: money(amount),
      balance: money(left),
      overdue: money(left),
      interest: money(random.between(100, 9000) / 10),
      days: count(random.pick([5, 29, 30, 31, 62, 123])),
      lentOn: dayIn(random, 2023),
      dueOn: dayIn(random, 2025),
      branch: text('青禾农商行芦渡支行'),
    }
  },
  petition: ({ random, month, number }) => ({
    ticket: text(`GD${month}${String(number).padStart(5, '0')}`),
    calledAt: dayOfMonth(random, month),
    text: text(random.pick(['反映在外务工被拖欠工资。', '反映房屋墙体开裂，下雨漏水。', '反映村口路灯不亮。', '反映孩子上学费用困难。'])),
    state: text(random.pick(['办理中', '办结', '不满意退回'])),
    office: text('县人社局'),
    closedOn: dayOfMonth(random, month),
  }),
  cars: ({ random, number }) => ({
    plate: text(`禾AI${String(1000 + number)}`),
    kind: text(random.pick(['小型轿车', '小型普通客车', '普通二轮摩托车', '轻型栏板货车'])),
    model: text('示例牌A1'),
    registeredOn: dayIn(random, random.between(2012, 2025)),
    price: money(random.between(8, 180) * 1000),
    state: text(random.pick(['正常', '逾期未检验', '注销'])),
  }),
  firms: ({ random, number }) => ({
    code: text(`92990399MAQH${String(10_000 + number)}X`),
    firm: text(`青禾示例${String(number)}号小卖部`),
    kind: text(random.pick(['个体工商户', '农民专业合作社', '有限责任公司'])),
    capital: money(random.pick([50_000, 100_000, 2_000_000])),
    foundedOn: dayIn(random, random.between(2008, 2025)),
    state: text(random.pick(['存续', '注销', '吊销'])),
    business: text('日用百货零售'),
  }),
  register: ({ random, number, person }) => ({
    householdNo: text(`9903011012${String(370_000 + Math.floor(number / 3))}`),
    personNo: text(`9903011012${String(370_000 + Math.floor(number / 3))}${two((number % 3) + 1)}`),
    headName: text(person.name),
    householdType: text(random.pick(['一般农户', '脱贫户'])),
    monitored: text(random.pick(['', '', '边缘易致贫户'])),
    order: count((number % 3) + 1),
    relation: text(['户主', '配偶', '之子'][number % 3] ?? '户主'),
    skill: text(random.pick(['普通劳动力', '弱劳动力或半劳动力', '无劳动力'])),
    housePhone: text(person.phone),
    wage: money(random.between(10, 80) * 100),
  }),
  none: ({ random }) => ({
    thing: text(random.pick(['打印纸', '碳粉', '文件柜'])),
    amount: money(random.between(10, 900)),
    quantity: count(random.between(1, 30)),
    usedOn: dayIn(random, 2026),
    duty: text(random.pick(['上午', '下午', '全天'])),
    trees: text(random.pick(['杉木', '油茶', '柑橘'])),
    area: count(random.between(1, 90)),
  }),
}

/** Fields whose values the truth holds: numbers of identity, names, amounts, days and counts. */
export function isKeyFact(fact: Fact): boolean {
  return fact.is !== 'text'
}

/** A number of identity with a right check character has 18 characters. */
export function isWholeId(id: string): boolean {
  return id.length === 18 && checkCharacterOf(id.slice(0, 17)) === id.charAt(17)
}

import { defineWords } from '#kernel/pure/words/index.ts'
import type { RuleTopic } from '../contract.ts'

/** What a rule is about, as a class of problems. */
export const topicWords = defineWords({
  identity: { zh: '身份信息', en: 'Identity' },
  family: { zh: '家庭关系', en: 'Family' },
  schooling: { zh: '就学信息', en: 'Schooling' },
  labour: { zh: '劳动能力', en: 'Capacity for work' },
  insurance: { zh: '参保信息', en: 'Insurance' },
  living: { zh: '生活条件', en: 'Living conditions' },
  contact: { zh: '联系方式', en: 'Contact' },
  income: { zh: '收入信息', en: 'Income' },
  risk: { zh: '风险信息', en: 'Risk' },
  measures: { zh: '帮扶措施', en: 'Measures' },
  clearing: { zh: '风险消除', en: 'Clearing of risk' },
  work: { zh: '务工信息', en: 'Work' },
  posts: { zh: '公益岗位', en: 'Public posts' },
  village: { zh: '村级信息', en: 'Village' },
} satisfies Record<RuleTopic, { zh: string; en: string }>)

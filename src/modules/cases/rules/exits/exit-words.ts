import { defineWords } from '#kernel/pure/words/index.ts'

/** What the gate of elimination says of each item, and the same where it is missing for a move (`missing.exit.…`). */
const sentences = {
  'months.met': { zh: '识别已满 {found} 个月（须满 {needed} 个月）', en: '{found} months since identification ({needed} needed)' },
  'months.not-met': {
    zh: '识别（{since}）至今只满 {found} 个月，须满 {needed} 个月',
    en: 'Only {found} full months since identification ({since}); {needed} are needed',
  },
  'months.unknown': { zh: '个案没有识别（县级审定）日期', en: 'The case has no day of identification' },
  'measures.met': { zh: '{risk}：已落实 {found} 项帮扶措施', en: '{risk}: {found} measures' },
  'measures.not-met': {
    zh: '{risk}：没有针对性的帮扶措施（须 {needed} 项，已有 {found} 项）',
    en: '{risk}: no measure against it ({found} of {needed})',
  },
  'measures.no-risks': { zh: '个案没有登记风险类型', en: 'The case names no risk' },
  'income.met': {
    zh: '人均纯收入 {found} 元，高于现行收入线 {needed} 元',
    en: 'Net income per person {found} yuan, above the line of {needed}',
  },
  'income.not-met': {
    zh: '人均纯收入 {found} 元，没有高于现行收入线 {needed} 元',
    en: 'Net income per person {found} yuan is not above the line of {needed}',
  },
  'income.none': { zh: '收入核算表还没有按消除期计算', en: 'The income sheet has not been computed for the elimination' },
  'income.stale': { zh: '计算以后收入核算表又改过，请重新计算', en: 'The income sheet has changed since: compute it again' },
  'income.old': {
    zh: '收入核算到 {to} 为止，须到 {needed} 或以后，请重新计算',
    en: 'The income sheet ends on {to}; it must reach {needed}: compute it again',
  },
  'income.no-line': {
    zh: '本地现行的监测范围收入线还没有填（政策规则 · 监测范围收入线）',
    en: 'No income line is in force here (Policies · income line)',
  },
  'income.unclassified': { zh: '收入核算表里有没归类的项目，算不出人均纯收入', en: 'An item of the income sheet has no class' },
  'stable.met': {
    zh: '最近 {months} 个月折算成一年人均 {found} 元，高于收入线 {needed} 元',
    en: 'The latest {months} months put to a year: {found} yuan per person, above {needed}',
  },
  'stable.not-met': {
    zh: '最近 {months} 个月折算成一年人均 {found} 元，没有高于收入线 {needed} 元，收入不稳定',
    en: 'The latest {months} months put to a year are {found} yuan per person, not above {needed}',
  },
  'stable.no-lines': { zh: '最近 {months} 个月没有登记收入', en: 'No income is entered for the latest {months} months' },
  'stable.none': { zh: '收入是否稳定：还没有按消除期计算', en: 'Stability is unknown: nothing was computed' },
  'stable.stale': { zh: '收入是否稳定：计算以后收入核算表又改过', en: 'Stability is unknown: the sheet has changed since' },
  'stable.old': {
    zh: '收入是否稳定：核算到 {to} 为止，须到 {needed} 或以后',
    en: 'Stability is unknown: computed until {to}, needed until {needed}',
  },
  'stable.no-line': { zh: '收入是否稳定：本地现行的监测范围收入线还没有填', en: 'Stability is unknown: no income line is in force here' },
  'safeguards.met': { zh: '{safeguard}有保障', en: '{safeguard}: secure' },
  'safeguards.not-met': { zh: '{safeguard}还没有保障', en: '{safeguard}: not secure' },
  'safeguards.unknown': { zh: '{safeguard}的情况没有登记', en: '{safeguard}: not on file' },
  'new-risk.met': { zh: '没有新的风险线索', en: 'No new risk' },
  'new-risk.lead': { zh: '{on} 的风险线索还没有办结', en: 'The lead of {on} is not closed' },
  'new-risk.intake': { zh: '{on} 的申报（来件）还没有办结', en: 'What came in on {on} is not closed' },
  'new-risk.visit': { zh: '{on} 入户看到情况变差', en: 'The visit of {on} found it worse' },
  'labour.met': { zh: '户内有劳动能力', en: 'Somebody can work' },
  'labour.not-met': {
    zh: '整户无劳动能力，落实兜底保障，暂不标注风险消除',
    en: 'Wholly without labour: helped on, not marked as eliminated',
  },
  'labour.unknown': {
    zh: '有 {people} 人的劳动能力没有填，不能判断是否整户无劳动能力',
    en: 'The labour of {people} members is not filled',
  },
} as const

/** Where a fact of the gate is from. */
export const exitSourceWords = defineWords({
  'source.case': { zh: '个案', en: 'Case' },
  'source.register': { zh: '底册', en: 'Register' },
  'source.income-sheet': { zh: '收入核算表', en: 'Income sheet' },
  'source.screening': { zh: '风险线索', en: 'Leads' },
})

export const exitWords = defineWords(sentences)

/** The same as sentences of MissingItems. */
export const exitMissingWords = defineWords({
  'missing.exit.months.not-met': sentences['months.not-met'],
  'missing.exit.months.unknown': sentences['months.unknown'],
  'missing.exit.measures.not-met': sentences['measures.not-met'],
  'missing.exit.measures.no-risks': sentences['measures.no-risks'],
  'missing.exit.income.not-met': sentences['income.not-met'],
  'missing.exit.income.none': sentences['income.none'],
  'missing.exit.income.stale': sentences['income.stale'],
  'missing.exit.income.old': sentences['income.old'],
  'missing.exit.income.no-line': sentences['income.no-line'],
  'missing.exit.income.unclassified': sentences['income.unclassified'],
  'missing.exit.stable.not-met': sentences['stable.not-met'],
  'missing.exit.stable.no-lines': sentences['stable.no-lines'],
  'missing.exit.stable.none': sentences['stable.none'],
  'missing.exit.stable.stale': sentences['stable.stale'],
  'missing.exit.stable.old': sentences['stable.old'],
  'missing.exit.stable.no-line': sentences['stable.no-line'],
  'missing.exit.safeguards.not-met': sentences['safeguards.not-met'],
  'missing.exit.safeguards.unknown': sentences['safeguards.unknown'],
  'missing.exit.new-risk.lead': sentences['new-risk.lead'],
  'missing.exit.new-risk.intake': sentences['new-risk.intake'],
  'missing.exit.new-risk.visit': sentences['new-risk.visit'],
  'missing.exit.labour.not-met': sentences['labour.not-met'],
  'missing.exit.labour.unknown': sentences['labour.unknown'],
})

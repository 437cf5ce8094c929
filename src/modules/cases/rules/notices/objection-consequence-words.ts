import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { ObjectionConsequence, RecheckOutcome } from './objection-consequence.ts'

/** What an upheld objection led to. */
export const consequenceWords = defineWords({
  returned: { zh: '退回重新核实', en: 'Returned to the visit' },
  'under-way': { zh: '正在重新核实', en: 'Under way anew' },
  recheck: { zh: '转县级复核', en: 'The county looks again' },
  none: { zh: '个案已结束', en: 'The case has ended' },
} satisfies Record<ObjectionConsequence, Words>)

/** What the county came to. */
export const recheckWords = defineWords({
  stands: { zh: '维持原审定', en: 'The decision stands' },
  reverted: { zh: '消除回退', en: 'Elimination taken back' },
  handled: { zh: '已另行处理', en: 'Dealt with otherwise' },
} satisfies Record<RecheckOutcome, Words>)

/** The same in the letter to whoever objected. */
export const consequenceSentences = defineWords({
  returned: { zh: '该户已退回重新入户核实。', en: 'The household is visited anew.' },
  'under-way': { zh: '该户正在重新核实。', en: 'The household is being verified anew.' },
  recheck: { zh: '该户已转县级复核。', en: 'The county looks at the household once more.' },
  none: { zh: '该户的办理程序此前已经结束。', en: 'The procedure of the household had ended before.' },
} satisfies Record<ObjectionConsequence, Words>)

import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { LeadAnswer } from '../contract.ts'

/** Phrases that visits need most, so that a thumb suffices; each may be added to. */
export const quickNotes: Readonly<Record<LeadAnswer, readonly Words[]>> = {
  confirmed: Object.values(
    defineWords({
      met: { zh: '已入户，见到本人，情况属实', en: 'Visited, met the person, it is so' },
      hard: { zh: '家庭收入受影响，生活有困难', en: 'The income suffers and life is hard' },
      new: { zh: '情况属实，还没有享受帮扶', en: 'It is so and no help has come yet' },
    }),
  ),
  dismissed: Object.values(
    defineWords({
      solved: { zh: '已入户，问题已经解决', en: 'Visited, already solved' },
      afford: { zh: '情况存在，家庭能够承担', en: 'It is so but the family can carry it' },
      wrong: { zh: '清单数据有误，不是本户的情况', en: 'The list is wrong about this household' },
    }),
  ),
  'not-here': Object.values(
    defineWords({
      away: { zh: '全家长期在外，电话没有联系上', en: 'Away for long, not reached by telephone' },
      moved: { zh: '已搬迁到外村', en: 'Moved to another village' },
    }),
  ),
  'needs-help-elsewhere': Object.values(
    defineWords({
      other: { zh: '清单上的情况不属实，但有其他困难', en: 'Not what the list says, but another trouble' },
      office: { zh: '需要其他部门帮助', en: 'Another office must help' },
    }),
  ),
}

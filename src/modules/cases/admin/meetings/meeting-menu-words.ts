import { defineWords } from '#kernel/pure/words/index.ts'

/** Names of the pages of meetings and kin, loaded with the app. */
export const meetingMenuWords = defineWords({
  meetings: { zh: '民主评议', en: 'Appraisal' },
  kin: { zh: '我的亲属', en: 'My relatives' },
  ties: { zh: '亲属户（回避用）', en: 'Kin' },
})

import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of the module's refusals. */
export const casesErrorWords = defineWords({
  'cases.classification-running': {
    zh: '分层分类正在进行，请稍候再试。',
    en: 'A classification is under way. Try again in a moment.',
  },
  'cases.not-yet': { zh: '{asOf} 还没有到，不能按这一天保存分类。', en: '{asOf} has not come yet; nothing was kept for it.' },
  'cases.later-day-kept': {
    zh: '{newest} 的分类已经保存，{asOf} 的不再保存；要看 {asOf} 的结果，用 bangfu classify 重新判定。',
    en: 'The classification of {newest} is kept, so that of {asOf} is not; bangfu classify judges {asOf} again without keeping it.',
  },
  'cases.no-day': { zh: '“{asOf}”不是日期，请写成 2023-12-31。', en: '“{asOf}” is no day; write it as 2023-12-31.' },
  'cases.interrupted': {
    zh: '分层分类中断了，没有写入任何结果；系统会再试，也可以手动再来一次。',
    en: 'The classification was interrupted and wrote nothing. It is tried again, or begin it anew.',
  },
})

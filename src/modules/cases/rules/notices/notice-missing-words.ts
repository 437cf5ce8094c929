import { defineWords } from '#kernel/pure/words/index.ts'

/** What a case still misses of its notice. */
export const noticeMissingWords = defineWords({
  'missing.notice-none': { zh: '本轮还没有公示：没有列入任何公示', en: 'Not on any notice of this round yet' },
  'missing.notice-draft': { zh: '公示 {noticeNo} 还是草稿，没有提交', en: 'Notice {noticeNo} is a draft and was not submitted' },
  'missing.notice-release': { zh: '公示 {noticeNo} 还没有由另一人审核发布', en: 'Notice {noticeNo} was not released by a second person' },
  'missing.notice-post': { zh: '公示 {noticeNo} 已发布，还没有登记张贴', en: 'Notice {noticeNo} is released; its posting is not noted' },
  'missing.notice-days': {
    zh: '公示 {noticeNo} 要到 {endsOn} 才期满，{overOn} 起可以通过',
    en: 'Notice {noticeNo} hangs until {endsOn}; from {overOn} on the step can be passed',
  },
  'missing.notice-paused': {
    zh: '公示 {noticeNo} 因异议暂停，答复后还要公示 {daysLeft} 天',
    en: 'Notice {noticeNo} is paused by an objection; {daysLeft} days are left after the answer',
  },
  'missing.notice-photo': { zh: '公示 {noticeNo} 没有张贴照片', en: 'The photo of the posted notice {noticeNo} is missing' },
  'missing.notice-recheck': {
    zh: '公示异议 {objectionNo} 成立，县级要在 {dueOn} 前复核',
    en: 'Objection {objectionNo} was upheld; the county looks again by {dueOn}',
  },
  'missing.notice-objection': {
    zh: '异议 {objectionNo} 还没有答复，{dueOn} 前要答复',
    en: 'Objection {objectionNo} is not answered; due {dueOn}',
  },
})

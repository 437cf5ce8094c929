import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of the public pages of a notice. */
export const objectionPageWords = defineWords({
  title: { zh: '对公示提出异议', en: 'Object to a notice' },
  hangs: { zh: '公示到 {endsOn}（含当天）。', en: 'The notice hangs until {endsOn}.' },
  paused: {
    zh: '这份公示因异议暂停计时，仍然可以提出意见。',
    en: 'The days of this notice are held by an objection; you may still object.',
  },
  promise: {
    zh: '收到后会核查，{dueOn} 前书面答复。您的姓名和电话保密，只给核查人员看。',
    en: 'It will be looked into and answered in writing by {dueOn}. Your name and telephone are seen by those who look into it only.',
  },
  phones: { zh: '也可以打电话：{phones}。', en: 'You may also ring {phones}.' },
  about: { zh: '您要反映的是哪一户（可以写姓名、第几组）', en: 'Which household is it about (name, group)' },
  text: { zh: '请说明具体情况（必填，至少5个字）', en: 'Say what is the matter (needed, five letters at least)' },
  name: { zh: '您的姓名（可以不写）', en: 'Your name (if you like)' },
  phone: { zh: '您的电话（可以不写；写了才能联系您、告诉您结果）', en: 'Your telephone (if you like; needed to reach you)' },
  send: { zh: '提交', en: 'Send' },
  mend: {
    zh: '还没有提交：请写清楚具体情况，至少5个字。您写的内容都还在。',
    en: 'Not sent yet: say what is the matter in five letters at least. What you wrote is still here.',
  },
  again: {
    zh: '页面打开得太久了，您写的内容都还在，请再点一次“提交”。',
    en: 'The page stood open too long. What you wrote is still here: send it again.',
  },
  unfit: {
    zh: '没有收到，您写的内容都还在，请再点一次“提交”，或者打电话：{phones}。',
    en: 'It was not taken. What you wrote is still here: send it again, or ring {phones}.',
  },
  busy: {
    zh: '现在提交的人太多，您写的内容都还在，请过几分钟再点“提交”，或者打电话：{phones}。',
    en: 'Too many people are sending now. What you wrote is still here: try again in some minutes, or ring {phones}.',
  },
  over: {
    zh: '这里没有正在进行的公示。公示期满或者撤下后，可以向村民委员会、乡镇人民政府反映，或者打电话：{phones}。',
    en: 'No notice hangs here. When a notice is over, turn to the village or township, or ring {phones}.',
  },
  receiptTitle: { zh: '异议办理进度', en: 'How far your objection is' },
  taken: {
    zh: '已经收到。请记下编号，或者把这一页拍下来，以后可以随时查看进度。',
    en: 'It was received. Note the number or take a picture of this page; it shows how far it is.',
  },
  number: { zh: '编号', en: 'Number' },
  received: { zh: '{on} 收到', en: 'Received on {on}' },
  checking: { zh: '{on} 开始核查', en: 'Being looked into since {on}' },
  waiting: { zh: '等待核查', en: 'Waits to be looked into' },
  answered: {
    zh: '{on} 已经书面答复。没有收到答复的，请到村民委员会领取，或者打电话：{phones}。',
    en: 'Answered in writing on {on}. If you have no letter, ask the village for it or ring {phones}.',
  },
  due: { zh: '{dueOn} 前书面答复。', en: 'To be answered in writing by {dueOn}.' },
  other: { zh: 'English', en: '中文' },
})

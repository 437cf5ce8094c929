import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of the refusals of notices and objections. */
export const noticeErrorWords = defineWords({
  'cases.notice-terms': {
    zh: '政策规则“公示与异议”里的“{name}”没有填或填得不对，不能编制公示；请县里在政策规则里改正。',
    en: 'The value {name} of the policy “Notices and objections” is missing or cannot be; the county must mend it.',
  },
  'cases.notice-changed': { zh: '这份公示刚被别人改过，请刷新后再办。', en: 'Somebody has just changed this notice; read it again.' },
  'cases.notice-state': { zh: '这份公示现在不能这样办。', en: 'That cannot be done with the notice as it stands.' },
  'cases.notice-not-ours': {
    zh: '公示由村或乡镇编制、张贴，发布由乡镇或县里另一人办理。',
    en: 'Villages or townships draft and post; somebody else of the township or county releases.',
  },
  'cases.notice-village': { zh: '公示以村为单位，请选一个村。', en: 'A notice is of one village; choose it.' },
  'cases.notice-cases': {
    zh: '有 {count} 个个案不能列入：不在公示环节、不是本村的，或已经在另一份公示里。',
    en: '{count} cases cannot be on it: not at the step, of another village, or on another notice.',
  },
  'cases.notice-word': { zh: '“{word}”不是政策规则里的词。', en: '“{word}” is no word of the policy.' },
  'cases.notice-days': { zh: '公示不能少于 {days} 天。', en: 'A notice hangs at least {days} days.' },
  'cases.notice-findings': {
    zh: '公示里有 {count} 处不能公开的信息，改好后才能提交和发布。',
    en: '{count} things that must not be published are in the notice; mend them first.',
  },
  'cases.notice-own': {
    zh: '编制或提交公示的人不能自己发布，请乡镇或县里另一人办理。',
    en: 'Who wrote or submitted a notice may not release it; somebody else of the township or county must.',
  },
  'cases.notice-kin': { zh: '您与公示里的农户有亲属关系，要回避。', en: 'You are kin to a household on the notice and must keep away.' },
  'cases.notice-day': { zh: '张贴日期要在发布之后、今天之前（含当天）。', en: 'The day of posting lies between the release and today.' },
  'cases.notice-file': {
    zh: '这个文件的名称或内容里有不能公开的信息（{kinds}），没有收下。',
    en: 'The name or content of the file holds what must not be published ({kinds}); it was not taken.',
  },
  'cases.notice-file-kind': {
    zh: '请上传照片（JPG、PNG）或PDF；张贴照片只收照片。',
    en: 'Upload a picture (JPG, PNG) or a PDF; a posting photo is a picture.',
  },
  'cases.objection-notice': {
    zh: '这份公示没有张贴或已撤下，不能登记异议。',
    en: 'The notice was not posted or was taken down; no objection can be noted.',
  },
  'cases.objection-changed': {
    zh: '这件异议刚被别人办过，请刷新后再办。',
    en: 'Somebody has just acted on this objection; read it again.',
  },
  'cases.objection-state': { zh: '这件异议现在不能这样办。', en: 'That cannot be done with the objection as it stands.' },
  'cases.objection-own-work': {
    zh: '不能核查、答复针对自己经办工作的异议，请另一人办理。',
    en: 'Who did the work may not look into an objection to it; somebody else must.',
  },
  'cases.objection-case': { zh: '请先选定异议针对公示里的哪一户。', en: 'Choose first against which household of the notice it is.' },
  'cases.objection-finding': { zh: '还没有写核查情况，不能答复。', en: 'Nothing was found out yet; it cannot be answered.' },
  'cases.objection-unfit': { zh: '请写清楚异议内容（至少5个字）。', en: 'Say what is objected to (five letters at least).' },
})

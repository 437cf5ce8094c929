import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of refusals; the keys are codes of `paperErrors`. */
export const paperErrorWords = defineWords({
  'cases.paper-unknown': { zh: '这个环节没有“{kind}”这份文书。', en: 'This step has no paper “{kind}”.' },
  'cases.paper-masked-only': {
    zh: '《{name}》按政策只能隐去号码打印（政策：文书打印口径）。',
    en: 'By policy “{name}” is printed with masked numbers only (policy: how papers are printed).',
  },
  'cases.template-unknown-fields': {
    zh: '模板里有这份文书没有的栏目：{fields}。请对照栏目说明改正后再传。',
    en: 'The template asks for fields that this paper does not have: {fields}. Mend it by the list of fields.',
  },
  'cases.template-shipped': { zh: '现在用的就是系统自带的模板。', en: 'The shipped template is in use already.' },
  'cases.notice-not-released': { zh: '公示还没有审核发布，不能打印。', en: 'The notice has not been released and cannot be printed.' },
  'cases.objection-not-answered': {
    zh: '这件异议还没有答复，没有答复函可打。',
    en: 'The objection has not been answered; there is no letter yet.',
  },
  'cases.attachment-missing': { zh: '没有收到文件，请重新选择照片或 PDF。', en: 'No file came. Choose a photograph or PDF again.' },
  'cases.too-many-pages': { zh: '一份文书最多 {most} 页，请先删去不要的。', en: 'A paper takes {most} pages at most; remove one first.' },
  'cases.attachment-lost': {
    zh: '这份附件的文件读不出来，请联系系统管理员从备份恢复。',
    en: 'The file of this attachment cannot be read. Ask the system administrator to restore it.',
  },
  'cases.signed-on-wrong': {
    zh: '签字日期 {signedOn} 不对：不能晚于今天，也不能早于开案。',
    en: 'It cannot have been signed on {signedOn}.',
  },
  'cases.paper-of-other-step': {
    zh: '个案已经不在这个环节，请刷新后在现在的环节办理。',
    en: 'The case is at another step now. Reload and act there.',
  },
})

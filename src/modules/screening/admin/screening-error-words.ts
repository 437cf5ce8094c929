import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of this module's refusals: what happened, what to do, whom to call. Reasons of a lead are said in the sentence itself. */
export const screeningErrorWords = defineWords({
  'screening.lead-refused': {
    zh: '这条线索现在不能这样办（可能刚被别人办过，或不归您办理），没有改动。请返回列表刷新后再看。',
    en: 'This cannot be done with the lead now (somebody may have acted, or it is not yours). Nothing was changed. Go back to the list and look again.',
  },
  'screening.lead-changed': {
    zh: '您打开之后，这条线索已被别人办理，刚才的内容没有保存。请重新打开核对后再办。',
    en: 'Somebody acted on this lead after you opened it, and your step was not saved. Open it again and check.',
  },
  'screening.answers-disagree': {
    zh: '总的结论和逐条说明对不上，没有保存。选“属实”至少要有一条属实；选“不属实”不能有属实的条目；选“不在本村”时每条都不核实。请修改后再提交。',
    en: 'The answer as a whole and its parts do not agree, and nothing was saved. Confirmed needs one confirmed reason, dismissed none, not-here judges none. Change it and send again.',
  },
  'screening.too-many-leads': {
    zh: '符合条件的线索超过 {limit} 条，没有发出。请按乡镇或月份缩小范围，分几次发。',
    en: 'More than {limit} leads fit, and nothing was sent. Narrow it down by township or month.',
  },
  'screening.nothing-chosen': { zh: '还没有选线索。请先选中要发出的线索。', en: 'Nothing is chosen. Choose the leads to send first.' },
})

import { defineWords } from '#kernel/pure/words/index.ts'
import { exportErrorWords } from './export-words.ts'

/** Sentences for refusals of lists, reveals, tags, villages, corrections and exports; the keys are codes of `registryErrors`. */
export const readingErrorWords = defineWords({
  ...exportErrorWords,
  'registry.not-found': { zh: '没有这条记录，或不在您的范围内', en: 'There is no such record within your scope' },
  'registry.wrong-state': {
    zh: '现在的状态是“{state}”，不能这样办理；请刷新后再看',
    en: 'The state is {state}; this cannot be done. Reload and look again',
  },
  'registry.unknown-tag': { zh: '没有“{tag}”这个标签；请从列表中选择', en: 'There is no tag {tag}; choose one of the list' },
  'registry.already-tagged': { zh: '这一户已经有这个标签', en: 'The household carries this tag already' },
  'registry.day-ahead': { zh: '{day} 还没到；请填今天或以前的日期', en: '{day} is yet to come; give today or an earlier day' },
  'registry.nothing-to-reveal': { zh: '台账里没有这个号码', en: 'The register holds no such number' },
  'registry.reveal-budget': {
    zh: '{hours} 小时内已查看 {limit} 人的完整号码，到了上限；请稍后再看，确有需要请联系县级管理员',
    en: 'You have seen the full numbers of {limit} people within {hours} hours, which is the limit. Try later, or ask the county administrator',
  },
  'registry.county-office': { zh: '这个条件只有县级人员可以使用', en: 'Only the county office may use this filter' },
  'registry.unknown-field': { zh: '“{field}”不能在这里更正', en: '{field} cannot be corrected here' },
  'registry.not-readable': {
    zh: '新的值读不懂（{problem}）；请按提示的写法填写',
    en: 'The new value cannot be read ({problem}); write it as the hint says',
  },
  'registry.same-value': { zh: '新的值与台账相同，不需要更正', en: 'The new value is the same as in the register' },
  'registry.already-proposed': { zh: '这一项已有人提出更正，还没有办结', en: 'A correction of this field is open already' },
  'registry.value-moved': {
    zh: '提出更正以后台账的值又变了；请退回这一条，重新核对',
    en: 'The value has changed since; reject this correction and check again',
  },
  'registry.overlaps': { zh: '这个村现在已经是这一类', en: 'The village is of this kind already' },
})

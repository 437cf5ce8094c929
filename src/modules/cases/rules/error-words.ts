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
  'cases.terms-incomplete': {
    zh: '政策规则里没有“{name}”，或者不是可用的值，不能办理；请县数据管理员在“政策规则”里补上。',
    en: 'The policies say nothing usable of “{name}”; ask the county data officer to fill it in.',
  },
  'cases.case-open': {
    zh: '这户已有在办个案，请在那个个案里办理。',
    en: 'The household has an open case; go on there.',
  },
  'cases.case-changed': {
    zh: '这个个案刚被别人办理过，请刷新后再看；您填写的内容没有保存。',
    en: 'Somebody has just acted on this case. Reload it; what you entered was not saved.',
  },
  'cases.move-refused': { zh: '现在不能这样办理（{reason}）。', en: 'This cannot be done now ({reason}).' },
  'cases.missing': { zh: '还缺材料或条件，不能办理；缺什么见下一步。', en: 'Something is missing; the next step names it.' },
  'cases.self-approval': {
    zh: '您办理过这个个案前面的环节，审核、审定须由另一人办理。',
    en: 'You did an earlier step of this case; somebody else must review and decide.',
  },
  'cases.kin': {
    zh: '您与这户有亲属关系，应当回避，请转给他人办理。',
    en: 'You are kin to this household; pass the case to somebody else.',
  },
  'cases.unknown-word': { zh: '“{word}”不在规定的选项里。', en: '“{word}” is none of the choices.' },
  'cases.intake-changed': {
    zh: '这一件刚被别人办理过，请刷新后再看；您填写的内容没有保存。',
    en: 'Somebody has just acted on this. Reload it; what you entered was not saved.',
  },
  'cases.intake-refused': {
    zh: '这一件现在不能这样办：可能已经办过、不归您办，或者没有填原因、去向。请打开它看看还能做什么。',
    en: 'This cannot be done with it now: it was handled already, is not yours, or a reason or place is missing. Open it to see what can be done.',
  },
  'cases.intake-entered': {
    zh: '这个来源的这个编号已经录过，不再重复录入。',
    en: 'This number of this sender was entered before.',
  },
  'cases.intake-unfit': {
    zh: '“{field}”填写的内容不对，请改正后再录入。',
    en: 'What stands in “{field}” cannot be used; mend it and enter it again.',
  },
  'cases.no-such-household': {
    zh: '没有选到户，或者这户不在您的范围内。',
    en: 'No household was chosen, or it is not within your reach.',
  },
})

import { defineWords } from '#kernel/pure/words/index.ts'
import type { CampaignKind, ProblemSource } from '../contract.ts'
import type { CampaignState } from './campaign-states.ts'
import type { CallOutcome, TargetState } from './target-states.ts'

type Of<Key extends string> = Record<Key, { zh: string; en: string }>

export const campaignKindWords = defineWords({
  phone: { zh: '电话调查', en: 'Phone survey' },
  'look-back': { zh: '回头看', en: 'Look-back' },
  'three-checks': { zh: '三查', en: 'Three checks' },
  'screening-round': { zh: '过筛排查', en: 'Screening round' },
  census: { zh: '普查验收', en: 'Census' },
  satisfaction: { zh: '满意度调查', en: 'Satisfaction survey' },
  quiz: { zh: '因户施策工作会', en: 'Quiz meeting' },
} satisfies Of<CampaignKind>)

export const campaignStateWords = defineWords({
  draft: { zh: '起草', en: 'Draft' },
  frozen: { zh: '名单已定', en: 'List fixed' },
  open: { zh: '进行中', en: 'Open' },
  closed: { zh: '已结束', en: 'Closed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
} satisfies Of<CampaignState>)

export const targetStateWords = defineWords({
  waiting: { zh: '待调查', en: 'To be called' },
  retry: { zh: '待重拨', en: 'To be called again' },
  answered: { zh: '已答复', en: 'Answered' },
  refused: { zh: '拒绝回答', en: 'Refused' },
  'wrong-number': { zh: '号码不对', en: 'Wrong number' },
  moved: { zh: '已搬走', en: 'Moved away' },
  deceased: { zh: '已去世', en: 'Deceased' },
  unreached: { zh: '多次未接通', en: 'Not reached' },
  ended: { zh: '户已不存在', en: 'No household any more' },
} satisfies Of<TargetState>)

export const outcomeWords = defineWords({
  answered: { zh: '已答复', en: 'Answered' },
  'no-answer': { zh: '没接通', en: 'No answer' },
  'call-back': { zh: '约好再打', en: 'Call back' },
  refused: { zh: '拒绝回答', en: 'Refused' },
  'wrong-number': { zh: '号码不对', en: 'Wrong number' },
  moved: { zh: '已搬走', en: 'Moved away' },
  deceased: { zh: '已去世', en: 'Deceased' },
} satisfies Of<CallOutcome>)

export const sourceWords = defineWords({
  correction: { zh: '信息纠错', en: 'Correction' },
  policy: { zh: '政策落实', en: 'Policy' },
  satisfaction: { zh: '满意度', en: 'Satisfaction' },
  other: { zh: '其他', en: 'Other' },
} satisfies Of<ProblemSource>)

export const conclusionWords = defineWords({
  clean: { zh: '没有问题', en: 'Nothing found' },
  corrected: { zh: '已纠错', en: 'Corrected' },
  problems: { zh: '有问题', en: 'Problems' },
  risk: { zh: '有风险', en: 'Risk' },
})

export const wayWords = defineWords({
  phone: { zh: '电话', en: 'Telephone' },
  visit: { zh: '上门', en: 'Visit' },
  import: { zh: '表格导入', en: 'From a file' },
})

/** What is wrong with an answer; keys are `why` of a fault. */
export const faultWords = defineWords({
  unknown: { zh: '表里没有这一问', en: 'The form has no such question' },
  needed: { zh: '还没有填', en: 'Not answered yet' },
  kind: { zh: '填写的内容不对', en: 'Not such an answer' },
  option: { zh: '没有这个选项', en: 'No such choice' },
  range: { zh: '数字超出范围', en: 'Out of range' },
  long: { zh: '太长', en: 'Too long' },
  check: { zh: '和其他回答矛盾', en: 'Contradicts another answer' },
  'not-asked': { zh: '按前面的回答不用填', en: 'Not asked after the answers before' },
  register: { zh: '这个值登记不了，请照登记的格式写', en: 'The register cannot take this value' },
  'no-household': { zh: '名单里没有这个户编号', en: 'No such household in the list' },
  twice: { zh: '表里出现两次', en: 'Stands twice in the file' },
  'answered-before': { zh: '已经答复过', en: 'Answered before' },
  'not-yours': { zh: '不是分给您的户', en: 'Given to somebody else' },
})

/** Sentences for this module's refusals: what happened, what to do, whom to call. */
export const surveysErrorWords = defineWords({
  'surveys.not-found': { zh: '没有找到，可能不在您的范围内。请返回列表刷新。', en: 'Not found, or out of your area. Go back to the list.' },
  'surveys.changed': {
    zh: '您打开之后，别人已经办过，刚才的内容没有保存。请刷新后再办。',
    en: 'Somebody acted after you opened it. Nothing was saved; look again.',
  },
  'surveys.not-open': { zh: '这次调查没有开始，或已经结束，不能再记录。', en: 'The campaign is not open; nothing more can be recorded.' },
  'surveys.wrong-state': { zh: '现在不能这样办，可能别人已经办过。请刷新后再看。', en: 'This cannot be done now. Look again.' },
  'surveys.frozen': {
    zh: '调查名单已经定下，不能再改；要改请取消后另起一次。',
    en: 'The list is fixed. Cancel the campaign and draft another.',
  },
  'surveys.nobody': { zh: '按这些条件没有找到农户，请放宽条件。', en: 'Nobody is behind this filter. Widen it.' },
  'surveys.no-again': { zh: '要再查的那一次还没有定名单，不能照它的名单。', en: 'That campaign has no list yet.' },
  'surveys.form-refused': { zh: '问卷有不对的地方，没有保存：{faults}', en: 'The form cannot be used: {faults}' },
  'surveys.unknown-form': { zh: '没有这份问卷。', en: 'There is no such form.' },
  'surveys.unknown-filter': { zh: '不能按“{key}”选户。请去掉这个条件。', en: 'Households cannot be chosen by {key}. Remove it.' },
  'surveys.wrong-area': { zh: '只能在自己的县或乡镇内开展。', en: 'Only within your own county or township.' },
  'surveys.answers-refused': {
    zh: '有的回答没有填或填得不对，没有保存。请看标红的问题。',
    en: 'Some answers are missing or wrong; nothing was saved. See the marked questions.',
  },
  'surveys.not-yours': { zh: '这一户分给了别人。请打开自己的名单。', en: 'This household was given to somebody else. Open your own list.' },
  'surveys.not-held': {
    zh: '这次调查由上级开展，名单和分配由上级办理。',
    en: 'The campaign is that of an office above; its list is in its hands.',
  },
  'surveys.no-caller': { zh: '不能分给这些人（没有调查权限，或不在这个范围工作）：{names}', en: 'These may not call here: {names}' },
  'surveys.no-phone': { zh: '没有登记电话。可以上门，或问村里。', en: 'No telephone is known. Visit, or ask the village.' },
  'surveys.terms-incomplete': {
    zh: '政策规则“调查排查”缺少：{name}。请县数据管理员补上。',
    en: 'The policy “Surveys and checks” lacks {name}.',
  },
  'surveys.reason-needed': { zh: '请写明原因（至少 4 个字）。', en: 'A reason of at least 4 characters is needed.' },
  'surveys.no-household-column': {
    zh: '表格第一行没有“户编号”这一列，没有导入。',
    en: 'The first row has no column 户编号; nothing was imported.',
  },
  'surveys.still-open': {
    zh: '还有 {open} 户没有结果。要结束请写明原因。',
    en: '{open} households have no result yet. Give a reason to close.',
  },
  'surveys.quiz-closed': { zh: '这次会已经结束，不能再改。', en: 'The meeting is closed.' },
  'surveys.quiz-unjudged': { zh: '还有 {open} 个提问没有评定。', en: '{open} questions are not judged yet.' },
})

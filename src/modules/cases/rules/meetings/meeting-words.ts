import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { Capacity, Conclusion } from './meeting-quorum.ts'
import type { MeetingKind, MeetingState } from './meeting-records.ts'

export const meetingKindWords = defineWords({
  appraisal: { zh: '纳入评议', en: 'Appraisal' },
  'exit-appraisal': { zh: '消除评议', en: 'Elimination appraisal' },
} satisfies Record<MeetingKind, Words>)

export const meetingStateWords = defineWords({
  called: { zh: '待召开', en: 'called' },
  held: { zh: '录入中', en: 'being entered' },
  closed: { zh: '已办结', en: 'closed' },
  dropped: { zh: '已取消', en: 'dropped' },
} satisfies Record<MeetingState, Words>)

export const capacityWords = defineWords({
  representative: { zh: '村民代表', en: 'villagers’ representative' },
  committee: { zh: '村两委成员', en: 'village committee' },
  'first-secretary': { zh: '第一书记', en: 'first secretary' },
  'work-team': { zh: '驻村工作队员', en: 'work team' },
  observer: { zh: '列席', en: 'observer' },
} satisfies Record<Capacity, Words>)

export const conclusionWords = defineWords({
  agreed: { zh: '同意', en: 'agreed' },
  refused: { zh: '不同意', en: 'refused' },
  'no-quorum': { zh: '到会不足', en: 'no quorum' },
} satisfies Record<Conclusion, Words>)

/** Sentences of refusals; the keys are codes of `meetingErrors` and `kinErrors`. */
export const meetingErrorWords = defineWords({
  'cases.meeting-not-found': { zh: '没有这次评议会，或不在您的辖区。', en: 'There is no such meeting within your area.' },
  'cases.meeting-closed': {
    zh: '评议会已办结，不能再改；确有错误的，重新召开一次更正会议。',
    en: 'The meeting is closed. A mistake is mended by calling another one.',
  },
  'cases.meeting-changed': { zh: '别人刚改过这次评议会，请刷新后再试。', en: 'Somebody has changed the meeting. Reload and try again.' },
  'cases.meeting-incomplete': { zh: '还不能办结：{why}', en: 'It cannot be closed yet: {why}' },
  'cases.meeting-kin': {
    zh: '应回避的人投了票，或主持了亲属的评议；请重新登记。',
    en: 'Somebody who must keep away has voted or presided. Enter it again.',
  },
  'cases.meeting-votes': {
    zh: '票数比能投票的到会人数多，或投票人不在到会名单里。',
    en: 'More votes than voters, or a voter who was not there.',
  },
  'cases.meeting-no-village': { zh: '评议会要以一个行政村召开。', en: 'A meeting is of one village.' },
  'cases.meeting-no-body': {
    zh: '这个村还没有评议人员，请先填写名单。',
    en: 'The village has nobody who appraises yet. Fill in the list.',
  },
  'cases.meeting-case-not-there': {
    zh: '{count} 户不在这个村的这一环节，不能上会。',
    en: '{count} households are not at this step in this village.',
  },
  'cases.meeting-terms': {
    zh: '评议规则“{name}”没有填写或看不懂，请到政策规则里补上。',
    en: 'The policy value “{name}” is missing or cannot be read.',
  },
  'cases.meeting-day': { zh: '会议日期不能晚于今天。', en: 'The day of the meeting has not come yet.' },
  'cases.meeting-correction': {
    zh: '只能更正同村、同类、已办结的评议会，并写明原因。',
    en: 'Only a closed meeting of the same village and kind is corrected, with a reason.',
  },
  'cases.meeting-recorder-kin': {
    zh: '您是{head}户的{path}，不能登记或办结评议这一户的会议。请换人登记，或把这一户另开一次会。',
    en: 'You are kin of {head} ({pathEn}) and may not enter or close a meeting about it. Let somebody else do it, or hold another meeting for it.',
  },
  'cases.kin-user-not-found': {
    zh: '没有这个用户，或不在您的辖区，或就是您本人。',
    en: 'There is no such user within your area, or it is you.',
  },
  'cases.kin-stated-by-office': {
    zh: '这一户是单位代您登记的，要撤销请找登记的单位。',
    en: 'Your office named it for you; only the office can withdraw it.',
  },
  'cases.kin-not-found': { zh: '没有这一户，或不在您的辖区。', en: 'There is no such household within your area.' },
  'cases.kin-same-household': { zh: '不能和自己同一户登记亲属关系。', en: 'A household is no kin of its own.' },
})

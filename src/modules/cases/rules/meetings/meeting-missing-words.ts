import { defineWords } from '#kernel/pure/words/index.ts'

/** What is missing of a meeting, for a case that would pass and for a meeting that would be closed. */
export const meetingMissingWords = defineWords({
  'missing.meeting-none': { zh: '本轮还没有召开民主评议会', en: 'No appraisal meeting in this round yet' },
  'missing.meeting-open': { zh: '{heldOn} 的评议会还没有办结', en: 'The meeting of {heldOn} is not closed' },
  'missing.meeting-quorum': {
    zh: '{heldOn} 的评议会到会不足：应到 {entitled} 人（不含回避），到会 {present} 人',
    en: 'No quorum on {heldOn}: {present} of {entitled} entitled (without those kept away) attended',
  },
  'missing.meeting-refused': {
    zh: '{heldOn} 评议未通过（同意 {for}、反对 {against}、弃权 {abstain}），只能不予纳入或退回',
    en: 'Refused on {heldOn} ({for} for, {against} against, {abstain} abstained); only reject or return is left',
  },
  'missing.meeting-exit-refused': {
    zh: '{heldOn} 消除评议未通过（同意 {for}、反对 {against}、弃权 {abstain}），只能不予消除或退回',
    en: 'The elimination was refused on {heldOn} ({for} for, {against} against, {abstain} abstained); only reject or return is left',
  },
  'missing.meeting-minutes': { zh: '评议会没有会议记录', en: 'The meeting has no minutes' },
  'missing.meeting-sheet': { zh: '缺 {heldOn} 评议会签字表的照片', en: 'The photo of the signed sheet of {heldOn} is missing' },
  'missing.meeting-attendance': { zh: '{count} 人没有登记到会', en: 'Attendance of {count} people is open' },
  'missing.meeting-chair': { zh: '没有填主持人', en: 'Nobody presided' },
  'missing.meeting-chair-absent': { zh: '主持人 {name} 没有到会', en: '{name}, who presides, did not attend' },
  'missing.meeting-chair-capacity': { zh: '{name} 的身份不能主持评议', en: '{name} may not preside in his capacity' },
  'missing.meeting-chair-kin': {
    zh: '{head} 户：主持人 {name} 要回避，请填由谁主持',
    en: '{head}: {name} is kin and may not preside; name a deputy',
  },
  'missing.meeting-minute-taker': { zh: '没有填记录人', en: 'Nobody took the minutes' },
  'missing.meeting-recorder-kin': {
    zh: '{head} 户：记录人 {name} 是{path}，要回避，请换记录人',
    en: '{head}: {name} ({pathEn}) is kin and may not take the minutes',
  },
  'missing.meeting-writer-kin': {
    zh: '{head} 户：您是{path}，要回避；请换人登记和办结，或把这一户另开一次会',
    en: '{head}: you are kin ({pathEn}); let somebody else enter and close it, or hold another meeting for it',
  },
  'missing.meeting-votes': { zh: '{head} 户：还有 {count} 票没有登记', en: '{head}: {count} votes are not entered' },
  'missing.meeting-too-many-votes': { zh: '{head} 户：票数比能投票的到会人多 {count}', en: '{head}: {count} votes more than voters' },
  'missing.meeting-early': { zh: '会议日期 {heldOn} 还没有到', en: 'The day of the meeting, {heldOn}, has not come' },
})

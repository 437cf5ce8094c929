import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences of the module's refusals; the keys are codes of `rectificationErrors`. */
export const rectificationErrorWords = defineWords({
  'rectification.terms-incomplete': {
    zh: '政策规则“问题整改口径”里的“{name}”没有填或填得不对，请县数据管理员补上',
    en: '“{name}” of the policy “Terms of rectification” is missing or wrong; ask the county data officer',
  },
  'rectification.problem-changed': {
    zh: '刚才有人办过这个问题，请刷新后再办',
    en: 'Somebody acted on this problem meanwhile; load it again',
  },
  'rectification.act-refused': { zh: '现在不能这样办这个问题（{reason}）', en: 'This cannot be done to the problem now ({reason})' },
  'rectification.self-acceptance': {
    zh: '谁整改、谁负责的问题，由另一人验收、销号、批准；请换人办',
    en: 'Somebody else must accept, strike off or decide: you did the work, answer for it or asked',
  },
  'rectification.no-day': { zh: '“{words}”没有说清是哪一天，请填日期', en: '“{words}” names no day; enter a date' },
  'rectification.no-such-unit': { zh: '没有这个单位，或不归本级交办', en: 'No such unit, or not one that your office may assign to' },
  'rectification.no-such-campaign': { zh: '没有这个整改专项', en: 'No such rectification campaign' },
  'rectification.campaign-there': { zh: '已经有同名的整改专项', en: 'There is a campaign of this name' },
  'rectification.no-place': {
    zh: '找不到这一户，或没有选乡镇、村；请核对户编号或选一个地方',
    en: 'No such household within reach, and no place; check the number or choose a place',
  },
  'rectification.time-refused': {
    zh: '不能申请这样的延期：已有一次在等批、日期不在原时限之后、一次最多延期的天数已超，或问题已不在整改中',
    en: 'More time cannot be asked for like this: a request waits, the day is not later or too far, or the problem is not being mended',
  },
  'rectification.time-decided': { zh: '这次延期已经有人批过', en: 'This request was decided before' },
  'rectification.check-answered': { zh: '这一处已经有人查过', en: 'This check was answered before' },
  'rectification.evidence-lost': {
    zh: '佐证文件不在或已损坏，请联系系统管理员',
    en: 'The file of evidence is gone or damaged; call the system administrator',
  },
  'rectification.evidence-missing': { zh: '没有收到文件', en: 'No file came' },
  'rectification.evidence-late': { zh: '只有整改中的问题可以加佐证', en: 'Evidence is added only while the problem is being mended' },
  'rectification.import-unread': {
    zh: '没有认出问题清单：要有一行表头，其中有“问题描述”（或存在问题、问题内容）一列',
    en: 'No ledger was recognised: a heading row with a column of problems is needed',
  },
  'rectification.imported-before': { zh: '这份文件已经导入过这个专项', en: 'This file was taken over into this campaign before' },
  'rectification.import-bad': { zh: '还有 {n} 行有错，一行也没有写入；改好再导入', en: '{n} rows are wrong; nothing was written' },
  'rectification.import-ended': { zh: '这次导入已经执行或放弃', en: 'This import was applied or discarded' },
  'rectification.team-there': { zh: '已经有同名的督查组', en: 'There is a team of this name' },
  'rectification.no-pair': {
    zh: '交叉检查至少要选两个村：村不能查自己',
    en: 'A cross-check needs two villages at least: none checks itself',
  },
  'rectification.inspected-before': { zh: '这次检查的结果已经登记过', en: 'What was seen is written down already' },
  'rectification.day-to-come': { zh: '检查日期还没到', en: 'The day has not come' },
  'rectification.import-too-long': { zh: '一次最多导入 {most} 行，请分开导入', en: 'At most {most} rows at once; divide the file' },
})

import { defineWords, fill } from '#kernel/pure/words/index.ts'
import type { RecordProblem } from './records.ts'

/** Why a value or a record is refused. `{name}` is the field's name. */
export const recordWords = defineWords({
  missing: { zh: '“{name}”没有填', en: '{name} is missing' },
  'not-number': { zh: '“{name}”不是数字：{value}', en: '{name} is no number: {value}' },
  'too-many-places': { zh: '“{name}”最多 {places} 位小数', en: '{name} may have {places} decimal places' },
  'too-small': { zh: '“{name}”不能小于 {min}', en: '{name} must not be below {min}' },
  'too-large': { zh: '“{name}”不能大于 {max}', en: '{name} must not be above {max}' },
  'not-day': { zh: '“{name}”不是日期：{value}', en: '{name} is no day: {value}' },
  'not-month': { zh: '“{name}”不是月份：{value}', en: '{name} is no month: {value}' },
  'not-choice': { zh: '“{name}”没有“{value}”这一项，可填：{choices}', en: '{name} has no “{value}”; choose from: {choices}' },
  'not-yes-no': { zh: '“{name}”请填“是”或“否”', en: '{name} must be yes or no' },
  'too-long': { zh: '“{name}”最多 {most} 个字', en: '{name} may have {most} characters' },
  'bad-character': { zh: '“{name}”里有不能用的字符', en: '{name} holds a character that cannot be used' },
  'not-id-number': { zh: '“{name}”不是有效的身份证号', en: '{name} is no valid identity number' },
  'not-phone': { zh: '“{name}”不是有效的电话号码', en: '{name} is no valid telephone number' },
  'not-account': { zh: '“{name}”不是有效的银行账号', en: '{name} is no valid bank account' },
  'not-link': { zh: '“{name}”没有选对', en: '{name} was not chosen from the list' },
  'not-found': { zh: '“{name}”找不到：{value}', en: '{name} was not found: {value}' },
  'several-found': { zh: '“{name}”对应多个，请写编号或证件号：{value}', en: '{name} fits several, give a number: {value}' },
  'several-candidates': {
    zh: '“{name}”的“{value}”对应不止一个：{candidates}。请写证件号，或写明村组、户编号',
    en: 'In {name}, “{value}” fits several: {candidates}. Give the ID number, or village and household number',
  },
  'name-needs-place': {
    zh: '“{name}”只写了“{value}”，不能确定就是：{candidates}。请写证件号，或写明村组、户编号',
    en: 'In {name}, “{value}” alone does not say that it is: {candidates}. Give the ID number, or village and household number',
  },
  'name-differs': {
    zh: '“{name}”的号码是{found}的，和写的名字不一样：{value}',
    en: 'In {name}, the number is that of {found}, not of the name beside it: {value}',
  },
  'perhaps-one-of': {
    zh: '“{name}”没有“{value}”，名录里相近的有：{candidates}',
    en: 'In {name}, there is no “{value}”; names that look alike: {candidates}',
  },
  'other-area': { zh: '“{name}”不在您的辖区', en: '{name} is not in your area' },
  'wrong-level': { zh: '“{name}”要选到{level}', en: '{name} must be a {level}' },
  'not-place': { zh: '“{name}”不是经纬度', en: '{name} is no position' },
  'not-rows': { zh: '“{name}”的行不对', en: 'The rows of {name} are not readable' },
  'too-many-rows': { zh: '“{name}”最多 {most} 行', en: '{name} may have {most} rows' },
  'not-entered': { zh: '“{name}”由系统计算，不能填', en: '{name} is computed and cannot be entered' },
  'by-file': { zh: '“{name}”请用上传添加', en: '{name} is added by an upload' },
  'unknown-field': { zh: '没有“{value}”这一栏', en: 'There is no field {value}' },
  'formula-stopped': { zh: '“{name}”的公式算不完', en: 'The formula of {name} takes too long' },
  'not-unique': { zh: '已有一条：{names} 相同', en: 'There is one with the same {names}' },
  'twice-in-file': { zh: '与本表第 {other} 行重复：{names} 相同', en: 'The same {names} as row {other} of this file' },
  'no-area': { zh: '没有写明属于哪个村（社区）', en: 'It is not said which village it belongs to' },
  'no-evidence': { zh: '还差 {count} 份照片或文件', en: '{count} photographs or files are missing' },
  'no-reason': { zh: '要写明理由', en: 'A reason is needed' },
  'not-from-here': { zh: '当前状态“{state}”不能{move}', en: '{move} is not possible in the state {state}' },
  'not-your-move': { zh: '您的岗位不能{move}', en: 'Your role may not do: {move}' },
  'by-another': { zh: '{move}要由没有经手过这条的另一人来做', en: '{move} is for another person than who entered or handled it' },
  'does-not-hold': { zh: '{move}要先满足：{condition}', en: '{move} needs: {condition}' },
  'state-gone': { zh: '新版没有“{state}”这个状态，已改为“{into}”', en: 'The new version has no state {state}; it is now {into}' },
  'older-version': {
    zh: '这一条是旧版（{version}）写的，请先升级再改',
    en: 'It was written with the older version {version}; take it to the current one first',
  },
  'not-in-force': { zh: '“{name}”：{day} 没有生效的规则', en: '{name}: no rule was in force on {day}' },
  'would-break': { zh: '“{ledger}”{title} 会不符合：{check}', en: 'In {ledger}, {title} would not hold: {check}' },
  'gathers-in-circles': { zh: '台账之间的汇总绕成了圈，算不出结果', en: 'What ledgers gather from each other goes in circles' },
  settled: { zh: '这一条已经办结，不能再改', en: 'It is settled and cannot be changed' },
})
export type RecordCode = keyof typeof recordWords

/** Makes a problem with its sentence in both languages. */
export function makeProblem(
  code: RecordCode,
  given: {
    values?: Readonly<Record<string, string | number>> | undefined
    name?: { zh: string; en: string } | undefined
    level?: RecordProblem['level']
  } & Omit<Partial<RecordProblem>, 'code' | 'said' | 'level'> = {},
): RecordProblem {
  const { values = {}, name, level = 'refuse', ...rest } = given
  const said = (language: 'zh' | 'en') => fill(recordWords[code], language, { name: name?.[language] ?? '', ...values })
  return { code, level, said: { zh: said('zh'), en: said('en') }, ...rest }
}

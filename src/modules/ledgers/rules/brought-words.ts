import { defineWords, fill } from '#kernel/pure/words/index.ts'
import type { TemplateProblem } from './template-records.ts'

/** What is wrong with the gathered and decided fields of a template. `{name}` is the field. */
const broughtWords = defineWords({
  'brought-in-table': { zh: '表格里的“{name}”不能汇总或判定', en: 'The column {name} of a table cannot be gathered or decided' },
  'brought-alone': {
    zh: '“{name}”由系统带入，不能同时必填、加密、有默认值或公式',
    en: '{name} is brought by the system: it cannot be required, encrypted, computed or have a default',
  },
  'known-of-nobody': {
    zh: '“{name}”要从户籍信息带出，但本台账没有关联农户或人员的字段',
    en: '{name} is taken from the register, but the ledger links no household or person',
  },
  'known-kind': { zh: '“{name}”这类字段不能从户籍信息带出', en: 'A field like {name} cannot be taken from the register' },
  'gathered-kind': { zh: '“{name}”的类型放不下汇总结果：{wanted}', en: 'The kind of {name} cannot hold what is gathered: {wanted}' },
  'decided-kind': { zh: '“{name}”这类字段不能由规则表判定', en: 'A field like {name} cannot be decided' },
  'no-mean': { zh: '“{name}”不能取平均值：可用计数、合计、去重计数、最大值', en: '{name} cannot be a mean: count, sum, distinct or max' },
  'no-link-condition': {
    zh: '“{name}”的条件里至少一条要比对关联（同一户、同一人、同一单位、同一条记录……）',
    en: 'At least one condition of {name} must compare links',
  },
  'no-mine': {
    zh: '“{name}”的条件用到本记录的“{key}”，没有这个字段{perhaps}',
    en: '{name} uses {key} of this record, which is no field{perhaps}',
  },
  'mine-circle': {
    zh: '“{name}”的条件不能用“{key}”：它本身由汇总或判定得来',
    en: '{name} cannot use {key}: it depends on what is gathered or decided itself',
  },
  'mine-kind': { zh: '“{name}”的条件里“{key}”不能这样比（{as}）', en: 'In a condition of {name}, {key} cannot be compared so ({as})' },
  'no-as-of': { zh: '“{name}”的判定日“{key}”不是日期字段', en: 'The day {key} on which {name} is decided is no field of a day' },
  'no-ledger-there': { zh: '“{name}”要汇总的台账“{key}”不存在{perhaps}', en: '{name} gathers from {key}, which is no ledger{perhaps}' },
  'no-theirs': { zh: '台账“{ledger}”没有字段“{key}”{perhaps}', en: 'The ledger {ledger} has no field {key}{perhaps}' },
  'no-state-there': { zh: '台账“{ledger}”没有状态“{key}”{perhaps}', en: 'The ledger {ledger} has no state {key}{perhaps}' },
  'theirs-kind': {
    zh: '“{name}”：台账“{ledger}”的“{key}”和本记录的“{mine}”不是一类，不能这样比（{as}）',
    en: '{name}: {key} of {ledger} and {mine} of this record cannot be compared so ({as})',
  },
  'measure-kind': { zh: '“{name}”：台账“{ledger}”的“{key}”不能这样汇总', en: '{name}: {key} of {ledger} cannot be gathered so' },
  'theirs-sensitive': { zh: '“{name}”：台账“{ledger}”的“{key}”是加密字段', en: '{name}: {key} of {ledger} is encrypted' },
  'closed-there': {
    zh: '“{name}”汇总的“{ledger}”不公开，岗位“{role}”看不到它',
    en: '{name} gathers from the closed ledger {ledger}, which the role {role} may not see',
  },
  'no-policy': { zh: '“{name}”用的规则表“{key}”不存在{perhaps}', en: '{name} is decided by {key}, which is no decision table{perhaps}' },
  'no-output': { zh: '规则表“{policy}”没有结果“{key}”{perhaps}', en: 'The decision table {policy} has no output {key}{perhaps}' },
  'no-fact': { zh: '规则表“{policy}”不问“{key}”{perhaps}', en: 'The decision table {policy} does not ask for {key}{perhaps}' },
  'fact-missing': {
    zh: '规则表“{policy}”要问“{key}”，“{name}”没有给（可写 null）',
    en: '{policy} asks for {key}, which {name} does not give (null is possible)',
  },
  'fact-kind': { zh: '给“{key}”的公式类型不对：要 {wanted}，得 {found}', en: 'The formula for {key} gives {found}, {wanted} is needed' },
  'output-kind': { zh: '“{name}”的类型放不下规则表的结果（{found}）', en: 'The kind of {name} cannot hold what the table gives ({found})' },
  'gathered-from-here': {
    zh: '台账“{ledger}”从这里汇总，改了以后它对不上：{problem}',
    en: '{ledger} gathers from here and would no longer fit: {en}',
  },
  'gather-circle': { zh: '汇总绕成了圈：{path}', en: 'What is gathered goes in a circle: {path}' },
})
export type BroughtCode = keyof typeof broughtWords

/** Makes a problem with its sentence in both languages; `perhaps` is a name that may have been meant. */
export function broughtProblem(code: BroughtCode, at: string, given: Readonly<Record<string, string | undefined>>): TemplateProblem {
  const { perhaps } = given
  const values = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value ?? '']))
  const said = (language: 'zh' | 'en') =>
    fill(broughtWords[code], language, {
      ...values,
      perhaps: perhaps === undefined ? '' : language === 'zh' ? `（是不是“${perhaps}”？）` : ` (perhaps ${perhaps}?)`,
    })
  return { at, said: { zh: said('zh'), en: said('en') } }
}

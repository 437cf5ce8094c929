import { defineWords, fill } from '#kernel/pure/words/index.ts'
import type { TemplateProblem } from './template-records.ts'

/** What is wrong with a template. */
const templateWords = defineWords({
  shape: { zh: '格式不对：{why}', en: 'Not the shape of a template: {why}' },
  'not-json': { zh: '文件不是 JSON', en: 'The file is no JSON' },
  twice: { zh: '“{name}”重复', en: '{name} stands twice' },
  'no-state': { zh: '没有“{name}”这个状态', en: 'There is no state {name}' },
  'no-field': { zh: '没有“{name}”这个字段', en: 'There is no field {name}' },
  'no-move': {
    zh: '抽查用的操作“{name}”不存在，或不能从该状态开始',
    en: 'The move {name} of the sample does not exist or does not start there',
  },
  'no-role': { zh: '没有“{name}”这个岗位', en: 'There is no role {name}' },
  'no-ledger': { zh: '“{name}”没有写明关联哪个台账', en: '{name} does not say which ledger it links to' },
  'no-columns': { zh: '表格“{name}”没有列', en: 'The table {name} has no columns' },
  'no-choices': { zh: '“{name}”没有选项', en: '{name} has no choices' },
  'not-in-table': { zh: '“{name}”这类字段不能放在表格里', en: '{name} cannot stand in a table' },
  'not-of-kind': { zh: '“{name}”这类字段不能有 {what}', en: 'A field like {name} cannot have {what}' },
  'computed-alone': {
    zh: '计算字段“{name}”不能同时必填、有默认值或加密',
    en: 'The computed field {name} cannot be required, encrypted or have a default',
  },
  'bad-title': { zh: '“{name}”不能作标题字段', en: '{name} cannot be the title' },
  'no-about': { zh: '模板是关于“{name}”的，却没有这类字段', en: 'The template is about {name} and has no field of that kind' },
  'not-unique-kind': { zh: '“{name}”这类字段不能作唯一条件', en: 'A field like {name} cannot be unique' },
  'not-reached': { zh: '状态“{name}”永远到不了', en: 'The state {name} is never reached' },
  'no-file-field': { zh: '“{name}”要求照片或文件，却没有放它们的字段', en: '{name} asks for files, but no field holds any' },
  'no-day-field': { zh: '期限要从日期或月份字段算起：{name}', en: 'A deadline starts from a field of days: {name}' },
  'not-offered': { zh: '“{name}”这类字段不能排序筛选', en: '{name} cannot be sorted or filtered by' },
  'not-for-view': { zh: '“{name}”不能这样用，或没有列入可筛选字段', en: '{name} cannot be used so, or is not among the offered fields' },
  'no-room': {
    zh: '“{name}”放不下：最多 8 个文字、6 个数字、4 个日期可排序筛选',
    en: '{name} has no room: at most 8 texts, 6 numbers and 4 days are offered',
  },
  circle: { zh: '公式互相引用，成了圈', en: 'Formulas use each other in a circle' },
  'formula-kind': { zh: '公式的结果类型不对：要 {wanted}，得 {found}', en: 'The formula gives {found}, {wanted} is needed' },
  'example-fails': { zh: '应通过的例子没有通过', en: 'An example that should pass does not' },
  'example-passes': { zh: '应不通过的例子通过了', en: 'An example that should fail passes' },
  'other-key': { zh: '模板的编号应是 {name}', en: 'The key of the template should be {name}' },
  'not-shipped': { zh: '自建模板的编号要以 own. 开头', en: "The key of a county's own template begins with own." },
})
export type TemplateCode = keyof typeof templateWords

/** Makes a problem with its sentence in both languages. */
export function templateProblem(code: TemplateCode, at: string, values: Readonly<Record<string, string>>): TemplateProblem {
  return { at, said: { zh: fill(templateWords[code], 'zh', values), en: fill(templateWords[code], 'en', values) } }
}

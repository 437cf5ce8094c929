import { defineWords, fill } from '#kernel/pure/words/index.ts'
import type { TemplateProblem } from './template-records.ts'
import type { XPathFault } from './xlsform-xpath.ts'

/** What is wrong with a form, and what to do about it. */
const xlsformWords = defineWords({
  'no-survey': {
    zh: '没有叫 survey 的工作表：XLSForm 要有 survey 表，第一行是 type、name、label',
    en: 'There is no sheet called survey; an XLSForm has one, with type, name, label in its first row',
  },
  'no-head': { zh: '第一行要有“{what}”这一列', en: 'The first row must have the column {what}' },
  'no-questions': { zh: 'survey 表里没有题目', en: 'The survey sheet has no questions' },
  hidden: { zh: '工作表“{what}”是隐藏的，请先取消隐藏', en: 'The sheet {what} is hidden; show it first' },
  'too-many': { zh: '{what}太多：最多 {most} 个，请拆成几张表单', en: 'Too many {what}: at most {most}; split the form' },
  'no-type': { zh: '题型没写', en: 'The type is missing' },
  type: {
    zh: '题型“{what}”不支持：请改成 text、integer、decimal、date、select_one、select_multiple、note、geopoint、image、file、barcode 或 calculate',
    en: 'The type {what} is not supported: use text, integer, decimal, date, select_one, select_multiple, note, geopoint, image, file, barcode or calculate',
  },
  column: { zh: '“{what}”这一列的内容不支持，请清空', en: 'What the column {what} says is not supported; clear it' },
  sheet: { zh: '工作表“{what}”不支持，请删掉', en: 'The sheet {what} is not supported; delete it' },
  name: {
    zh: '变量名“{what}”不对：字母或下划线开头，只用字母、数字、_、-、.',
    en: 'The name {what} is wrong: a letter or _ first, then letters, digits, _, -, .',
  },
  'name-twice': { zh: '变量名“{what}”用了两次，请改一个', en: 'The name {what} stands twice; change one' },
  'no-label': { zh: '题目没写（label）', en: 'The label is missing' },
  'long-label': {
    zh: '文字超过 {most} 个字：请写短，详细说明放到 hint',
    en: 'Longer than {most} characters: shorten it, and put the rest into hint',
  },
  'label-field': {
    zh: '文字里不能引用别的题目（{what}），请改成固定文字',
    en: 'A text cannot quote another question ({what}); write it out',
  },
  'label-twice': { zh: '题目“{what}”出现两次：同一张表里题目不能同名', en: 'The label {what} stands twice in the same form or repeat' },
  'yes-no': { zh: '这里只能写 yes 或 no，不能写“{what}”', en: 'Only yes or no can stand here, not {what}' },
  'no-list': { zh: 'choices 表里没有选项组“{what}”', en: 'The choices sheet has no list {what}' },
  'list-name': { zh: '要写用哪组选项，如 select_one 选项组名', en: 'Say which list of choices: select_one LIST' },
  other: { zh: 'or_other 不支持：请在选项里加“其他”，再加一道文字题', en: 'or_other is not supported: add a choice and a text question' },
  'choice-twice': { zh: '选项“{what}”在同一组里出现两次', en: 'The choice {what} stands twice in its list' },
  'choice-blank': { zh: '选项的 list_name、name、label 都要写', en: 'A choice needs list_name, name and label' },
  unclosed: { zh: '“{what}”没有对应的 end 行', en: '{what} has no matching end row' },
  unopened: { zh: 'end 行没有对应的 begin 行', en: 'The end row has no matching begin row' },
  'repeat-in-repeat': { zh: '重复组里不能再套重复组，请拆开', en: 'A repeat within a repeat is not supported; take them apart' },
  'empty-repeat': { zh: '重复组里没有题目', en: 'The repeat has no questions' },
  'in-repeat': { zh: '重复组里不能放“{what}”这类题', en: 'A question of type {what} cannot stand in a repeat' },
  'repeat-constraint': {
    zh: '重复组里的 constraint 只支持最小最大值，且不写 constraint_message，如 . >= 0 and . <= 100',
    en: 'In a repeat a constraint can only be bounds without a message: . >= 0 and . <= 100',
  },
  'no-calculation': { zh: 'calculate 要写 calculation', en: 'calculate needs a calculation' },
  ring: { zh: '“{what}”的公式绕成了圈：直接或间接用到了自己', en: 'The formula of {what} goes round in a circle: it uses itself' },
  'calculation-kind': {
    zh: "算出来的是“是/否”，请写成 if(…, 'yes', if(…, 'no', ''))，或改成 relevant / constraint",
    en: "It gives true or false: write if(…, 'yes', if(…, 'no', '')), or use relevant or constraint",
  },
  default: { zh: '默认值“{what}”和题型不符', en: 'The default {what} does not fit the type' },
  message: { zh: '提示语超过 200 个字', en: 'The message is longer than 200 characters' },
  'xpath-sign': {
    zh: '公式读不懂“{what}”：只支持 ${变量}、.、文字、数字、运算符和常用函数，不支持路径',
    en: 'The expression cannot be read at {what}: only ${name}, ., texts, numbers, operators and common functions, no paths',
  },
  'xpath-end': { zh: '公式没写完', en: 'The expression is not complete' },
  'xpath-long': { zh: '公式太长，最多 {what} 个字', en: 'The expression is too long, at most {what}' },
  'xpath-deep': { zh: '公式括号套得太深，请拆成几道 calculate', en: 'The expression is too deep; split it into several calculate rows' },
  'xpath-function': {
    zh: '函数 {what} 不支持：可以用 if、selected、count-selected、today、date、string-length、regex、contains、int、round、abs、coalesce、sum、count、min、max、not',
    en: '{what} is not supported: use if, selected, count-selected, today, date, string-length, regex, contains, int, round, abs, coalesce, sum, count, min, max, not',
  },
  'xpath-arguments': { zh: '{what} 的括号里写得不对', en: '{what} is given the wrong things' },
  'xpath-field': { zh: '公式里的 {what} 没有这道题', en: 'There is no question {what}' },
  'xpath-self': { zh: '“.” 只能用在 constraint 里', en: '. can only stand in a constraint' },
  'xpath-kind': { zh: '{what} 这类题不能用在公式里', en: 'A question like {what} cannot stand in an expression' },
  'xpath-mixed': { zh: '两边类型对不上：{what}', en: 'The kinds do not fit: {what}' },
  'xpath-choice': { zh: '选项里没有“{what}”', en: 'There is no choice {what}' },
  'xpath-name': {
    zh: '用在公式里的题目不能以数字开头，也不能用特殊符号：{what}',
    en: 'A label used in an expression cannot begin with a digit or hold special signs: {what}',
  },
  'xpath-outside': {
    zh: '{what} 在重复组里面（或外面）：重复组内外只能用 sum、count、min、max 连起来',
    en: '{what} is inside (or outside) of a repeat: only sum, count, min, max reach across',
  },
  'xpath-quotes': { zh: '文字里同时有两种引号：{what}', en: 'A text with both kinds of quotes: {what}' },
  'feel-part': { zh: 'XLSForm 写不了这个公式（{what}）', en: 'XLSForm cannot say this formula ({what})' },
  'kind-out': { zh: 'XLSForm 没有“{what}”这类题', en: 'XLSForm has no question like {what}' },
  'sensitive-out': {
    zh: '“{what}”是敏感字段：表单会把它明文存在手机上，不能导出',
    en: '{what} is sensitive: a form would keep it on telephones in the open, so it is not exported',
  },
  'brought-out': {
    zh: '“{what}”由台账自动汇总或按政策表判定，表单里算不了',
    en: '{what} is gathered or decided by the ledger; a form cannot work it out',
  },
  'check-out': { zh: '校验“{what}”XLSForm 写不了（{why}）', en: 'XLSForm cannot say the check {what} ({why})' },
  'check-warns': { zh: '校验“{what}”只提醒：XLSForm 只能不许保存', en: 'The check {what} only warns; XLSForm can only refuse' },
  'check-twice': {
    zh: '校验“{what}”落在已有校验的题上：一道题只能有一条 constraint',
    en: 'The check {what} falls on a question that has one; a question has one constraint',
  },
  'formula-out': { zh: '“{what}”的公式 XLSForm 写不了（{why}）', en: 'XLSForm cannot say the formula of {what} ({why})' },
  'note-metadata': {
    zh: '“{what}”没有导入：台账自己记着谁、什么时候登记',
    en: '{what} was not taken over: the ledger itself keeps who entered it and when',
  },
  'note-column': { zh: '“{what}”这一列没有导入', en: 'The column {what} was not taken over' },
  'note-language': { zh: '“{what}”没有导入：只用中文和英文', en: '{what} was not taken over: only Chinese and English are used' },
  'note-group': { zh: '分组“{what}”已展开：台账的字段不分组', en: 'The group {what} was laid out flat: fields of a ledger have no groups' },
  'note-title': {
    zh: '没有文字题，也没有单选题能作记录的名称，加了一个“{what}”',
    en: 'No text and no choice can name a record; {what} was added',
  },
  'note-barcode': { zh: '“{what}”成了文字字段：可以填，不能扫', en: '{what} became a text: it is typed, not scanned' },
})
export type XlsformCode = keyof typeof xlsformWords

/** Where something of a form stands. */
export interface Place {
  readonly sheet: string
  readonly row?: number
  /** Header of the column. */
  readonly column?: string
  readonly cell?: string
}

/** A problem of a form with its place in the sentence: `survey E7（relevant）：…`. */
export function formProblem(code: XlsformCode, place: Place, values: Readonly<Record<string, string>> = {}): TemplateProblem {
  const where = place.sheet === '' ? '' : `${place.sheet} ${place.cell ?? (place.row === undefined ? '' : String(place.row))}`.trim()
  const column = place.column === undefined ? '' : { zh: `（${place.column}）`, en: ` (${place.column})` }
  const said = (language: 'zh' | 'en') => {
    const head = where === '' ? '' : `${where}${column === '' ? '' : column[language]}${language === 'zh' ? '：' : ': '}`
    return `${head}${fill(xlsformWords[code], language, values)}`
  }
  return { at: where.replace(' ', '!'), said: { zh: said('zh'), en: said('en') } }
}

/** Why an expression was refused, as a sentence without a place. */
export function whyNot(fault: XPathFault): { zh: string; en: string } {
  const part = fault.code === 'feel-part' ? (parts[fault.what] ?? { zh: `用到 ${fault.what}`, en: `it uses ${fault.what}` }) : undefined
  if (part !== undefined) return part
  const values = { what: fault.what }
  return { zh: fill(xlsformWords[fault.code], 'zh', values), en: fill(xlsformWords[fault.code], 'en', values) }
}

/** Parts of FEEL by what they are for whoever reads a form. */
const parts: Readonly<Record<string, { zh: string; en: string }>> = {
  '': { zh: '没有哪道题能单独承担它', en: 'no single question can carry it' },
  path: { zh: '取了年、月或明细的一栏', en: 'it takes a year, a month or a column' },
  filter: { zh: '筛选了明细', en: 'it filters rows' },
  quantified: { zh: '逐行检查明细', en: 'it looks at every row' },
  for: { zh: '逐行计算明细', en: 'it works over every row' },
  between: { zh: '用了 between', en: 'it uses between' },
}

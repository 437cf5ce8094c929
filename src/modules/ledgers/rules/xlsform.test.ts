import { describe, expect, it } from 'vitest'
import { RoleKey } from '#modules/identity/contract.ts'
import { columnName } from '#kernel/pure/tables/index.ts'
import type { Field, Template } from './template.ts'
import { readForm } from './xlsform-read.ts'
import type { FormSheet } from './xlsform-sheets.ts'
import { writeForm } from './xlsform-write.ts'

const given = { key: 'own.form', name: '入户摸底', roles: RoleKey.options }
const sheet = (name: string, rows: readonly (readonly string[])[]): FormSheet => ({
  name,
  rows: rows.map((cells, at) => ({ row: at + 1, cells: [...cells] })),
})
const survey = (...rows: readonly (readonly string[])[]): FormSheet =>
  sheet('survey', [
    ['type', 'name', 'label::中文 (zh)', 'required', 'relevant', 'constraint', 'constraint_message', 'calculation', 'default'],
    ...rows,
  ])
const choices = sheet('choices', [
  ['list name', 'name', 'label'],
  ['kind', 'oil', '油茶'],
  ['kind', 'orange', '柑橘'],
  ['yes_no', 'yes', '是'],
  ['yes_no', 'no', '否'],
])
const read = (...sheets: readonly FormSheet[]): Template => {
  const found = readForm(sheets, given)
  if ('problems' in found) throw new Error(found.problems.map(({ said }) => said.zh).join('\n'))
  return found.template
}
const refused = (...sheets: readonly FormSheet[]): string[] => {
  const found = readForm(sheets, given)
  return 'problems' in found ? found.problems.map(({ said }) => said.zh) : ['made']
}
const sheetsOf = (template: Template): FormSheet[] => writeForm(template).sheets.map(({ name, head, rows }) => sheet(name, [head, ...rows]))

describe('an XLSForm as a ledger', () => {
  const template = read(
    survey(
      ['start', 'start'],
      ['note', 'hello', '请先说明来意'],
      ['text', 'Owner_Name', '户主', 'yes'],
      ['begin group', 'land', '土地'],
      ['decimal', 'area', '面积', 'true()', '', '. >= 0 and . <= 500'],
      ['select_one kind', 'kind', '种什么', 'yes', '${area} > 0'],
      ['select_multiple kind', 'more', '还种什么', '', "${kind} = 'oil' and string-length(${Owner_Name}) > 1"],
      ['end group'],
      ['select_one yes_no', 'poor', '是否脱贫户'],
      ['date', 'seen', '走访日期', 'yes', '', '. <= today()', '日期不能在以后', '', 'today()'],
      ['begin_repeat', 'sales', '销售明细', '', "${poor} = 'yes'"],
      ['text', 'product', '产品', 'yes'],
      ['integer', 'amount', '数量', '', '', '. >= 1'],
      ['decimal', 'price', '单价'],
      ['calculate', 'money', '金额', '', '', '', '', '${amount} * ${price}'],
      ['end_repeat'],
      ['calculate', 'total', '合计', '', '', '', '', 'sum(${money})'],
      ['calculate', 'rows', '笔数', '', '', '', '', "if(count(${sales}) = 0, '', count(${sales}))"],
      ['geopoint', 'where', '位置'],
      ['image', 'photo', '照片'],
      ['barcode', 'code', '条码'],
    ),
    choices,
    sheet('settings', [['form_title'], ['春季入户表']]),
  )
  const field = (zh: string): Field | undefined => template.fields.find(({ name }) => name.zh === zh)

  it('takes its questions in their order, groups flat, a repeat as a table', () => {
    expect(template.name.zh).toBe('春季入户表')
    expect(template.fields.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      'hello long-text',
      'owner-name text',
      'area number',
      'kind choice',
      'more choices',
      'poor yes-no',
      'seen date',
      'sales table',
      'total number',
      'rows number',
      'where place',
      'photo photo',
      'code text',
    ])
    expect(template.title).toBe('owner-name')
  })

  it('keeps what the expressions mean, in the words of the form', () => {
    expect(field('面积')).toMatchObject({ required: true, min: '0', max: '500', places: 6 })
    expect(field('种什么')?.visibleWhen).toBe('面积 > 0')
    expect(field('还种什么')?.visibleWhen).toBe('种什么 = "油茶" and (if 户主 = null then 0 else string length(户主)) > 1')
    expect(field('走访日期')?.default).toBe('今天')
    expect(template.checks?.map(({ holds, says }) => [holds, says.zh])).toEqual([['走访日期 <= 今天', '日期不能在以后']])
    expect(field('销售明细')?.visibleWhen).toBe('是否脱贫户 = true')
    expect(field('销售明细')?.columns?.find(({ key }) => key === 'money')).toMatchObject({ kind: 'number', computed: '数量 * 单价' })
    expect(field('合计')?.computed).toBe('if 销售明细 = null then 0 else sum(销售明细.金额)')
    expect(field('笔数')?.computed).toBe('count(销售明细)')
    expect(field('提示1')?.computed).toBe('"请先说明来意"')
  })

  it('goes out and comes back as the same fields and checks', () => {
    const { sheets, left } = writeForm(template)
    expect(left).toEqual([])
    expect(sheets.map(({ name }) => name)).toEqual(['survey', 'choices', 'settings'])
    const again = read(...sheetsOf(template))
    expect(again.fields).toEqual(template.fields)
    expect(again.checks).toEqual(template.checks)
    expect(again.title).toBe(template.title)
  })

  it('says everything that it does not take, each with its cell', () => {
    const said = refused(
      survey(
        ['text', '1st', ''],
        ['range', 'r', '范围'],
        ['select_one nothing', 's', '选'],
        ['select_one kind or_other', 'o', '选二'],
        ['begin repeat', 'a', '甲'],
        ['begin repeat', 'b', '乙'],
        ['text', 't', '丙', 'maybe'],
        ['text', 'u', '丁', '', '${nobody} > 1 and ${r} > 1'],
        ['end repeat'],
      ),
      choices,
    )
    expect(said).toEqual([
      'survey B2（name）：变量名“1st”不对：字母或下划线开头，只用字母、数字、_、-、.',
      'survey 2：题目没写（label）',
      expect.stringContaining('survey A3（type）：题型“range”不支持'),
      'survey A4（type）：choices 表里没有选项组“nothing”',
      expect.stringContaining('survey A5（type）：or_other 不支持'),
      'survey A7（type）：重复组里不能再套重复组，请拆开',
      'survey D8（required）：这里只能写 yes 或 no，不能写“maybe”',
      'survey A6（type）：“begin repeat”没有对应的 end 行',
      'survey E9（relevant）：公式里的 ${nobody} 没有这道题',
    ])
  })

  it('says what is wrong with expressions: unknown questions, functions, rings, across a repeat', () => {
    const said = refused(
      survey(
        ['integer', 'a', '甲', '', '${nobody} > 1'],
        ['integer', 'b', '乙', '', '', 'pulldata(., 1)'],
        ['calculate', 'c', '丙', '', '', '', '', '${d} + 1'],
        ['begin repeat', 'rows', '明细'],
        ['integer', 'd', '丁', '', '${a} > 1'],
        ['end repeat'],
        ['integer', 'e', '戊', '', '', '', '', '', '很多'],
      ),
    )
    expect(said).toHaveLength(5)
    expect(said[0]).toBe('survey E2（relevant）：公式里的 ${nobody} 没有这道题')
    expect(said[1]).toContain('survey F3（constraint）：函数 pulldata() 不支持')
    expect(said[2]).toContain('survey H4（calculation）：${d} 在重复组里面')
    expect(said[3]).toContain('survey E6（relevant）：${a} 在重复组里面')
    expect(said[4]).toBe('survey I8（default）：默认值“很多”和题型不符')
    const ring = refused(
      survey(
        ['calculate', 'a', '甲', '', '', '', '', '${b} + 1'],
        ['calculate', 'b', '乙', '', '', '', '', '${a} + 1'],
        ['text', 't', '名称'],
      ),
    )
    expect(ring).toEqual([expect.stringContaining('“甲”的公式绕成了圈'), expect.stringContaining('“乙”的公式绕成了圈')])
  })

  it('refuses columns and sheets that change what a form does', () => {
    const odd = sheet('survey', [
      ['type', 'name', 'label', 'choice_filter', 'my notes'],
      ['text', 'a', '甲', 'x=1', '随便'],
    ])
    expect(refused(odd)).toEqual(['survey D2（choice_filter）：“choice_filter”这一列的内容不支持，请清空'])
    expect(refused(sheet('Sheet1', [['a']]))).toEqual([expect.stringContaining('没有叫 survey 的工作表')])
    expect(refused({ ...survey(['text', 'a', '甲']), isHidden: true })).toEqual(['工作表“survey”是隐藏的，请先取消隐藏'])
    expect(columnName(3)).toBe('D')
  })

  it('takes texts that look like formulas of a spreadsheet as texts', () => {
    const made = read(survey(['text', 'a', "'=cmd|'/c calc'!A0"]))
    expect(made.fields[0]?.name.zh).toBe("=cmd|'/c calc'!A0")
  })

  it('leaves out what a form cannot say, with all that reads it, and says so', () => {
    const { fields } = template
    const text: Field = { key: 'secret', name: { zh: '账号', en: 'Account' }, kind: 'text', sensitive: true }
    const person: Field = { key: 'who', name: { zh: '经办人', en: 'Who' }, kind: 'person' }
    const after: Field = { key: 'later', name: { zh: '年份', en: 'Year' }, kind: 'number', computed: '走访日期.year' }
    const last: Field = { key: 'last', name: { zh: '下一年', en: 'Next' }, kind: 'number', computed: '年份 + 1' }
    const { left, sheets } = writeForm({ ...template, about: 'person', fields: [...fields, text, person, after, last] })
    expect(left.map(({ said }) => said.zh)).toEqual([
      '“账号”是敏感字段：表单会把它明文存在手机上，不能导出',
      'XLSForm 没有“经办人”这类题',
      expect.stringContaining('“年份”的公式 XLSForm 写不了'),
      expect.stringContaining('“下一年”的公式 XLSForm 写不了'),
    ])
    expect(sheets[0]?.rows.some((row) => row.includes('last'))).toBe(false)
  })
})

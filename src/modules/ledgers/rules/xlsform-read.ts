import { checkTemplate, readTemplate } from './check-template.ts'
import { assignKeys } from './assign-keys.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Template } from './template.ts'
import { readChoiceLists } from './xlsform-choices.ts'
import { FormulaReader } from './xlsform-formulas.ts'
import { SurveyReader, type RowQuestion } from './xlsform-rows.ts'
import { Findings, FormTable, languagesOf, type FormSheet } from './xlsform-sheets.ts'
import { addedTitle, templateOfForm, titleOf } from './xlsform-template.ts'

/** A form as a template that can be published, or everything that stands against it; `notes` say what was left out. */
export type ReadForm =
  | { readonly template: Template; readonly notes: readonly TemplateProblem[] }
  | { readonly problems: readonly TemplateProblem[] }

const known = ['survey', 'choices', 'settings']
const foreign = ['entities', 'external_choices', 'osm', 'columns']

/** Reads the sheets of an XLSForm. All problems at once, each with sheet, row and column; with one of them nothing is made. */
export function readForm(sheets: readonly FormSheet[], given: { key: string; name: string; roles: readonly string[] }): ReadForm {
  const findings = new Findings()
  const sheet = (name: string) => sheets.find((one) => one.name.trim().toLowerCase() === name)
  for (const name of known) if (sheet(name)?.isHidden === true) findings.say('hidden', { sheet: '' }, { what: name })
  for (const name of foreign) if ((sheet(name)?.rows.length ?? 0) > 0) findings.say('sheet', { sheet: '' }, { what: name })
  const survey = sheet('survey')
  if (survey === undefined || survey.isHidden === true) {
    if (survey === undefined) findings.say('no-survey', { sheet: '' })
    return { problems: findings.problems }
  }
  const table = new FormTable(survey)
  judgeHeads(table, findings)
  if (findings.problems.length > 0) return { problems: findings.problems }
  const choices = sheet('choices')
  const lists = readChoiceLists(choices === undefined ? undefined : new FormTable(choices), findings)
  const rows = new SurveyReader({ table, lists, findings })
  const questions = rows.read()
  const reader = new FormulaReader({ questions, heads: table.heads, findings, refused: rows.refusedNames })
  const fields = reader.fields()
  if (findings.problems.length > 0) return { problems: findings.problems }
  if (titleOf(fields) === undefined) findings.note('note-title', { sheet: '' }, { what: addedTitle.name.zh })
  const settings = sheet('settings')
  const template = templateOfForm({ ...given, name: formTitle(settings, findings) ?? given.name, fields, checks: reader.checks, questions })
  const read = readTemplate(template)
  const problems = 'problems' in read ? read.problems : checkTemplate(read.template, assignKeys(read.template), given.roles)
  return problems.length > 0 ? { problems: problems.map((one) => placed(one, questions)) } : { template, notes: findings.notes }
}

function judgeHeads(table: FormTable, findings: Findings): void {
  for (const head of ['type', 'name']) if (!table.heads.includes(head)) findings.say('no-head', { sheet: table.name }, { what: head })
  if (!table.heads.some((head) => head === 'label' || head.startsWith('label::')))
    findings.say('no-head', { sheet: table.name }, { what: 'label' })
  for (const name of ['label', 'hint', 'constraint_message'])
    for (const head of languagesOf(table.heads, name).others)
      findings.note('note-language', { sheet: table.name, column: head }, { what: head })
}

function formTitle(settings: FormSheet | undefined, findings: Findings): string | undefined {
  if (settings === undefined) return undefined
  const table = new FormTable(settings)
  const [row] = table.rows
  if (row === undefined) return undefined
  for (const head of ['instance_name', 'public_key', 'submission_url', 'style', 'allow_choice_duplicates'])
    if (row.get(head) !== '') findings.note('note-column', row.place(head), { what: head })
  const title = row.get('form_title').slice(0, 60)
  return title === '' ? undefined : title
}

/** A problem of the template with the row it comes from. */
function placed(problem: TemplateProblem, questions: readonly RowQuestion[]): TemplateProblem {
  const key = /^(?:fields\.|checks\.c-)([a-z0-9-]+)/.exec(problem.at)?.[1]
  const index = /^fields\.(\d+)\b/.exec(problem.at)?.[1]
  const top = questions.filter(({ inside }) => inside === undefined)
  const found = questions.find(({ field }) => field.key === key) ?? (index === undefined ? undefined : top[Number(index)])
  if (found === undefined) return problem
  const { row } = found.row
  return { at: `survey!${row}`, said: { zh: `survey ${row}：${problem.said.zh}`, en: `survey ${row}: ${problem.said.en}` } }
}

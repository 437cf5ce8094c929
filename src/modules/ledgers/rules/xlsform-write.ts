import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Check, Column, Field, Template } from './template.ts'
import { valueOf, whenTrue } from './xlsform-from-feel.ts'
import { boundsMessage } from './xlsform-formulas.ts'
import { readFeel, writeCheck, writeYesNo } from './xlsform-meaning.ts'
import { formChoices, formName } from './xlsform-names.ts'
import {
  appearances,
  boundsText,
  cellsOf,
  defaultOf,
  hints,
  labels,
  noteOf,
  safe,
  surveyHead,
  tokensOf,
  typeOf,
  zh,
  en,
  type Cells,
} from './xlsform-cells.ts'
import { yesNo, type Question, type Scope } from './xlsform-scope.ts'
import { formProblem, whyNot } from './xlsform-words.ts'
import { printXPath, XPathFault } from './xlsform-xpath.ts'

/** A sheet to write: its head and rows of texts. */
export interface WrittenSheet {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
export interface WrittenForm {
  readonly sheets: readonly WrittenSheet[]
  /** What the form does not say. */
  readonly left: readonly TemplateProblem[]
}

/**
 * A template as an XLSForm. Fields, formulas and checks that a form cannot say are left out with everything that reads them, and said in `left`;
 * states, terms, access, list and print are no part of a form.
 */
export function writeForm(template: Template): WrittenForm {
  const writer = new FormWriter(template)
  return writer.write()
}

class FormWriter {
  private readonly left: TemplateProblem[] = []
  private readonly template: Template
  private readonly out = new Set<string>()
  private readonly constraints = new Map<string, { constraint: string; check: Check }>()

  private readonly names: ReadonlyMap<Field | Column, string>

  constructor(template: Template) {
    this.template = template
    this.names = namesOf(template)
  }

  write(): WrittenForm {
    const { template } = this
    for (const field of template.fields) this.judge(field)
    // A formula over a field that was left out leaves its own field out: until nothing changes any more.
    for (let size = -1; size !== this.out.size; ) {
      size = this.out.size
      for (const field of template.fields) if (!this.out.has(field.key)) this.tryField(field)
    }
    for (const check of template.checks ?? []) this.addCheck(check)
    const fields = template.fields.filter(({ key }) => !this.out.has(key))
    const rows = fields.flatMap((field) => this.rowsOf(field))
    const settings = { name: 'settings', head: ['form_title', 'form_id', 'version', 'default_language'], rows: [this.settings()] }
    return { sheets: [{ name: 'survey', head: surveyHead, rows }, this.choices(fields), settings], left: this.left }
  }

  private settings(): string[] {
    const { key, name, version } = this.template
    return [name.zh, formName(key).replace(/\./g, '_'), String(version ?? 1), zh]
  }

  private leave(key: string, problem: TemplateProblem): void {
    if (this.out.has(key)) return
    this.out.add(key)
    this.left.push(problem)
  }

  /** What no form can say of a field, whatever its formulas. */
  private judge(field: Field | Column, at = field.key): void {
    const name = field.name.zh
    const say = (code: 'kind-out' | 'sensitive-out' | 'brought-out') => this.leave(at, formProblem(code, { sheet: '' }, { what: name }))
    if (['household', 'person', 'organisation', 'area', 'record'].includes(field.kind)) say('kind-out')
    else if (field.sensitive === true) say('sensitive-out')
    else if (field.gathers !== undefined || field.decides !== undefined) say('brought-out')
    if (!('columns' in field) || field.columns === undefined) return
    for (const column of field.columns) this.judge(column, `${field.key}.${column.key}`)
    if (field.columns.every((column) => this.out.has(`${field.key}.${column.key}`))) say('kind-out')
  }

  private tryField(field: Field): void {
    this.tryFormulas(field, this.scope(), field.key)
    for (const column of field.columns ?? []) {
      const at = `${field.key}.${column.key}`
      if (!this.out.has(at)) this.tryFormulas(column, this.scopeOf(field), at)
    }
  }

  private tryFormulas(field: Field | Column, scope: Scope, at: string): void {
    try {
      this.formulas(field, scope)
    } catch (fault) {
      const why = fault instanceof XPathFault ? whyNot(fault) : undefined
      if (why === undefined && !isNamedError(fault)) throw fault
      const said = (language: 'zh' | 'en') =>
        formProblem('formula-out', { sheet: '' }, { what: field.name.zh, why: why?.[language] ?? '' }).said[language]
      this.leave(at, { at: `fields.${field.key}`, said: { zh: said('zh'), en: said('en') } })
    }
  }

  /** The questions that remain, with their choices as the form names them. */
  private scope(): Scope {
    const { fields } = this.template
    const tops = fields.filter(({ key }) => !this.out.has(key)).map((field) => ({ field, question: this.question(field) }))
    const columns = tops.flatMap(({ field, question }) =>
      (field.columns ?? [])
        .filter((column) => !this.out.has(`${field.key}.${column.key}`))
        .map((column): Question => ({ ...this.question(column), inside: question })),
    )
    return { questions: [...tops.map(({ question }) => question), ...columns] }
  }

  /** Names of a form are unique over everything, keys of columns only in their table. */
  private nameOf(field: Field | Column): string {
    return this.names.get(field) ?? formName(field.key)
  }

  private scopeOf(table: Field): Scope {
    const columns = (table.columns ?? []).filter((column) => !this.out.has(`${table.key}.${column.key}`))
    return { questions: columns.map((column) => this.question(column)) }
  }

  private question(field: Field | Column): Question {
    const names = formChoices(field)
    const choices = field.choices?.map((choice) => ({ ...choice, key: names.get(choice.key) ?? choice.key }))
    return { name: this.nameOf(field), field: choices === undefined ? field : { ...field, choices } }
  }

  private formulas(field: Field | Column, scope: Scope): Cells {
    const { computed, visibleWhen, default: first } = field
    const note = noteOf(field)
    const value = (text: string) => {
      const feel = readFeel(text, scope)
      return printXPath(field.kind === 'yes-no' ? writeYesNo(feel, scope) : valueOf(feel, scope))
    }
    return {
      ...(visibleWhen === undefined ? {} : { relevant: safe(printXPath(whenTrue(readFeel(visibleWhen, scope), scope))) }),
      ...(computed === undefined || note !== undefined ? {} : { calculation: safe(value(computed)) }),
      ...(first === undefined ? {} : { default: defaultOf(field, first, scope) }),
    }
  }

  private addCheck(check: Check): void {
    const says = { zh: check.says.zh, en: check.says.en }
    const say = (code: 'check-out' | 'check-warns' | 'check-twice', why = { zh: '', en: '' }) => {
      const said = (language: 'zh' | 'en') => formProblem(code, { sheet: '' }, { what: says[language], why: why[language] }).said[language]
      this.left.push({ at: `checks.${check.key}`, said: { zh: said('zh'), en: said('en') } })
    }
    if (check.level === 'warn') return say('check-warns')
    try {
      const { questions } = this.scope()
      const free = questions.filter(({ inside, field }) => inside === undefined && field.computed === undefined)
      const { self, constraint } = writeCheck(readFeel(check.holds, { questions }), { all: questions, free })
      if (this.constraints.has(self.field.key) || self.field.min !== undefined || self.field.max !== undefined) return say('check-twice')
      this.constraints.set(self.field.key, { constraint: safe(constraint), check })
    } catch (fault) {
      if (!(fault instanceof XPathFault) && !isNamedError(fault)) throw fault
      say('check-out', fault instanceof XPathFault ? whyNot(fault) : { zh: '', en: '' })
    }
    return undefined
  }

  private rowsOf(field: Field): string[][] {
    const { help } = field
    if (field.kind !== 'table') return [this.row(field, this.scope())]
    const relevant = this.formulas(field, this.scope())['relevant'] ?? ''
    const begin = { type: 'begin_repeat', name: this.nameOf(field), relevant, ...labels(field.name), ...hints(help) }
    const columns = (field.columns ?? []).filter((column) => !this.out.has(`${field.key}.${column.key}`))
    const scope = this.scopeOf(field)
    return [cellsOf(begin), ...columns.map((column) => this.row(column, scope)), cellsOf({ type: 'end_repeat', name: this.nameOf(field) })]
  }

  private row(field: Field | Column, scope: Scope): string[] {
    const note = noteOf(field)
    const unit =
      field.kind === 'money' ? { zh: '元', en: 'yuan' } : field.unit === undefined ? undefined : { zh: field.unit, en: field.unit }
    const name = unit === undefined ? field.name : { zh: `${field.name.zh}（${unit.zh}）`, en: `${field.name.en} (${unit.en})` }
    const own = this.constraints.get(field.key)
    const bounds = { ...(field.min === undefined ? {} : { min: field.min }), ...(field.max === undefined ? {} : { max: field.max }) }
    const said = own === undefined ? (Object.keys(bounds).length === 0 ? undefined : boundsMessage(bounds)) : own.check.says
    return cellsOf({
      ...this.formulas(field, scope),
      type: typeOf(field, { isNote: note !== undefined, list: this.nameOf(field) }),
      name: this.nameOf(field),
      ...labels(note === undefined ? name : { zh: note, en: field.help?.en ?? note }),
      ...(note === undefined ? hints(field.help) : {}),
      required: field.required === true ? 'yes' : '',
      constraint: own?.constraint ?? boundsText(bounds),
      ...(said === undefined ? {} : { [`constraint_message::${zh}`]: said.zh, [`constraint_message::${en}`]: said.en }),
      appearance: appearances[field.kind] ?? '',
      bangfu: tokensOf(field, {
        key: this.nameOf(field) === formName(field.key) ? undefined : field.key,
        isTitle: this.template.title === field.key,
        isNote: note !== undefined,
        unit,
      }),
    })
  }

  private choices(fields: readonly Field[]): WrittenSheet {
    const all = fields.flatMap((field) => [field, ...(field.columns ?? [])])
    const lists = all.flatMap((field) => {
      const names = formChoices(field)
      return (field.choices ?? []).map((choice) => [
        this.nameOf(field),
        names.get(choice.key) ?? choice.key,
        choice.name.zh,
        choice.name.en,
      ])
    })
    const answers = all.some(({ kind, computed }) => kind === 'yes-no' && computed === undefined)
      ? [
          [yesNo.list, yesNo.yes, '是', 'Yes'],
          [yesNo.list, yesNo.no, '否', 'No'],
        ]
      : []
    return { name: 'choices', head: ['list_name', 'name', `label::${zh}`, `label::${en}`], rows: [...lists, ...answers] }
  }
}

/** A name for every field and column: that of its key, a column's with its table where another has it. */
function namesOf(template: Template): ReadonlyMap<Field | Column, string> {
  const names = new Map<Field | Column, string>(template.fields.map((field) => [field, formName(field.key)]))
  const used = new Set(names.values())
  for (const table of template.fields)
    for (const column of table.columns ?? []) {
      let name = formName(column.key)
      for (let at = 1; used.has(name); at += 1) name = `${formName(table.key)}_${formName(column.key)}${at === 1 ? '' : `_${at}`}`
      used.add(name)
      names.set(column, name)
    }
  return names
}

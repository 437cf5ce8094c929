import { columnKinds } from './field-kinds.ts'
import type { Column, Field, Words } from './template.ts'
import type { ChoiceList } from './xlsform-choices.ts'
import { keyOfName, readTokens } from './xlsform-names.ts'
import { isYesNo, plainKinds } from './xlsform-kinds.ts'
import { wordsOf, type Findings, type FormRow, type FormTable } from './xlsform-sheets.ts'

/** A question as its row says, its expressions not yet read. */
export interface RowQuestion {
  readonly name: string
  readonly row: FormRow
  readonly field: Field | Column
  /** `relevant` of the question and of the groups around it, each with its row. */
  readonly relevants: readonly FormRow[]
  /** The repeat in which it stands. */
  readonly inside?: string
  readonly isNote: boolean
  readonly isCalculated: boolean
  readonly tokens: ReadonlyMap<string, string>
}

const metadata = [
  'start',
  'end',
  'today',
  'deviceid',
  'username',
  'phonenumber',
  'email',
  'simserial',
  'subscriberid',
  'audit',
  'start-geopoint',
]
/** Columns whose content changes what a question does, and that are not taken. */
const meaning =
  /^(choice_filter|parameters|repeat_count|trigger|read_only|(media|bind|body|instance|control|entity)(::.*)?|image(::.*)?|audio(::.*)?|video(::.*)?|big-image(::.*)?|query|save_to|intent|max-pixels|disabled)$/
const unsaid: readonly string[] = ['required_message', 'guidance_hint']

interface Group {
  readonly sort: 'group' | 'repeat'
  readonly row: FormRow
  readonly name: string
}

const mostFields = 80
const mostColumns = 20
const mostRows = 2000

/** Reads the survey sheet row by row: groups are laid out flat, a repeat becomes a table. */
export class SurveyReader {
  readonly questions: RowQuestion[] = []
  /** Names of rows that were refused: whoever names them is not refused for it. */
  readonly refusedNames = new Set<string>()
  private readonly groups: Group[] = []
  private readonly keys = new Map<string, ReadonlySet<string>>()
  private readonly names = new Set<string>()
  private readonly table: FormTable
  private readonly lists: ReadonlyMap<string, ChoiceList>
  private readonly findings: Findings

  constructor(given: { table: FormTable; lists: ReadonlyMap<string, ChoiceList>; findings: Findings }) {
    this.table = given.table
    this.lists = given.lists
    this.findings = given.findings
  }

  read(): readonly RowQuestion[] {
    const { table, findings } = this
    if (table.rows.length > mostRows) findings.say('too-many', { sheet: table.name }, { what: '行', most: String(mostRows) })
    for (const row of table.rows.slice(0, mostRows)) this.take(row)
    for (const group of this.groups) findings.say('unclosed', group.row.place('type'), { what: group.row.get('type') })
    const fields = this.questions.filter(({ inside }) => inside === undefined)
    if (fields.length === 0 && findings.problems.length === 0) findings.say('no-questions', { sheet: table.name })
    if (fields.length > mostFields) findings.say('too-many', { sheet: table.name }, { what: '题目', most: String(mostFields) })
    for (const question of fields) if (question.field.kind === 'table') this.judgeRepeat(question)
    return this.questions
  }

  private judgeRepeat(repeat: RowQuestion): void {
    const columns = this.questions.filter(({ inside }) => inside === repeat.name)
    if (columns.length === 0) this.findings.say('empty-repeat', repeat.row.place('name'))
    if (columns.length > mostColumns)
      this.findings.say('too-many', repeat.row.place('name'), { what: '重复组的题目', most: String(mostColumns) })
  }

  private take(row: FormRow): void {
    const type = row.get('type').replace(/\s+/g, ' ')
    const lower = type.toLowerCase()
    if (type === '') return this.findings.say('no-type', row.place('type'))
    this.judgeColumns(row)
    const begin = /^begin[ _](group|repeat)$/.exec(lower)
    if (begin !== null) return this.open(begin[1] === 'repeat' ? 'repeat' : 'group', row)
    const end = /^end[ _](group|repeat)$/.exec(lower)
    if (end !== null) {
      if (this.groups.at(-1)?.sort === end[1]) this.groups.pop()
      else this.findings.say('unopened', row.place('type'))
      return
    }
    if (metadata.includes(lower)) return this.findings.note('note-metadata', row.place('type'), { what: type })
    this.add(row, type)
  }

  private judgeColumns(row: FormRow): void {
    for (const head of this.table.heads) {
      const cell = row.get(head)
      if (cell === '' || (head === 'read_only' && /^(no|false(\(\))?)$/i.test(cell))) continue
      if (meaning.test(head)) this.findings.say('column', row.place(head), { what: head })
      else if (unsaid.some((one) => head === one || head.startsWith(`${one}::`)))
        this.findings.note('note-column', { sheet: this.table.name, column: head }, { what: head })
    }
  }

  private open(sort: Group['sort'], row: FormRow): void {
    const name = row.get('name')
    this.groups.push({ sort, row, name })
    if (sort === 'group') {
      const label = wordsOf(row, this.table.heads, 'label')
      return this.findings.note('note-group', row.place('name'), { what: label?.zh ?? name })
    }
    if (this.groups.filter((group) => group.sort === 'repeat').length > 1) this.findings.say('repeat-in-repeat', row.place('type'))
    else this.push(row, { kind: 'table' }, {})
  }

  private add(row: FormRow, type: string): void {
    const found = this.kindOf(row, type)
    if (found === undefined) {
      this.refusedNames.add(row.get('name'))
      return
    }
    const isInside = this.repeat() !== undefined
    if (isInside && (found.isNote === true || !columnKinds.includes(found.rest.kind))) {
      this.refusedNames.add(row.get('name'))
      this.findings.say('in-repeat', row.place('type'), { what: type })
      return
    }
    this.push(row, found.rest, found)
  }

  private repeat(): Group | undefined {
    return this.groups.find((group) => group.sort === 'repeat')
  }

  private push(row: FormRow, rest: Omit<Field, 'key' | 'name'>, more: { isNote?: boolean; isCalculated?: boolean }): void {
    const { findings, table } = this
    const name = row.get('name')
    if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name) || name.length > 100) findings.say('name', row.place('name'), { what: name.slice(0, 40) })
    if (this.names.has(name)) findings.say('name-twice', row.place('name'), { what: name })
    this.names.add(name)
    const tokens = readTokens(row.get('bangfu'))
    const key = this.keyFor(name, { tokens, isTable: rest.kind === 'table' })
    const label = this.labelOf(row, { name, tokens, ...more })
    const hint = wordsOf(row, table.heads, 'hint')
    if (hint !== undefined && (hint.zh.length > 60 || hint.en.length > 120))
      findings.say('long-label', row.place(hint.column), { most: '60' })
    const repeat = rest.kind === 'table' ? undefined : this.repeat()
    const around = this.groups.filter((group) => repeat === undefined || this.groups.indexOf(group) > this.groups.indexOf(repeat))
    const outer = rest.kind === 'table' ? this.groups.filter((group) => group.row !== row) : around
    const relevants = [...outer.map((group) => group.row), row].filter((one) => one.get('relevant') !== '')
    const required = this.yes(row)
    this.questions.push({
      name,
      row,
      field: {
        key,
        name: label,
        ...(hint === undefined || more.isNote === true ? {} : { help: { zh: hint.zh, en: hint.en } }),
        ...rest,
        ...(required && more.isCalculated !== true && more.isNote !== true ? { required } : {}),
      },
      relevants,
      ...(repeat === undefined ? {} : { inside: repeat.name }),
      isNote: more.isNote === true,
      isCalculated: more.isCalculated === true,
      tokens,
    })
  }

  /** Columns have keys of their own within their table. */
  private keyFor(name: string, { tokens, isTable }: { tokens: ReadonlyMap<string, string>; isTable: boolean }): string {
    const scope = isTable ? '' : (this.repeat()?.name ?? '')
    const taken = this.keys.get(scope) ?? new Set<string>()
    const own = tokens.get('key') ?? ''
    const isSound = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(own) && own.length <= 40 && !taken.has(own)
    const key = isSound ? own : keyOfName(name, taken)
    this.keys.set(scope, new Set([...taken, key]))
    return key
  }

  private yes(row: FormRow): boolean {
    const cell = row.get('required').toLowerCase()
    if (['yes', 'true', 'true()', '1', '是'].includes(cell)) return true
    if (!['', 'no', 'false', 'false()', '0', '否'].includes(cell))
      this.findings.say('yes-no', row.place('required'), { what: cell.slice(0, 40) })
    return false
  }

  /** What a field is called: its label, without the unit that our own export puts behind it. */
  private labelOf(
    row: FormRow,
    given: { name: string; tokens: ReadonlyMap<string, string>; isNote?: boolean; isCalculated?: boolean },
  ): Words {
    const own = given.tokens.get('name')?.split('|')
    if (given.isNote === true) {
      const number = this.questions.filter((one) => one.isNote).length + 1
      return { zh: own?.[0] ?? `提示${number}`, en: own?.[1] ?? `Note ${number}` }
    }
    const label = wordsOf(row, this.table.heads, 'label')
    if (label === undefined) {
      // A calculation is never shown in a form, so it often has no label.
      if (given.isCalculated !== true) this.findings.say('no-label', row.place('label'))
      return { zh: given.name.slice(0, 60), en: given.name.slice(0, 120) }
    }
    const [unit, english] = [given.tokens.get('label-unit'), given.tokens.get('label-unit-en')]
    const zh = unit === undefined ? label.zh : label.zh.replace(`（${unit}）`, '')
    const en = unit === undefined ? label.en : label.en.replace(` (${english ?? unit})`, '')
    if (zh.length > 60 || en.length > 120) this.findings.say('long-label', row.place(label.column), { most: '60' })
    const quoted = /\$\{[^}]*\}/.exec(`${label.zh} ${label.en}`)?.[0]
    if (quoted !== undefined) this.findings.say('label-field', row.place(label.column), { what: quoted })
    return { zh: zh.slice(0, 60), en: en.slice(0, 120) }
  }

  private kindOf(row: FormRow, type: string): { rest: Omit<Field, 'key' | 'name'>; isNote?: boolean; isCalculated?: boolean } | undefined {
    const [word = '', ...more] = type.split(' ')
    const lower = type.toLowerCase().startsWith('select') ? word.toLowerCase() : type.toLowerCase()
    const appearance = row.get('appearance').toLowerCase().split(/\s+/)
    const select = /^select(?:[_ ](one|multiple)| (?:one|multiple)(?: from)?)\b/i.exec(type)
    if (select !== null && !/^select[_ ](one|multiple)[_ ]from[_ ]file/i.test(type)) return this.select(row, type)
    const isComputed = row.get('calculation') !== ''
    const rest = plainKinds({ lower, appearance, tokens: readTokens(row.get('bangfu')) })
    if (rest === undefined || more.length > 0) {
      this.findings.say('type', row.place('type'), { what: type.slice(0, 60) })
      return undefined
    }
    if (lower === 'barcode') this.findings.note('note-barcode', row.place('type'), { what: row.get('name') })
    return { rest, isNote: lower === 'note', isCalculated: isComputed || lower === 'calculate' }
  }

  private select(row: FormRow, type: string): { rest: Omit<Field, 'key' | 'name'> } | undefined {
    const match = /^select[_ ](one|multiple)(?: from)?(?: (\S+))?(?: (or_other|or specify other))?$/i.exec(type)
    const list = match?.[2]
    if (match === null || list === undefined) return this.refused('list-name', row)
    if (match[3] !== undefined) return this.refused('other', row)
    const choices = this.lists.get(list)
    if (choices === undefined) {
      this.findings.say('no-list', row.place('type'), { what: list })
      return undefined
    }
    const isOne = match[1]?.toLowerCase() === 'one'
    if (isOne && isYesNo(choices)) return { rest: { kind: 'yes-no' } }
    return { rest: { kind: isOne ? 'choice' : 'choices', choices } }
  }

  private refused(code: 'list-name' | 'other', row: FormRow): undefined {
    this.findings.say(code, row.place('type'))
    return undefined
  }
}

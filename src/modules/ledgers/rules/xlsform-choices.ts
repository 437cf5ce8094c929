import { languagesOf, wordsOf, type Findings, type FormTable } from './xlsform-sheets.ts'
import type { Field } from './template.ts'

export type ChoiceList = NonNullable<Field['choices']>
const mostChoices = 200

/** The lists of the choices sheet, each choice with its place's problems said once. */
export function readChoiceLists(table: FormTable | undefined, findings: Findings): ReadonlyMap<string, ChoiceList> {
  const lists = new Map<string, ChoiceList>()
  if (table === undefined) return lists
  for (const head of ['list_name', 'name']) if (!table.heads.includes(head)) findings.say('no-head', { sheet: table.name }, { what: head })
  for (const head of languagesOf(table.heads, 'label').others)
    findings.note('note-language', { sheet: table.name, column: head }, { what: head })
  for (const row of table.rows) {
    const [list, name] = [row.get('list_name'), row.get('name')]
    const label = wordsOf(row, table.heads, 'label')
    if (list === '' || name === '' || label === undefined) {
      findings.say('choice-blank', row.place(list === '' ? 'list_name' : name === '' ? 'name' : 'label'))
      continue
    }
    for (const head of table.heads)
      if (/^(image|audio|video|media|big-image)/.test(head) && row.get(head) !== '') findings.say('column', row.place(head), { what: head })
    if (label.zh.length > 60 || name.length > 60)
      findings.say('long-label', row.place(label.zh.length > 60 ? label.column : 'name'), { most: '60' })
    const quoted = /\$\{[^}]*\}/.exec(label.zh)?.[0]
    if (quoted !== undefined) findings.say('label-field', row.place(label.column), { what: quoted })
    const known = lists.get(list) ?? []
    if (known.some((choice) => choice.key === name || choice.name.zh === label.zh))
      findings.say('choice-twice', row.place('name'), { what: name })
    if (known.length === mostChoices) findings.say('too-many', row.place('list_name'), { what: `${list} 选项`, most: String(mostChoices) })
    if (known.length <= mostChoices)
      lists.set(list, [...known, { key: name, name: { zh: label.zh.slice(0, 60), en: label.en.slice(0, 120) } }])
  }
  return lists
}

import { isFiles, keyColumns, keyGroupOf } from './field-kinds.ts'
import type { Check, Field, Template } from './template.ts'
import type { RowQuestion } from './xlsform-rows.ts'

const firstColumns = 8

/** Kinds that stand in a cell of a list. */
const fitsList = ({ kind }: Field): boolean => kind !== 'table' && kind !== 'place' && kind !== 'long-text' && !isFiles(kind)

/** A template that holds the questions of a form and is usable at once: kept or struck off, for everybody who works with ledgers. */
export function templateOfForm(given: {
  key: string
  name: string
  roles: readonly string[]
  fields: readonly Field[]
  checks: readonly Check[]
  questions: readonly RowQuestion[]
}): Template {
  const { key, name, checks, questions } = given
  const fields = withTitle(given.fields)
  const roles = given.roles.filter((role) => !role.endsWith('-administrator'))
  const titled = questions.find(({ tokens, inside }) => inside === undefined && tokens.get('title') === 'yes')?.field.key
  const title = titled ?? titleOf(fields)?.key ?? ''
  const shown = fields.filter(fitsList).map((field) => field.key)
  const columns = shown.length === 0 ? [title] : shown.slice(0, firstColumns)
  return {
    key,
    name: { zh: name, en: name },
    about: 'nothing',
    title,
    fields: [...fields],
    ...(checks.length === 0 ? {} : { checks: [...checks] }),
    states: [
      { key: 'kept', name: { zh: '在册', en: 'On the register' }, tone: 'good' },
      { key: 'ended', name: { zh: '注销', en: 'Struck off' }, settled: true },
    ],
    moves: [{ key: 'end', name: { zh: '注销', en: 'Strike off' }, from: ['kept'], into: 'ended', by: [...roles], reason: true }],
    list: { columns, offered: offeredOf(fields) },
    print: { title: { zh: name, en: name }, sheet: fields.map((field) => field.key).slice(0, 60), list: columns },
    access: { read: [...roles], write: [...roles] },
  }
}

/** The field that names a record: a text that is asked for, before a choice, before what is computed. */
export function titleOf(fields: readonly Field[]): Field | undefined {
  const named = (list: readonly Field[]) => list.find(({ kind }) => kind === 'text') ?? list.find(({ kind }) => kind === 'choice')
  return named(fields.filter((field) => field.computed === undefined)) ?? named(fields)
}

/** The field that is added where nothing names a record. */
export const addedTitle: Field = { key: 'record-name', name: { zh: '记录名称', en: 'Name of the record' }, kind: 'text', required: true }
const withTitle = (fields: readonly Field[]): readonly Field[] => (titleOf(fields) === undefined ? [addedTitle, ...fields] : fields)

/** The first fields of each group that a list can be sorted and filtered by. */
function offeredOf(fields: readonly Field[]): string[] {
  const used = { text: 0, number: 0, day: 0 }
  return fields
    .filter((field) => {
      const group = keyGroupOf(field.kind)
      if (group === undefined || used[group] >= keyColumns[group].length) return false
      used[group] += 1
      return true
    })
    .map((field) => field.key)
}

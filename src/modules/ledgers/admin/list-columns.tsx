import type { ReactNode } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Book, RecordItem } from '../rules/records.ts'
import type { Field, State, Template } from '../rules/template.ts'
import { ledgerWords } from './ledger-words.ts'
import { linkTo } from './link-page.ts'
import { textOf } from './value-text.ts'

const levels: Readonly<Record<NonNullable<State['tone']>, Level>> = { plain: 'grey', busy: 'amber', good: 'green', bad: 'red' }

/** The light of a state. */
export function levelOf(tone: string | undefined): Level {
  return tone === 'busy' || tone === 'good' || tone === 'bad' ? levels[tone] : 'grey'
}

/** A record's state in its word and light. */
export function StateTag({ template, state }: { template: Template; state: string }) {
  const language = useLanguage()
  const found = template.states.find((one) => one.key === state)
  return <StatusTag level={levelOf(found?.tone)} text={found?.name[language] ?? state} />
}

/** Until when, and that it is over. */
export function DueText({ record }: { record: Pick<RecordItem, 'dueOn' | 'isOverdue'> }) {
  const t = useT(ledgerWords)
  if (record.dueOn === undefined) return null
  return record.isOverdue ? (
    <StatusTag level="red" text={t('overdueOn', { day: record.dueOn })} />
  ) : (
    <span className="bf-figures">{record.dueOn}</span>
  )
}

/** Columns that every ledger has besides its fields. */
export const ownColumns = ['no', 'state', 'due', 'area', 'made'] as const

/** What is shown unless something was chosen: the template's columns with state, deadline and place, nine at most. */
export function defaultColumns({ template }: Book): string[] {
  const fields = template.list.columns.filter((key) => key !== template.title)
  const own = [
    ...(template.states.length > 1 ? ['state'] : []),
    ...((template.deadlines ?? []).length > 0 ? ['due'] : []),
    ...(template.fields.some(({ kind, key }) => kind === 'area' && fields.includes(key)) ? [] : ['area']),
  ]
  return [...fields.slice(0, 8 - own.length), ...own]
}

/** The few columns that a phone has room for: state and deadline, and the first of the rest. */
export function narrowColumns(columns: readonly string[]): string[] {
  const first = columns.filter((key) => key !== 'state' && key !== 'due').slice(0, 1)
  return [...columns.filter((key) => key === 'state' || key === 'due'), ...first]
}

/** The columns of the list: the title first, then what was chosen. */
export function useColumns(book: Book, chosen: readonly string[]): DataColumn<RecordItem>[] {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const { template } = book
  const title = template.fields.find((field) => field.key === template.title)
  const own: Readonly<Record<string, DataColumn<RecordItem>>> = {
    no: { key: 'no', title: t('no'), kind: 'code', value: (record) => record.recordNo },
    state: { key: 'state', title: t('state'), value: (record) => <StateTag template={template} state={record.state} /> },
    due: { key: 'due', title: t('due'), value: (record) => <DueText record={record} /> },
    area: { key: 'area', title: t('area'), value: (record) => record.areaName },
    made: { key: 'made', title: t('made'), kind: 'code', value: (record) => `${dayOf(Date.parse(record.madeAt))} ${record.madeName}` },
  }
  const field = (key: string): DataColumn<RecordItem>[] => {
    const found = template.fields.find((one) => one.key === key)
    if (found === undefined) return []
    const kind =
      found.kind === 'number' || found.kind === 'money'
        ? ('number' as const)
        : found.kind === 'date' || found.kind === 'month'
          ? ('code' as const)
          : ('text' as const)
    const unit =
      found.kind === 'money'
        ? language === 'zh'
          ? '（元）'
          : ' (yuan)'
        : found.unit === undefined || found.unit === ''
          ? ''
          : `（${found.unit}）`
    const bare = found.kind === 'number' ? { ...found, unit: undefined } : found
    return [
      {
        key,
        title: found.name[language] + unit,
        kind,
        value: (record) => shownIn(found, record, shortened(textOf(bare, record.values[key], language))),
      },
    ]
  }
  const first: DataColumn<RecordItem> = {
    key: 'title',
    title: title?.name[language] ?? t('title'),
    value: (record) => (record.title === '' ? (record.recordNo ?? '—') : record.title),
  }
  return [first, ...chosen.flatMap((key) => (own[key] === undefined ? field(key) : [own[key]]))]
}

/** A cell's text; whom or what it names is a link to its page. */
function shownIn(field: Field, record: RecordItem, text: string): ReactNode {
  const to = linkTo(field, record.values[field.key])
  return to === undefined || text === '' ? text : <PageLink to={to}>{text}</PageLink>
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 58)}…` : text
}

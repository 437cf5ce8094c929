import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { importScreenWords } from './import-screen-words.ts'
import { columnLetters, nameField } from './import-show.ts'

type Column = ImportBatch['columns'][number]

const filters = ['kept', 'left', 'doubt'] as const
const columnSearch = { columns: searchOneOf(filters) }
const hows = ['label', 'alias', 'pattern', 'remembered'] as const
/** Below this a match of labels should be looked at by a person. */
const sure = 0.85

function isDoubtful({ key, how, confidence }: Column): boolean {
  return key !== undefined && (how === 'pattern' || (confidence !== undefined && confidence < sure))
}

/** Step 2: how each column was understood; what is not kept is listed, nothing is guessed silently. */
export function ImportColumns({ batch: { columns } }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const [search, setSearch] = usePageSearch(columnSearch)
  const groups = {
    all: columns,
    kept: columns.filter(({ key }) => key !== undefined),
    left: columns.filter(({ key }) => key === undefined),
    doubt: columns.filter(isDoubtful),
  }
  const chosen = search.columns ?? 'all'
  return (
    <Section title={t('stepColumns')}>
      <p>{t('columnsNote', { all: columns.length, kept: groups.kept.length, left: groups.left.length })}</p>
      {groups.doubt.length > 0 ? <Notice kind="warning">{t('columnsWrong')}</Notice> : <p className="bf-quiet">{t('columnsWrong')}</p>}
      <ChoiceChips
        label={t('columnField')}
        choices={[
          { key: 'all', label: t('columnsAll'), count: groups.all.length },
          { key: 'kept', label: t('columnsKept'), count: groups.kept.length },
          { key: 'left', label: t('columnsLeft'), count: groups.left.length },
          { key: 'doubt', label: t('columnsDoubt'), count: groups.doubt.length },
        ]}
        chosen={chosen}
        choose={(key) => setSearch({ columns: key === 'all' ? undefined : key })}
      />
      {groups[chosen].length === 0 ? (
        <EmptyFace title={t('columnsNone')} todo={t('otherFilter')} />
      ) : (
        <ColumnTable columns={groups[chosen]} />
      )}
    </Section>
  )
}

function ColumnTable({ columns }: { columns: readonly Column[] }) {
  const t = useT(importScreenWords)
  const language = useLanguage()
  return (
    <div className="bf-scroll">
      <table className="bf-table" aria-label={t('stepColumns')}>
        <thead>
          <tr>
            <th scope="col">{t('columnNo')}</th>
            <th scope="col">{t('columnLabel')}</th>
            <th scope="col">{t('columnField')}</th>
            <th scope="col">{t('columnHow')}</th>
            <th scope="col" className="bf-number">
              {t('columnSure')}
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.column}>
              <td className="bf-figures">{columnLetters(column.column)}</td>
              <td>{column.label}</td>
              <td>{column.key === undefined ? <span className="bf-quiet">{t('notKept')}</span> : nameField(column.key, language)}</td>
              <td>
                <How column={column} />
              </td>
              <td className="bf-number">{column.confidence === undefined ? '—' : `${Math.round(column.confidence * 100)}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function How({ column }: { column: Column }) {
  const t = useT(importScreenWords)
  const how = hows.find((one) => one === column.how)
  if (column.key === undefined) return <StatusTag level="grey" text={t('notKept')} />
  return <StatusTag level={isDoubtful(column) ? 'amber' : 'green'} text={how === undefined ? '—' : t(`how.${how}`)} />
}

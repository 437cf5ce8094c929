import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { fill, type Catalogue } from '#kernel/pure/words/index.ts'
import type { ImportBatch, ImportProblem } from '../contract.ts'
import { importWords } from '../rules/import-words.ts'
import { downloadErrorWorkbook, importPageRows, importsKey, readProblems } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'

const severities = ['refused', 'suspicious', 'corrected'] as const
const problemSearch = { severity: searchOneOf(['all', ...severities]) }
const levels = { refused: 'red', suspicious: 'amber', corrected: 'grey' } as const satisfies Record<ImportProblem['severity'], Level>
const figures = [
  ['read', undefined],
  ['staged', 'green'],
  ['refused', 'red'],
  ['notData', 'grey'],
  ['corrected', 'grey'],
  ['suspicious', 'amber'],
] as const

/** Step 3: every row accounted for, and the bad ones with place and reason. */
export function ImportCheck({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const { read = 0, staged = 0, refused = 0, notData = 0, suspicious = 0, corrected = 0 } = batch.counts
  const hasProblems = refused + suspicious + corrected > 0
  const counts = { read, staged, refused, notData, suspicious, corrected }
  const shown = Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, showCount(count)]))
  const isWhole = read === staged + refused + notData
  return (
    <>
      <Section title={t('stepCheck')}>
        <div className="bf-stats">
          {figures.map(([key, level]) => (
            <StatCard key={key} label={t(`count.${key}`)} value={counts[key]} level={counts[key] === 0 ? 'grey' : level} />
          ))}
        </div>
        <Notice kind={isWhole ? 'success' : 'error'}>{t(isWhole ? 'rowsBalance' : 'rowsUnbalanced', shown)}</Notice>
      </Section>
      {hasProblems ? <Problems batch={batch} counts={{ refused, suspicious, corrected }} /> : null}
    </>
  )
}

function Problems({ batch, counts }: { batch: ImportBatch; counts: Record<ImportProblem['severity'], number> }) {
  const t = useT(importScreenWords)
  const [search, setSearch] = usePageSearch(problemSearch)
  const first = severities.find((severity) => counts[severity] > 0) ?? 'all'
  const chosen = search.severity ?? first
  const workbook = useMutation({ mutationFn: () => downloadErrorWorkbook(batch.batchId) })
  return (
    <Section
      title={t('problems')}
      extra={
        <Button loading={workbook.isPending} onClick={() => workbook.mutate()}>
          {t('errorWorkbook')}
        </Button>
      }
    >
      <Problem error={workbook.error} />
      <p className="bf-quiet">{t('valuesInFile')}</p>
      <ChoiceChips
        label={t('problemEffect')}
        choices={[
          ...severities.map((key) => ({ key, label: t(`severity.${key}`), count: counts[key] })),
          { key: 'all' as const, label: t('severity.all') },
        ]}
        chosen={chosen}
        choose={(severity) => setSearch({ severity })}
      />
      <ProblemList batchId={batch.batchId} severity={chosen === 'all' ? undefined : chosen} />
    </Section>
  )
}

function ProblemList({ batchId, severity }: { batchId: string; severity: ImportProblem['severity'] | undefined }) {
  const t = useT(importScreenWords)
  const language = useLanguage()
  const columns: DataColumn<ImportProblem>[] = [
    { key: 'row', title: t('problemRow'), kind: 'number', widthRem: 7, value: (problem) => problem.row },
    { key: 'sheet', title: t('problemSheet'), value: (problem) => problem.sheet },
    {
      key: 'column',
      title: t('problemColumn'),
      value: (problem) => [problem.column, problem.label].filter((part) => part !== undefined).join('　'),
    },
    { key: 'reason', title: t('problemReason'), value: (problem) => sayProblem(problem, language) },
    {
      key: 'severity',
      title: t('problemEffect'),
      value: (problem) => <StatusTag level={levels[problem.severity]} text={t(`severity.${problem.severity}`)} />,
    },
  ]
  return (
    <DataList<ImportProblem>
      label={t('problems')}
      queryKey={[...importsKey, batchId, 'problems', severity ?? 'all']}
      load={(after) => readProblems(batchId, { severity, after })}
      columns={columns}
      rowKey={(problem) => String(problem.problemNo)}
      pageSize={importPageRows}
      empty={{ title: t('problemsNone'), todo: t('otherFilter') }}
    />
  )
}

/** The reason in words; details and the column's label fill its places. */
function sayProblem({ reason, label, details }: ImportProblem, language: 'zh' | 'en'): string {
  const catalogue: Catalogue = importWords
  const words = catalogue[reason]
  if (words === undefined) return reason
  const values = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, String(value)]))
  return fill(words, language, { label: label ?? '', ...values })
}

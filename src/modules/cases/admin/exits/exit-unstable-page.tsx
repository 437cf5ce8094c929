import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { UnstableElimination } from '../../rules/exits/exit-records.ts'
import { unstableWords } from '../../rules/exits/exit-unstable-words.ts'
import { exitScreenWords } from './exit-screen-words.ts'

/** Eliminated households whose facts fell below the gate, each with its reasons; a row opens the case. */
export function UnstablePage() {
  const t = useT(exitScreenWords)
  const [{ area }] = usePageSearch({ area: searchText })
  const filter = area === '' ? {} : { area }
  return (
    <PageFrame
      title={t('unstableTitle')}
      note={
        <>
          <PageLink to="/cases/files">{t('back')}</PageLink> {t('unstableNote')}
        </>
      }
      extra={
        <ListExport
          needs="cases.case:export"
          lists={[{ label: t('unstableTitle'), path: '/cases/unstable-eliminations/export', query: filter }]}
        />
      }
    >
      <DataList<UnstableElimination>
        label={t('unstableLabel')}
        queryKey={['cases', 'unstable', filter]}
        load={(after) =>
          read<Page<UnstableElimination>>('/cases/unstable-eliminations', { ...filter, limit: 50, ...(after === '' ? {} : { after }) })
        }
        columns={useColumns()}
        rowKey={(row) => row.caseId}
        openRow={(row) => ({ to: `/cases/files/${row.caseId}` })}
        empty={{ todo: t('unstableEmpty') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<UnstableElimination>[] {
  const t = useT(exitScreenWords)
  const language = useLanguage()
  return [
    {
      key: 'head',
      title: t('head'),
      value: (row) => (
        <>
          {row.headName ?? '—'}
          <span className="bf-source bf-figures">{row.householdNo}</span>
        </>
      ),
    },
    { key: 'place', title: t('place'), value: (row) => `${row.township}${row.village}` },
    { key: 'eliminatedOn', title: t('eliminatedOn'), kind: 'code', value: (row) => row.eliminatedOn },
    {
      key: 'why',
      title: t('why'),
      value: (row) => row.reasons.map(({ reason, details }) => fill(unstableWords[`unstable.${reason}`], language, details)).join('；'),
    },
  ]
}

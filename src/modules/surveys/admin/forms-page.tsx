import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { FormRecord } from '../rules/survey-records.ts'
import { formWords } from './form-words.ts'
import { loadForms } from './survey-queries.ts'

/** The forms that a campaign may take. */
export function FormsPage() {
  const t = useT(formWords)
  const say = useSay()
  const edits = useMay('surveys.form:edit')
  const columns: DataColumn<FormRecord>[] = [
    { key: 'name', title: t('name'), value: (row) => say(row.title) },
    {
      key: 'version',
      title: t('version'),
      value: (row) => (row.version === 0 ? t('version.shipped') : t('version.n', { n: row.version })),
    },
    { key: 'questions', title: t('questions'), kind: 'number', value: (row) => row.questions },
    ...(edits
      ? [
          {
            key: 'copy',
            title: t('copy'),
            value: (row: FormRecord) => (
              <PageLink to="/surveys/forms/new" search={{ from: row.key }}>
                {t('copy')}
              </PageLink>
            ),
          },
        ]
      : []),
  ]
  return (
    <PageFrame title={t('forms')} note={t('formsNote')} extra={edits ? <PageLink to="/surveys/forms/new">{t('make')}</PageLink> : null}>
      <DataList<FormRecord>
        label={t('forms')}
        queryKey={['surveys', 'forms', 'list']}
        load={async () => ({ items: (await loadForms()).items })}
        columns={columns}
        rowKey={(row) => row.key}
        openRow={(row) => ({ to: `/surveys/forms/${row.key}` })}
        empty={{ todo: t('empty') }}
      />
    </PageFrame>
  )
}

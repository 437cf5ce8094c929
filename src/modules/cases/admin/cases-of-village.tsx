import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CaseCard } from '../rules/case-records.ts'
import { CaseDue, CaseTags } from './case-parts.tsx'
import { CaseStyles } from './case-styles.tsx'

const words = defineWords({
  none: { zh: '没有在办的个案。', en: 'No case is open.' },
  all: { zh: '在办的全部个案', en: 'All open cases' },
  nameless: { zh: '户主待核', en: 'head to be checked' },
})
const shown = 5

/** The first open cases of a village, each with where it stands and until when, and the way to all of them. */
export function CasesOfVillage({ areaPath }: { areaPath: string }) {
  const t = useT(words)
  const cases = useQuery({
    queryKey: ['cases', 'of-village', areaPath],
    queryFn: () => read<Page<CaseCard>>('/cases/files', { area: areaPath, open: 'true', limit: shown }),
  })
  return (
    <Loaded query={cases} lines={3}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('none')}</p>
        ) : (
          <>
            <CaseStyles />
            <ul className="bf-plain-lines">
              {items.map((file) => (
                <li key={file.caseId}>
                  <PageLink to={`/cases/files/${file.caseId}`}>{file.headName ?? t('nameless')}</PageLink> <CaseTags file={file} />{' '}
                  {file.dueOn === null ? null : <CaseDue file={file} />}
                </li>
              ))}
            </ul>
            {next === undefined ? null : (
              <PageLink to="/cases/files" search={{ view: 'open', area: areaPath }}>
                {t('all')}
              </PageLink>
            )}
          </>
        )
      }
    </Loaded>
  )
}

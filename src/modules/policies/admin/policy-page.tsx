import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { FailedFace, Skeleton } from '#ui/feedback/faces.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, useGo, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ParametersRoom } from './parameters-room.tsx'
import { loadPolicy } from './policy-calls.ts'
import { policyTabs, type PolicyTab } from './policy-tabs.ts'
import { PolicyStyles } from './policy-styles.tsx'
import { policyWords } from './policy-words.ts'
import { TableRoom } from './table-room.tsx'
import { VersionTag } from './version-parts.tsx'

const pageSearch = { tab: searchOneOf(policyTabs), version: searchText }

/** One policy: a version of it, its checks and examples, what it would change, who publishes it. */
export function PolicyPage() {
  const t = useT(policyWords)
  const language = useLanguage()
  const go = useGo()
  const key = usePageParam('key')
  const [search, setSearch] = usePageSearch(pageSearch)
  const text = useQuery({ queryKey: ['policies', 'text', key, search.version], queryFn: () => loadPolicy(key, search.version) })
  const current = useQuery({ queryKey: ['policies', 'text', key, ''], queryFn: () => loadPolicy(key, '') })
  const room = {
    tab: search.tab ?? 'rules',
    setTab: (tab: PolicyTab) => setSearch({ tab }, { replace: false }),
    openVersion: (version: string, tab?: PolicyTab) => setSearch({ version, ...(tab === undefined ? {} : { tab }) }, { replace: false }),
    current: current.data?.policy.current === null ? undefined : current.data,
  }
  return (
    <PageFrame
      title={text.data?.policy[language] ?? t('title')}
      extra={
        <>
          {text.data === undefined ? null : <VersionTag version={text.data.version} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/policies')}>{t('back')}</Button>
        </>
      }
    >
      <PolicyStyles />
      {text.data === undefined ? (
        text.isError ? (
          <FailedFace error={text.error} retry={() => void text.refetch()} /> // the query keeps its own error
        ) : (
          <Skeleton lines={12} />
        )
      ) : text.data.policy.form === 'table' ? (
        <TableRoom key={text.data.version.versionId} text={text.data} {...room} />
      ) : (
        <ParametersRoom key={text.data.version.versionId} text={text.data} {...room} />
      )}
    </PageFrame>
  )
}

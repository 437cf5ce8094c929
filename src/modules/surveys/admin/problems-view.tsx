import { useState } from 'react'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { problemSources, type ProblemSource } from '../contract.ts'
import type { ProblemRecord } from '../rules/survey-records.ts'
import { sourceWords } from '../rules/survey-words.ts'
import { loadProblems } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Problems that a campaign found, by source; a row opens the household. */
export function ProblemsView({ campaignId }: { campaignId: string }) {
  const t = useT(surveyWords)
  const say = useSay()
  const [source, setSource] = useState<ProblemSource | 'all'>('all')
  const asked: Record<string, string> = source === 'all' ? {} : { source }
  const columns: DataColumn<ProblemRecord>[] = [
    { key: 'household', title: t('household'), value: (row) => (row.headName === '' ? row.village : row.headName) },
    { key: 'place', title: t('place'), value: (row) => `${row.township} ${row.village}` },
    { key: 'source', title: t('source'), value: (row) => say(sourceWords[row.source]) },
    { key: 'class', title: t('class'), value: (row) => row.class },
    { key: 'description', title: t('description'), value: (row) => row.description },
    { key: 'foundOn', title: t('foundOn'), kind: 'code', value: (row) => row.foundOn },
    { key: 'no', title: t('no'), kind: 'code', value: (row) => row.problemNo },
  ]
  return (
    <div className="bf-stack">
      <ChoiceChips
        label={t('source')}
        chosen={source}
        choose={setSource}
        choices={[{ key: 'all' as const, label: t('all') }, ...problemSources.map((key) => ({ key, label: say(sourceWords[key]) }))]}
      />
      <DataList<ProblemRecord>
        label={t('view.problems')}
        queryKey={['surveys', 'problems', campaignId, asked]}
        load={(cursor) => loadProblems(campaignId, asked, cursor)}
        columns={columns}
        rowKey={(row) => row.problemId}
        openRow={(row) => (row.householdId === undefined ? undefined : { to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t('emptyOther') }}
      />
    </div>
  )
}

import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { LetterCard } from '../rules/letter-records.ts'
import { letterStateWords } from '../rules/problem-words.ts'
import { screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'

const levels = { issued: 'amber', received: 'grey', answered: 'grey', closed: 'green' } as const

/** 交办函: each unit's letter with how far its problems are. */
export function LettersPage() {
  const t = useT(screenWords)
  const say = useSay()
  const [which, setWhich] = useState<'open' | 'all'>('open')
  const query = which === 'open' ? { open: 'true' } : {}
  const columns: DataColumn<LetterCard>[] = [
    { key: 'unit', title: t('unit'), value: (one) => one.unitName },
    { key: 'head', title: t('head'), value: (one) => one.headName },
    { key: 'state', title: t('state'), value: (one) => <LetterTags letter={one} /> },
    { key: 'due', title: t('due'), kind: 'code', value: (one) => one.dueOn },
    { key: 'progress', title: t('progress'), kind: 'code', value: (one) => `${String(one.closed)} / ${String(one.problems)}` },
    { key: 'campaign', title: t('campaign'), value: (one) => one.campaignName },
    { key: 'no', title: t('letterNo'), kind: 'code', value: (one) => one.letterNo },
  ]
  return (
    <PageFrame
      title={t('lettersTitle')}
      note={t('lettersNote')}
      extra={
        <ListExport
          needs="rectification.problem:export"
          lists={[{ label: t('lettersTitle'), path: '/rectification/letters/export', query }]}
        />
      }
    >
      <RectificationStyles />
      <ChoiceChips
        label={say({ zh: '看哪些', en: 'Which' })}
        chosen={which}
        choose={setWhich}
        choices={[
          { key: 'open', label: t('openLetters') },
          { key: 'all', label: t('allLetters') },
        ]}
      />
      <DataList<LetterCard>
        label={t('lettersTitle')}
        queryKey={['rectification', 'letters', which]}
        load={(after) => read<Page<LetterCard>>('/rectification/letters', { ...query, limit: 50, ...(after === '' ? {} : { after }) })}
        columns={columns}
        rowKey={(one) => one.letterId}
        openRow={(one) => ({ to: `/rectification/letters/${one.letterId}` })}
        empty={{ todo: t('emptyLetters') }}
      />
    </PageFrame>
  )
}

/** State of a letter, with what of it is late or not yet taken up. */
export function LetterTags({ letter }: { letter: LetterCard }) {
  const t = useT(screenWords)
  const say = useSay()
  return (
    <span className="rect-tags">
      <StatusTag level={levels[letter.state]} text={say(letterStateWords[letter.state])} />
      {letter.overdue > 0 ? <StatusTag level="red" text={`${t('overdue')} ${String(letter.overdue)}`} /> : null}
      {letter.waiting > 0 ? <span className="bf-quiet">{t('waiting', { n: letter.waiting })}</span> : null}
    </span>
  )
}

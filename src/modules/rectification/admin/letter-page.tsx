import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { download, write } from '#kernel/browser/api/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { LetterCard } from '../rules/letter-records.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import { BatchBar } from './batch-bar.tsx'
import { LetterTags } from './letters-page.tsx'
import { aboutOf, ProblemDue, ProblemTags, showMoment } from './problem-parts.tsx'
import { loadProblems, useLetter } from './queries.ts'
import { screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'

type Letter = LetterCard & { number: string }

/** A letter by its id. */
export function LetterPage() {
  return <LetterOf letter={useLetter({ letterId: usePageParam('letterId') })} />
}

/** A letter by the code on the paper: the page on which its unit answers. */
export function ReplyPage() {
  return <LetterOf letter={useLetter({ replyCode: usePageParam('replyCode') })} />
}

function LetterOf({ letter }: { letter: UseQueryResult<Letter> }) {
  const t = useT(screenWords)
  const title = letter.data === undefined ? t('lettersTitle') : t('letterTitle', { number: letter.data.number })
  return (
    <PageFrame title={title} extra={letter.data === undefined ? null : <LetterTags letter={letter.data} />}>
      <RectificationStyles />
      <Loaded query={letter} lines={10}>
        {(found) => (
          <div className="bf-stack">
            <LetterHead letter={found} />
            <OnLetter letterId={found.letterId} />
          </div>
        )}
      </Loaded>
    </PageFrame>
  )
}

function LetterHead({ letter }: { letter: Letter }) {
  const t = useT(screenWords)
  const [error, setError] = useState<unknown>()
  const [reminder, setReminder] = useState('')
  const [isCopied, setCopied] = useState(false)
  const url = `/rectification/letters/${letter.letterId}`
  const doIt = (work: () => Promise<unknown>) => {
    setError(undefined)
    void work().catch(setError) // shown below
  }
  const remind = async () => setReminder((await write<{ text: string }>('POST', `${url}/remind`, {})).text)
  const print = (format: 'docx' | 'pdf') => download(`${url}/paper`, { format, address: window.location.origin })
  return (
    <Section title={letter.campaignName}>
      <DescriptionList
        items={[
          { key: 'unit', label: t('unit'), value: `${letter.unitName} · ${letter.headName}` },
          { key: 'due', label: t('due'), value: letter.dueOn },
          { key: 'progress', label: t('progress'), value: `${String(letter.closed)} / ${String(letter.problems)}` },
          { key: 'issued', label: t('issued'), value: `${letter.issuedName} · ${showMoment(letter.issuedAt)}` },
          {
            key: 'received',
            label: t('received'),
            value: letter.receivedAt === null ? t('notReceived') : `${letter.receivedName ?? ''} · ${showMoment(letter.receivedAt)}`,
          },
          { key: 'requirement', label: t('requirement'), value: letter.requirement },
        ]}
      />
      <div className="rect-acts">
        {letter.can.receive ? (
          <Button type="primary" onClick={() => doIt(() => write('POST', `${url}/receive`, {}))}>
            {t('receive')}
          </Button>
        ) : null}
        {letter.can.remind ? <Button onClick={() => doIt(remind)}>{t('remind')}</Button> : null}
        <Button onClick={() => doIt(() => print('docx'))}>{t('printDocx')}</Button>
        <Button onClick={() => doIt(() => print('pdf'))}>{t('printPdf')}</Button>
      </div>
      <Problem error={error} />
      {reminder === '' ? null : (
        <Field label={t('reminderText')}>
          {(control) => (
            <>
              <textarea {...control} className="bf-input" rows={6} readOnly value={reminder} />
              <span className="rect-acts">
                <Button onClick={() => doIt(() => navigator.clipboard.writeText(reminder).then(() => setCopied(true)))}>
                  {isCopied ? t('copied') : t('copy')}
                </Button>
              </span>
            </>
          )}
        </Field>
      )}
    </Section>
  )
}

function OnLetter({ letterId }: { letterId: string }) {
  const t = useT(screenWords)
  const [chosen, setChosen] = useState<readonly ProblemCard[]>([])
  const filter = {
    view: 'all',
    letterId,
    campaignId: '',
    sourceKind: '',
    class: '',
    unitId: '',
    state: '',
    standing: '',
    inspectionId: '',
  } as const
  return (
    <Section title={t('onLetter')}>
      <BatchBar chosen={chosen} clear={() => setChosen([])} />
      <DataList<ProblemCard>
        label={t('onLetter')}
        queryKey={['rectification', 'on-letter', letterId]}
        load={(cursor) => loadProblems(filter, cursor)}
        columns={[
          { key: 'problem', title: t('problem'), value: (card) => card.description, widthRem: 22 },
          { key: 'state', title: t('state'), value: (card) => <ProblemTags card={card} /> },
          { key: 'due', title: t('due'), value: (card) => <ProblemDue card={card} /> },
          { key: 'about', title: t('about'), value: aboutOf },
          { key: 'class', title: t('class'), value: (card) => card.class },
          { key: 'measures', title: t('measures'), value: (card) => card.measures },
          { key: 'no', title: t('no'), kind: 'code', value: (card) => card.problemNo },
        ]}
        rowKey={(card) => card.problemId}
        openRow={(card) => ({ to: `/rectification/problems/${card.problemId}` })}
        empty={{ todo: t('empty') }}
        selection={{
          selected: chosen.map(({ problemId }) => problemId),
          onChange: (_keys: string[], rows: ProblemCard[]) => setChosen(rows),
          nameOf: (card) => t('choose', { name: card.problemNo }),
          isFixed: (card) => Object.keys(card.can).length === 0,
        }}
      />
    </Section>
  )
}

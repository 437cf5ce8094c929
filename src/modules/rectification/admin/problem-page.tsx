import { Button } from 'antd'
import { useState } from 'react'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ActedOnProblems, ProblemRecord } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actionWords, missingWords, sourceWords } from '../rules/problem-words.ts'
import { ActForm, ActOutcome } from './act-form.tsx'
import { commonActions } from './actions.ts'
import { AlikePart } from './alike-part.tsx'
import { EvidencePart } from './evidence-part.tsx'
import { aboutOf, ProblemDue, ProblemTags, showMoment } from './problem-parts.tsx'
import { useProblem } from './queries.ts'
import { screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'
import { TimePart } from './time-part.tsx'

/** One problem: its five parts, what may be done next, what is missing for its end, evidence, and what happened. */
export function ProblemPage() {
  const problemId = usePageParam('problemId')
  const t = useT(screenWords)
  const go = useGo()
  const record = useProblem(problemId)
  const card = record.data?.card
  return (
    <PageFrame
      title={card === undefined ? t('problem') : `${t('problem')} ${card.problemNo}`}
      extra={
        <>
          {card === undefined ? null : <ProblemTags card={card} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/rectification/problems')}>{t('toLedger')}</Button>
        </>
      }
    >
      <RectificationStyles />
      <Loaded query={record} lines={12}>
        {(found) => <ProblemBody key={found.card.problemId} record={found} />}
      </Loaded>
    </PageFrame>
  )
}

function ProblemBody({ record }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const mayEnter = useMay('rectification.problem:enter')
  return (
    <div className="rect-columns">
      <div className="bf-stack">
        <Head record={record} />
        <FiveParts record={record} />
        <EvidencePart record={record} />
        {mayEnter ? <AlikePart problemId={record.card.problemId} /> : null}
      </div>
      <div className="rect-side">
        <div className="rect-next">
          <NextPart record={record} />
        </div>
        <TimePart record={record} />
        <Section title={t('history')}>
          <History record={record} />
        </Section>
      </div>
    </div>
  )
}

function Head({ record: { card, file, letterNo } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const say = useSay()
  return (
    <Section title={card.campaignName}>
      <p className="rect-text">{card.description}</p>
      <DescriptionList
        items={[
          { key: 'source', label: t('source'), value: `${say(sourceWords[card.sourceKind])} · ${card.class}` },
          { key: 'about', label: t('about'), value: aboutOf(card) },
          { key: 'unit', label: t('unit'), value: [card.unitName ?? '', card.headName ?? ''].filter((part) => part !== '').join(' · ') },
          { key: 'due', label: t('due'), value: <ProblemDue card={card} /> },
          { key: 'requirement', label: t('requirement'), value: file.requirement },
        ]}
      />
      <p className="rect-tags">
        {card.householdId === null ? null : <PageLink to={`/registry/households/${card.householdId}`}>{t('toHousehold')}</PageLink>}
        {file.letterId === null || letterNo === null ? null : (
          <PageLink to={`/rectification/letters/${file.letterId}`}>{t('toLetter', { no: letterNo })}</PageLink>
        )}
      </p>
    </Section>
  )
}

/** The five parts in their order (M-114), and what is missing for the end (R15). */
function FiveParts({ record: { file, missing, card } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const say = useSay()
  const parts = [
    ['cause', file.cause],
    ['measures', file.measures],
    ['effect', file.effect],
    ['completedOn', [file.completedOn ?? '', file.completedName ?? ''].filter((part) => part !== '').join(' · ')],
  ] as const
  const isOver = card.state === 'closed' || card.state === 'withdrawn'
  return (
    <Section title={t('parts')}>
      <dl className="rect-five">
        {parts.map(([key, text]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{text === '' ? '—' : text}</dd>
          </div>
        ))}
      </dl>
      {isOver ? null : (
        <p className={missing.length === 0 ? 'bf-quiet' : 'bf-problem'}>
          {missing.length === 0 ? t('complete') : t('missing', { parts: missing.map((part) => say(missingWords[part])).join('、') })}
        </p>
      )}
    </Section>
  )
}

function NextPart({ record: { card, file } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const say = useSay()
  const [action, setAction] = useState<ActWords['action']>()
  const [outcome, setOutcome] = useState<ActedOnProblems>()
  const may = commonActions([card])
  const start = { cause: file.cause, measures: file.measures, effect: file.effect, ...(file.dueOn === null ? {} : { due: file.dueOn }) }
  const unit = file.unitKind === null || file.unitId === null ? {} : { unit: `${file.unitKind}:${file.unitId}` }
  const edit = { description: file.description, class: file.class, requirement: file.requirement }
  return (
    <Section title={t('next')}>
      {outcome === undefined ? null : <ActOutcome acted={outcome} cards={[card]} />}
      {may.length === 0 ? <p className="bf-quiet">{t('nothingNext')}</p> : null}
      {action !== undefined && may.includes(action) ? (
        <ActForm
          key={`${action} ${String(card.revision)}`}
          cards={[card]}
          action={action}
          start={action === 'edit' ? edit : action === 'assign' ? { ...start, ...unit, headName: file.headName ?? '' } : start}
          close={() => setAction(undefined)}
          done={(acted) => {
            setOutcome(acted)
            setAction(undefined)
          }}
        />
      ) : (
        <div className="rect-acts">
          {may.map((one, at) => (
            <Button key={one} type={at === 0 ? 'primary' : 'default'} onClick={() => setAction(one)}>
              {say(actionWords[one])}
            </Button>
          ))}
        </div>
      )}
    </Section>
  )
}

function History({ record: { events } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const say = useSay()
  const entries = events.map(({ seq, action, at, actorName, reason, details }) => ({
    key: String(seq),
    at: showMoment(at),
    title: say(actionWords[action]),
    note: [
      actorName,
      reason ?? '',
      ...['unit', 'measures', 'effect', 'note'].map((key) => (typeof details[key] === 'string' ? details[key] : '')),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    level:
      action === 'strike' || action === 'verify'
        ? ('green' as const)
        : action === 'return' || action === 'reopen'
          ? ('red' as const)
          : ('grey' as const),
  }))
  return <Timeline label={t('history')} entries={entries} />
}

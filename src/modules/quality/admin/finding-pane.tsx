import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import type { FindingFile } from '../rules/worklist-records.ts'
import { ownerWords } from '../rules/worklist-words.ts'
import { ExceptionLines } from './exception-parts.tsx'
import { FindingActions } from './finding-actions.tsx'
import { FindingAnswerForm } from './finding-answer-form.tsx'
import { FindingFixes } from './finding-fixes.tsx'
import { FindingStateTags, localTime, nameOf, placeOf, SeverityTag, useRuleTexts, useValueText } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'
import { SendFindingsDialog } from './send-dialog.tsx'

interface FindingPaneProps {
  findingId: string
  /** Called when the finding was answered or sent. */
  done: () => void
  back?: () => void
}

/** One finding: what is wrong, the values, how to mend it and who does, what can be done at once, what happened. */
export function FindingPane({ findingId, done, back }: FindingPaneProps) {
  const t = useT(qualityWords)
  const queries = useQueryClient()
  const [isSending, setSending] = useState(false)
  const file = useQuery({ queryKey: ['quality', 'finding', findingId], queryFn: () => read<FindingFile>(`/quality/findings/${findingId}`) })
  const finish = () => {
    done()
    void queries.invalidateQueries({ queryKey: ['quality'] }) // lists and counts are read again
    void queries.invalidateQueries({ queryKey: ['today'] })
  }
  return (
    <div className="bf-stack">
      {back === undefined ? null : (
        <button type="button" className="bf-link quality-back" onClick={back}>
          ← {t('backToList')}
        </button>
      )}
      <Loaded query={file}>
        {(finding) => (
          <>
            <FindingHead finding={finding} />
            <FindingWhy finding={finding} />
            <FindingFixes finding={finding} />
            {finding.can.answer ? <FindingAnswerForm finding={finding} done={finish} /> : null}
            {finding.state === 'fixed' || finding.state === 'excepted' ? null : (
              <div className="bf-page-actions">
                <FindingActions findingIds={[finding.findingId]} done={finish} />
                {finding.can.send ? (
                  <Button type="primary" onClick={() => setSending(true)}>
                    {t('sendChosen')}
                  </Button>
                ) : null}
              </div>
            )}
            <Others finding={finding} />
            <History finding={finding} />
            {isSending ? (
              <SendFindingsDialog choice={{ findingIds: [finding.findingId] }} sent={finish} close={() => setSending(false)} />
            ) : null}
          </>
        )}
      </Loaded>
    </div>
  )
}

function FindingHead({ finding }: { finding: FindingFile }) {
  const t = useT(qualityWords)
  const { household, personName } = finding
  const kinds = household === null ? [] : [household.householdType, household.monitorCategory].filter((kind) => kind !== '')
  return (
    <Section
      title={nameOf(finding, t('hiddenHousehold'))}
      extra={
        <div className="bf-row">
          <FindingStateTags finding={finding} />
        </div>
      }
    >
      {household === null ? (
        <p>{personName === null ? t('aboutVillage') : personName}</p>
      ) : (
        <p>
          {placeOf(finding, false)} · {kinds.join('、') || '—'}
          {personName === null ? null : ` · ${t('person', { name: personName })}`}
          <span className="bf-source bf-figures">{t('householdNo', { no: household.householdNo })}</span>
          <PageLink to={`/registry/households/${household.householdId}`}>{t('openHousehold')}</PageLink>
        </p>
      )}
      {finding.isStillThere && finding.state !== 'fixed' ? (
        <Notice kind="warning">{t('stillThere', { day: localTime(finding.lastSeenAt).slice(0, 10) })}</Notice>
      ) : null}
      {finding.answer === null || finding.answerNote === null ? null : (
        <Notice kind="info">
          {t(`answer.${finding.answer}`)}：{finding.answerNote}
        </Notice>
      )}
      <ExceptionLines exceptions={finding.exceptions} />
    </Section>
  )
}

function FindingWhy({ finding }: { finding: FindingFile }) {
  const t = useT(qualityWords)
  const say = useSay()
  const language = useLanguage()
  const write = useValueText()
  const { text, labels, seen, severity } = finding
  const items = Object.entries(seen).map(([key, value]) => ({
    key,
    label: labels[key]?.[language] ?? key,
    value: write(value, labels[key]),
  }))
  return (
    <Section title={t('why')} extra={<SeverityTag severity={severity} />}>
      <div className="bf-stack">
        <p className={`quality-why quality-why-${severity}`}>
          <strong>{text[language]}</strong>
          <span className="bf-source bf-figures">{finding.rule}</span>
        </p>
        {items.length === 0 ? null : (
          <>
            <h3>{t('seenTitle')}</h3>
            <DescriptionList items={items} />
          </>
        )}
        <h3>{t('how')}</h3>
        <p>{text.fix[language]}</p>
        <p className="bf-quiet">
          {t('whoMends', { owner: say(ownerWords[text.owner]) })} ·{' '}
          {t('firstSeen', { first: localTime(finding.firstSeenAt).slice(0, 10), last: localTime(finding.lastSeenAt) })}
        </p>
      </div>
    </Section>
  )
}

function Others({ finding }: { finding: FindingFile }) {
  const t = useT(qualityWords)
  const rules = useRuleTexts()
  if (finding.others.length === 0) return null
  return (
    <Section title={t('othersTitle')}>
      <ul>
        {finding.others.map((other) => (
          <li key={other.findingId}>
            <SeverityTag severity={other.severity} />{' '}
            <PageLink to={`/quality/findings/${other.findingId}`}>{rules.text(other.rule)}</PageLink> {other.personName ?? ''}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function History({ finding }: { finding: FindingFile }) {
  const t = useT(qualityWords)
  const entries = finding.events.map((event, index) => ({
    key: String(index),
    at: localTime(event.at),
    title: `${t(`event.${event.kind}`)} · ${event.byName}`,
    ...(event.note === null ? {} : { note: event.note }),
  }))
  const found = { key: 'found', at: localTime(finding.firstSeenAt), title: t('event.found') }
  return (
    <Section title={t('history')}>
      <Timeline label={t('history')} entries={[...entries, found]} />
    </Section>
  )
}

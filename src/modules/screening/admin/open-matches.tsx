import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { DecideMatch } from '../rules/compare-requests.ts'
import type { DecidedMatch } from '../rules/compare-records.ts'
import type { ShownOpenMatch } from '../rules/lead-records.ts'
import { decideMatch, runsKey, useOpenMatches } from './compare-calls.ts'
import { causeWords, compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { MatchWaterfall } from './match-waterfall.tsx'
import { wizardWords } from './wizard-words.ts'

/** Rows at once on the screen; the rest come as these are decided. */
const shownRows = 20

/** Rows that could be one of several people: a person decides, the program never guesses. */
export function OpenMatches({ runId }: { runId: string }) {
  const may = useMay('screening.list:compare')
  return may ? <Decisions runId={runId} /> : null
}

function Decisions({ runId }: { runId: string }) {
  const t = useT(compareWords)
  const matches = useOpenMatches(runId)
  const queries = useQueryClient()
  const [last, setLast] = useState<DecidedMatch>()
  const decided = async (what: DecidedMatch) => {
    setLast(what)
    await queries.invalidateQueries({ queryKey: [...runsKey, runId] })
  }
  return (
    <Section title={t('decideTitle')}>
      {last === undefined ? null : <WhatItDid decided={last} />}
      <Loaded query={matches}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('decideNone')}</p>
          ) : (
            <>
              <p className="bf-quiet">{t('decideNote')}</p>
              {items.slice(0, shownRows).map((match) => (
                <Decision key={match.openMatchId} match={match} decided={decided} />
              ))}
              {items.length > shownRows ? <p>{t('decideLeft', { n: items.length - shownRows })}</p> : null}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function WhatItDid({ decided: { outcome, leadId, rows, renamed } }: { decided: DecidedMatch }) {
  const w = useT(wizardWords)
  return (
    <Notice kind={outcome === 'left-out' ? 'warning' : 'success'}>
      {w(`decided.${outcome}`, { n: rows })}{' '}
      {outcome !== 'matched' ? null : leadId === null ? (
        w('decided.noLead')
      ) : (
        <PageLink to={`/screening/leads/${leadId}`}>{w('decided.lead')}</PageLink>
      )}
      {renamed ? <> {w('decided.renamed')}</> : null}
    </Notice>
  )
}

function Decision({ match, decided }: { match: ShownOpenMatch; decided: (what: DecidedMatch) => Promise<void> }) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const say = useT(causeWords)
  const names = useRuleNames()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const decide = async (input: DecideMatch) => {
    setError(undefined)
    setBusy(true)
    try {
      await decided(await decideMatch(match.openMatchId, input))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const { file, sheet, row } = match.place
  return (
    <div className="screening-reason">
      <strong>
        {t('decideRow', { list: names.list(match.list), file, sheet: sheet === '' ? '' : `（${sheet}）`, row, name: match.name })}
      </strong>
      <p className="bf-quiet">
        {say(match.cause)}。{match.waitUntil === null ? w('gone') : w('waitUntil', { at: match.waitUntil })}
      </p>
      <Problem error={error} />
      <ul>
        {match.candidates.map((one) => (
          <li key={one.personId}>
            {one.name}　{one.relation}　{one.idMasked}　<PageLink to={`/registry/households/${one.householdId}`}>{one.place}</PageLink>{' '}
            <Button
              size="small"
              disabled={isBusy}
              aria-label={`${t('itIs')}：${one.name} ${one.idMasked}`}
              onClick={() => void decide({ personId: one.personId }) /* shows its own refusal */}
            >
              {t('itIs')}
            </Button>{' '}
            {match.cause === 'name-differs' && match.name !== '' ? (
              <Button
                size="small"
                disabled={isBusy}
                aria-label={`${w('itIsRename')}：${one.name} → ${match.name}`}
                onClick={() => void decide({ personId: one.personId, alsoRename: true }) /* shows its own refusal */}
              >
                {w('itIsRename')}
              </Button>
            ) : null}
            {one.why === undefined ? null : <MatchWaterfall why={one.why} isCandidate />}
          </li>
        ))}
      </ul>
      <Button size="small" disabled={isBusy} onClick={() => void decide({ personId: null }) /* shows its own refusal */}>
        {t('notAny')}
      </Button>
    </div>
  )
}

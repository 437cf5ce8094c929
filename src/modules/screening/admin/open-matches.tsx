import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ShownOpenMatch } from '../rules/lead-records.ts'
import { decideMatch, runsKey, useOpenMatches } from './compare-calls.ts'
import { causeWords, compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'

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
  return (
    <Section title={t('decideTitle')}>
      <Loaded query={matches}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('decideNone')}</p>
          ) : (
            <>
              <p className="bf-quiet">{t('decideNote')}</p>
              {items.slice(0, shownRows).map((match) => (
                <Decision key={match.openMatchId} match={match} runId={runId} />
              ))}
              {items.length > shownRows ? <p>{t('decideLeft', { n: items.length - shownRows })}</p> : null}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function Decision({ match, runId }: { match: ShownOpenMatch; runId: string }) {
  const t = useT(compareWords)
  const say = useT(causeWords)
  const names = useRuleNames()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const decide = async (personId: string | null) => {
    setError(undefined)
    try {
      await decideMatch(match.openMatchId, { personId })
      await queries.invalidateQueries({ queryKey: [...runsKey, runId, 'open-matches'] })
    } catch (fault) {
      setError(fault)
    }
  }
  const { file, sheet, row } = match.place
  return (
    <div className="screening-reason">
      <strong>
        {t('decideRow', { list: names.list(match.list), file, sheet: sheet === '' ? '' : `（${sheet}）`, row, name: match.name })}
      </strong>
      <p className="bf-quiet">{say(match.cause)}</p>
      <Problem error={error} />
      <ul>
        {match.candidates.map((one) => (
          <li key={one.personId}>
            {one.name}　{one.relation}　{one.idMasked}　<PageLink to={`/registry/households/${one.householdId}`}>{one.place}</PageLink>{' '}
            <Button
              size="small"
              aria-label={`${t('itIs')}：${one.name} ${one.idMasked}`}
              onClick={() => void decide(one.personId) /* shows its own refusal */}
            >
              {t('itIs')}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => void decide(null) /* shows its own refusal */}>
        {t('notAny')}
      </Button>
    </div>
  )
}

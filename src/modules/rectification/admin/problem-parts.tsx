import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import type { ProblemState } from '../rules/problem-states.ts'
import { standingWords, stateWords } from '../rules/problem-words.ts'
import { sayLength } from '../rules/reminder-text.ts'
import { screenWords } from './screen-words.ts'

const stateLevels: Record<ProblemState, Level> = {
  found: 'amber',
  assigned: 'amber',
  accepted: 'grey',
  rectifying: 'grey',
  completed: 'amber',
  verified: 'amber',
  closed: 'green',
  withdrawn: 'grey',
}
const dueLevels = { none: 'grey', later: 'grey', soon: 'amber', overdue: 'red', 'in-time': 'green', late: 'amber' } as const

/** State, with what makes the problem special: a leader who supervises it, how often it came back. */
export function ProblemTags({ card }: { card: ProblemCard }) {
  const t = useT(screenWords)
  const say = useSay()
  return (
    <span className="rect-tags">
      <StatusTag level={stateLevels[card.state]} text={say(stateWords[card.state])} />
      {card.leaderName === null ? null : <StatusTag level="red" text={t('leader', { name: card.leaderName })} />}
      {card.isClosedKind ? <StatusTag level="grey" text={t('closedKind')} /> : null}
      {card.returns > 0 ? <span className="bf-quiet">{t('returned', { n: card.returns })}</span> : null}
      {card.reopened > 0 ? <span className="bf-quiet">{t('reopenedN', { n: card.reopened })}</span> : null}
    </span>
  )
}

/** The last day and how the problem stands to it. */
export function ProblemDue({ card }: { card: ProblemCard }) {
  const t = useT(screenWords)
  const say = useSay()
  if (card.dueOn === null) return <span className="bf-quiet">{say(standingWords.none)}</span>
  const late = card.standing === 'overdue' ? t('late', { text: sayLength(card.overdueSeconds) }) : say(standingWords[card.standing])
  return (
    <span className="rect-tags">
      <span className="bf-figures">{card.dueOn}</span>
      {card.standing === 'later' ? null : <StatusTag level={dueLevels[card.standing]} text={late} />}
      {card.asksUntil === null ? null : <span className="bf-quiet">{t('asks', { on: card.asksUntil })}</span>}
    </span>
  )
}

/** Whom and where it is about. */
export function aboutOf(card: ProblemCard): string {
  return [card.place, card.headOfHousehold ?? card.subject].filter((part) => part !== '').join(' · ')
}

/** A moment in local time, `2023-12-18 09:00`. */
export function showMoment(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { Difficulty, IntakeCard, IntakeState } from '../../rules/intake/intake-records.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

const levels = { new: 'amber', matched: 'amber', linked: 'amber', 'in-case': 'green', closed: 'grey' } as const satisfies Record<
  IntakeState,
  Level
>

/** The state of an intake, and whether it is late. */
export function IntakeTags({ card }: { card: IntakeCard }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const text = say(card.outcome === null ? intakeWords[`state.${card.state}`] : intakeWords[`outcome.${card.outcome}`])
  return (
    <>
      <StatusTag level={card.isOverdue ? 'red' : levels[card.state]} text={text} />
      <span className="bf-source bf-figures">
        {card.closedOn ?? card.dueOn}
        {card.isOverdue ? ` ${t('overdue')}` : null}
      </span>
    </>
  )
}

/** The difficulties in words, with the wish to be called. */
export function useDifficulties(): (card: { difficulties: readonly Difficulty[]; wantsCall: boolean }) => string {
  const t = useT(intakeScreenWords)
  const say = useSay()
  return ({ difficulties, wantsCall }) =>
    [...difficulties.map((one) => say(intakeWords[`difficulty.${one}`])), ...(wantsCall ? [t('call')] : [])].join('、')
}

/** By what the household was found, and how far that is to be trusted. */
export function useMatchText(): (card: IntakeCard) => string {
  const t = useT(intakeScreenWords)
  const say = useSay()
  return ({ match, household }) => {
    if (match === null) return t('nobody')
    if (household === null && match.count > 1) return t('several', { n: match.count })
    return t('matchedBy', { way: say(intakeWords[`way.${match.way}`]), confidence: say(intakeWords[`confidence.${match.confidence}`]) })
  }
}

/** Where a source and its number stand in one text. */
export function senderOf({ sender, senderNo }: Pick<IntakeCard, 'sender' | 'senderNo'>): string {
  return [sender, senderNo].filter((part) => part !== null && part !== '').join(' · ')
}

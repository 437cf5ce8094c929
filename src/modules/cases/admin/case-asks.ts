import type { CaseRecord } from '../rules/case-records.ts'
import type { CaseAction, CaseState, CaseStep } from '../rules/case-steps.ts'

/** What a form may ask before a case is moved; the names are those of `ActOnCase`. */
export type AskedField = 'to' | 'opinion' | 'reason' | 'risks' | 'kind' | 'nationalNo' | 'mode' | 'referTo' | 'toSeat'
export interface Asks {
  readonly must: readonly AskedField[]
  readonly may: readonly AskedField[]
}

const withOpinion: readonly CaseStep[] = ['assessment', 'review', 'decision', 'exit-review', 'exit-decision']

/** The fields of an action's form; the server asks for the same and names what is missing. */
export function asksOf(step: CaseStep, action: CaseAction): Asks {
  switch (action) {
    case 'pass':
      return asksOfPass(step)
    case 'return':
      return { must: ['to', 'reason'], may: [] }
    case 'refer':
      return { must: ['referTo', 'reason'], may: [] }
    case 'transfer':
      return { must: ['toSeat', 'reason'], may: [] }
    case 'ask':
    case 'pause':
    case 'reject':
    case 'withdraw':
    case 'green':
    case 'revert':
    case 'relapse':
      return { must: ['reason'], may: [] }
    case 'end':
      return { must: [], may: ['reason'] }
    case 'supply':
    case 'resume':
    case 'start-exit':
    case 'settle':
      return { must: [], may: ['opinion'] }
  }
}

function asksOfPass(step: CaseStep): Asks {
  if (step === 'decision') return { must: ['kind', 'risks', 'opinion'], may: [] }
  if (step === 'exit-decision') return { must: ['mode', 'opinion'], may: [] }
  if (step === 'entry') return { must: ['nationalNo'], may: ['opinion'] }
  if (step === 'exit-entry') return { must: [], may: ['nationalNo', 'opinion'] }
  return withOpinion.includes(step) ? { must: ['opinion'], may: [] } : { must: [], may: ['opinion'] }
}

/** What the step is there for: the action that stands first, if the caller may do it. */
function mainActionOf(file: { step: CaseStep; state: CaseState }): CaseAction | undefined {
  if (file.state === 'supplement') return 'supply'
  if (file.state === 'paused') return 'resume'
  if (file.state === 'ended') return undefined
  if (file.step === 'tracking') return 'start-exit'
  return file.step === 'follow-up' ? 'settle' : 'pass'
}

/** The main action of a record with the others, as far as the caller may do them. */
export function actionsOf({ file, next }: Pick<CaseRecord, 'file' | 'next'>) {
  const main = mainActionOf(file)
  return { main: next.find(({ action }) => action === main), others: next.filter(({ action }) => action !== main) }
}

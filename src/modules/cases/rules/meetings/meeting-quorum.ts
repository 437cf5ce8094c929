import { leastOf, reaches, type Share } from './meeting-share.ts'

/** In what capacity somebody appraises. An observer (列席) is heard and never counted. */
export const capacities = ['representative', 'committee', 'first-secretary', 'work-team', 'observer'] as const
export type Capacity = (typeof capacities)[number]

/** What policy asks of a meeting. */
export interface MeetingTerms {
  /** Of those entitled, how many must attend. */
  readonly quorum: Share
  /** Of those who attend and may vote, how many must agree. */
  readonly carry: Share
  readonly leastRepresentatives: number
  readonly mayChair: readonly Capacity[]
  readonly mayVote: readonly Capacity[]
}

export interface Voter {
  readonly memberId: string
  readonly capacity: Capacity
  readonly votes: boolean
  /** Null: not yet ticked. */
  readonly attended: boolean | null
}

export interface Votes {
  readonly for: number
  readonly against: number
  readonly abstain: number
}

export const conclusions = ['agreed', 'refused', 'no-quorum'] as const
export type Conclusion = (typeof conclusions)[number]

/** What one household's vote comes to, and what is not there yet. */
export interface CountedItem {
  readonly entitled: number
  readonly present: number
  readonly representatives: number
  /** How many must be there. */
  readonly needed: number
  readonly hasQuorum: boolean
  /** How many must agree, of those who are there. */
  readonly neededFor: number
  /** Voters who are there and of whom no vote stands yet; negative when there are more votes than voters. */
  readonly unvoted: number
  /** Null until attendance is ticked and every voter who is there has voted. */
  readonly conclusion: Conclusion | null
}

/**
 * Counts one household of a meeting. Who must keep away is neither entitled nor present. The database counts the same
 * (`cases.meeting_conclusion`). Source: 《村民委员会组织法》第二十六条, as the policy `cases.meeting` says it.
 */
export function countItem(given: {
  voters: readonly Voter[]
  recused: ReadonlySet<string>
  votes: Votes | undefined
  terms: MeetingTerms
}): CountedItem {
  const { terms, votes } = given
  const counted = given.voters.filter((voter) => voter.votes && !given.recused.has(voter.memberId))
  const there = counted.filter((voter) => voter.attended === true)
  const entitled = counted.length
  const present = there.length
  const representatives = there.filter((voter) => voter.capacity === 'representative').length
  const hasQuorum = entitled > 0 && representatives >= terms.leastRepresentatives && reaches(present, entitled, terms.quorum)
  const unvoted = present - (votes === undefined ? 0 : votes.for + votes.against + votes.abstain)
  const numbers = {
    entitled,
    present,
    representatives,
    needed: leastOf(entitled, terms.quorum),
    neededFor: leastOf(present, terms.carry),
    hasQuorum,
    unvoted,
  }
  if (counted.some((voter) => voter.attended === null)) return { ...numbers, conclusion: null }
  if (!hasQuorum) return { ...numbers, conclusion: 'no-quorum' }
  if (votes === undefined || unvoted !== 0) return { ...numbers, conclusion: null }
  return { ...numbers, conclusion: reaches(votes.for, present, terms.carry) ? 'agreed' : 'refused' }
}

/** The votes of a household as its sums. */
export function sumVotes(votes: Iterable<'for' | 'against' | 'abstain'>): Votes {
  const sum = { for: 0, against: 0, abstain: 0 }
  for (const vote of votes) sum[vote] += 1
  return sum
}

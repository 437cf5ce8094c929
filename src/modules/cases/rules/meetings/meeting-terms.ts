import { capacities, type Capacity, type MeetingTerms } from './meeting-quorum.ts'
import { readShare } from './meeting-share.ts'

/** How a policy names the capacities. */
export const capacityNames = {
  representative: '村民代表',
  committee: '村两委成员',
  'first-secretary': '第一书记',
  'work-team': '驻村工作队员',
  observer: '列席',
} as const satisfies Record<Capacity, string>

type Value = string | number | readonly string[] | null

/** Names of the parameters that a meeting is called by. */
export const meetingParameters = ['评议到会比例', '评议通过比例', '评议村民代表最少人数', '评议主持人', '评议表决人'] as const

/**
 * Reads what policy `cases.meeting` asks. Throws for a parameter that is missing or cannot be read; its name is the message. The least number
 * of representatives may be undecided, which asks for none.
 */
export function readMeetingTerms(valueOf: (name: (typeof meetingParameters)[number]) => Value | undefined): MeetingTerms {
  const share = (name: (typeof meetingParameters)[number]) => {
    const found = readShare(String(valueOf(name) ?? ''))
    if (found === undefined) throw new Error(name)
    return found
  }
  const persons = (name: (typeof meetingParameters)[number]): Capacity[] => {
    const value = valueOf(name)
    const names = typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? value : []
    const found = capacities.filter((capacity) => capacity !== 'observer' && names.includes(capacityNames[capacity]))
    if (found.length === 0 || found.length !== new Set(names).size) throw new Error(name)
    return found
  }
  const least = Number(valueOf('评议村民代表最少人数') ?? 0)
  if (!Number.isInteger(least) || least < 0) throw new Error('评议村民代表最少人数')
  return {
    quorum: share('评议到会比例'),
    carry: share('评议通过比例'),
    leastRepresentatives: least,
    mayChair: persons('评议主持人'),
    mayVote: persons('评议表决人'),
  }
}

import type { RecordItem } from './records.ts'
import type { State, Words } from './template.ts'

/** One line of a panel: the record with its state, the day that counts, its amount and a few other fields. */
export interface LinkedRecord
  extends Pick<RecordItem, 'recordId' | 'recordNo' | 'title' | 'state' | 'areaName' | 'dueOn' | 'isOverdue' | 'madeAt'> {
  readonly stateName: Words
  readonly tone?: NonNullable<State['tone']>
  readonly isSettled: boolean
  readonly day: string
  readonly money?: { readonly name: Words; readonly text: string }
  readonly shown: readonly { readonly name: Words; readonly text: string }[]
}

/** Records of one ledger that name somebody or something. */
export interface LinkedBook {
  readonly templateKey: string
  readonly pack: string
  readonly name: Words
  readonly isClosed: boolean
  /** Records of a closed ledger are counted, not shown, to who may not read it. */
  readonly isHidden: boolean
  readonly count: number
  readonly open: number
  readonly overdue: number
  readonly changedAt: string
  /** Amounts over all of them, in yuan. */
  readonly sums: readonly { readonly name: Words; readonly text: string }[]
  readonly items: readonly LinkedRecord[]
}

/** A ledger with records in a place, whatever they are about. */
export interface PlaceBook
  extends Pick<LinkedBook, 'templateKey' | 'pack' | 'name' | 'isClosed' | 'isHidden' | 'count' | 'open' | 'overdue'> {}

type Urgency = Pick<LinkedBook, 'overdue' | 'open' | 'changedAt' | 'templateKey'>

/** What is late goes before what is open, what is open before what is done; the latest first. */
function byNeed(one: Urgency, other: Urgency): number {
  const rank = ({ overdue, open }: Urgency) => (overdue > 0 ? 0 : open > 0 ? 1 : 2)
  if (rank(one) !== rank(other)) return rank(one) - rank(other)
  if (one.changedAt !== other.changedAt) return one.changedAt < other.changedAt ? 1 : -1
  return one.templateKey < other.templateKey ? -1 : 1
}

/** The ledgers in the order in which a reader needs them, those of one pack together: a pack stands where its most pressing ledger would. */
export function orderBooks<Book extends Urgency & { readonly pack: string }>(books: readonly Book[]): Book[] {
  const sorted = [...books].sort(byNeed)
  const packs = [...new Set(sorted.map((book) => book.pack))]
  return packs.flatMap((pack) => sorted.filter((book) => book.pack === pack))
}

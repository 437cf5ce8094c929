import type { NoticeColumn, NoticeKind, NameStyle, ShownLine } from './notice-fields.ts'
import type { ObjectionConsequence, RecheckOutcome } from './objection-consequence.ts'
import type { NoticeFinding } from './notice-lint.ts'
import type { NoticeAct, NoticeState, ObjectionSource, ObjectionState } from './notice-states.ts'

/** A notice as a list shows it. Days are `YYYY-MM-DD`. */
export interface NoticeCard {
  readonly noticeId: string
  readonly noticeNo: string
  readonly areaPath: string
  readonly township: string
  readonly village: string
  readonly kind: NoticeKind
  readonly state: NoticeState
  readonly title: string
  readonly households: number
  readonly postedOn: string | null
  /** Last day on which it hangs; null while it is paused or not posted. */
  readonly endsOn: string | null
  /** Days that are left, today included; null where none run. */
  readonly daysLeft: number | null
  readonly photos: number
  readonly openObjections: number
  readonly draftedName: string
  readonly releasedName: string | null
}

/** A household on a notice. */
export interface NoticeLine {
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly lineNo: number
  readonly monitorKind: string | null
  readonly risk: string | null
  readonly shown: ShownLine
  readonly struckOn: string | null
  readonly struckWhy: 'withdrawn' | 'upheld' | 'moved-back' | null
}

export interface NoticeFile {
  readonly noticeFileId: string
  readonly purpose: 'photo' | 'enclosure'
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  /** Kinds of what was hidden in it as it came, and is gone. */
  readonly cleaned: readonly string[]
  readonly byName: string
  readonly at: string
}

export interface NoticeEvent {
  readonly seq: number
  readonly act: NoticeAct
  readonly byName: string
  readonly at: string
  readonly onDay: string
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** A notice as the paper shows it. */
export interface NoticePaper {
  readonly title: string
  readonly columns: readonly NoticeColumn[]
  readonly body: string
  readonly note: string
  readonly lines: readonly ShownLine[]
  readonly closing: readonly string[]
  readonly place: string
  readonly noticeNo: string
}

/** What a draft would come to: the paper, and what must be mended first. */
export interface NoticePreview {
  readonly paper: NoticePaper
  readonly findings: readonly NoticeFinding[]
}

/** A whole notice. */
export interface NoticeRecord extends NoticeCard {
  readonly note: string
  readonly nameStyle: NameStyle
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly phones: readonly string[]
  readonly paper: NoticePaper
  readonly lines: readonly NoticeLine[]
  readonly findings: readonly NoticeFinding[]
  readonly files: readonly NoticeFile[]
  readonly events: readonly NoticeEvent[]
  readonly objections: readonly ObjectionCard[]
  readonly submittedName: string | null
  readonly pausedOn: string | null
  readonly withdrawnWhy: string | null
  /** Path of the public page below the address of this program; the code is the last word of it. */
  readonly publicPath: string
  /** The same as an address with its QR code (one path over `size` squares), where the program knows where it stands. */
  readonly qr: { readonly address: string; readonly size: number; readonly path: string } | null
  readonly revision: number
  readonly can: Readonly<
    Record<'change' | 'submit' | 'return' | 'release' | 'post' | 'withdraw' | 'addPhoto' | 'addEnclosure' | 'object', boolean>
  >
}

/** A case that waits to be published. */
export interface NoticeCandidate {
  readonly caseId: string
  readonly caseNo: string
  readonly householdNo: string
  readonly headName: string | null
  readonly group: string | null
  readonly members: number
  readonly stepSince: string
  readonly monitorKind: string | null
  readonly risk: string | null
}

export interface NoticeCandidates {
  readonly items: readonly NoticeCandidate[]
  readonly kinds: readonly string[]
  readonly risks: readonly string[]
  readonly columns: readonly NoticeColumn[]
  readonly days: number
  readonly title: string
}

/** An objection as a list shows it; who objects and what is read in the objection itself. */
export interface ObjectionCard {
  readonly objectionId: string
  readonly objectionNo: string
  readonly noticeId: string
  readonly noticeNo: string
  readonly title: string
  readonly township: string
  readonly village: string
  readonly caseId: string | null
  readonly headName: string | null
  readonly source: ObjectionSource
  readonly state: ObjectionState
  readonly receivedOn: string
  readonly dueOn: string
  readonly isOverdue: boolean
  /** Working days until then, negative when it is past; null once it was answered. */
  readonly daysLeft: number | null
  readonly checkerName: string | null
  readonly answeredName: string | null
  /** What an upheld one led to; null for others. */
  readonly consequence: ObjectionConsequence | null
  /** The county looks at its case once more. */
  readonly recheck: ObjectionRecheck | null
}

/** `outcome`: null while it waits. */
export interface ObjectionRecheck {
  readonly dueOn: string
  readonly isOverdue: boolean
  readonly outcome: RecheckOutcome | null
  readonly byName: string | null
  readonly at: string | null
}

/** A whole objection. */
export interface ObjectionRecord extends ObjectionCard {
  readonly text: string
  readonly name: string | null
  /** Masked; the letter has it whole. */
  readonly contact: string | null
  readonly enteredName: string | null
  readonly receivedAt: string
  readonly checkBeganAt: string | null
  readonly finding: string | null
  readonly checkedOn: string | null
  readonly answer: string | null
  readonly answeredAt: string | null
  /** What the county came to, in its words. */
  readonly recheckOpinion: string | null
  readonly receiptPath: string
  /** Households of the notice, to say against whom it is. */
  readonly lines: readonly { readonly caseId: string; readonly lineNo: number; readonly headName: string }[]
  readonly revision: number
  readonly can: { readonly check: boolean; readonly answer: boolean; readonly recheck: readonly RecheckOutcome[] }
}

/** What the letter of answer is made from; for papers. */
export interface ObjectionLetterData {
  readonly objectionNo: string
  readonly noticeNo: string
  readonly noticeTitle: string
  readonly county: string
  readonly township: string
  readonly village: string
  readonly receivedOn: string
  readonly name: string
  readonly text: string
  readonly finding: string
  readonly verdict: 'upheld' | 'rejected'
  readonly consequence: ObjectionConsequence | null
  readonly answer: string
  readonly answeredOn: string
  readonly answeredName: string
  readonly phones: readonly string[]
}

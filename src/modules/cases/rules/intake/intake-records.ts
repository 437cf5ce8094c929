/** By which way something came in. They are words of `case-records.ts` as well: a case that comes of it has the same source. */
export const intakeChannels = ['declaration', 'hotline', 'petition', 'visit', 'department'] as const
export type IntakeChannel = (typeof intakeChannels)[number]

/** new: nobody knows whose; matched: a household was found and waits for an officer; linked: he confirmed it; in-case: a case is open; closed. */
export const intakeStates = ['new', 'matched', 'linked', 'in-case', 'closed'] as const
export type IntakeState = (typeof intakeStates)[number]

/** How an officer may close it without a case, always with a reason. */
export const intakeRefusals = ['not-belonging', 'duplicate', 'transferred'] as const
export type IntakeRefusal = (typeof intakeRefusals)[number]
export type IntakeOutcome = IntakeRefusal | 'identified' | 'not-identified'

/** What is hard for the household, as the public page asks it. Each leads to a kind of risk (policy.md §2.4). */
export const difficulties = [
  'illness',
  'disability',
  'schooling',
  'disaster',
  'accident',
  'housing',
  'water',
  'work',
  'business',
  'other',
] as const
export type Difficulty = (typeof difficulties)[number]

/** By what a household was found; `officer`: a person chose it. */
export const matchWays = ['id-number', 'phone-and-name', 'name-in-village', 'phone', 'name', 'officer'] as const
export type MatchWay = (typeof matchWays)[number]
export type MatchConfidence = 'sure' | 'likely' | 'doubtful'

/** One row of the inbox. The telephone is masked; ID number and text are not in lists. */
export interface IntakeCard {
  readonly intakeId: string
  readonly areaPath: string
  readonly township: string
  readonly village: string
  readonly channel: IntakeChannel
  readonly sender: string | null
  readonly senderNo: string | null
  readonly receivedAt: string
  readonly receivedOn: string
  readonly state: IntakeState
  /** Whose turn it is: area path of the village, township or county. */
  readonly heldBy: string
  readonly dueOn: string
  readonly isOverdue: boolean
  readonly name: string | null
  readonly phoneMasked: string | null
  readonly difficulties: readonly Difficulty[]
  readonly wantsCall: boolean
  readonly submissions: number
  readonly household: { readonly householdId: string; readonly householdNo: string; readonly headName: string | null } | null
  readonly match: { readonly way: MatchWay; readonly confidence: MatchConfidence; readonly count: number } | null
  readonly caseId: string | null
  readonly outcome: IntakeOutcome | null
  readonly closedOn: string | null
  readonly handlerName: string | null
  readonly revision: number
}

export type IntakeAction = 'link' | 'unlink' | 'return' | 'send' | 'open-case' | 'close' | 'reopen'

export interface IntakeEvent {
  readonly action: 'receive' | 'join' | 'match' | 'case' | 'erase' | 'show' | IntakeAction
  readonly at: string
  readonly actorName: string
  readonly reason: string | null
  /** What was written when the same person sent it again. */
  readonly text: string | null
}

/** A household that may be meant. */
export interface IntakeCandidate {
  readonly householdId: string
  readonly householdNo: string
  readonly headName: string | null
  readonly personId: string | null
  readonly personName: string | null
  readonly township: string
  readonly village: string
  readonly type: string | null
  readonly way: MatchWay
}

/** One intake whole. */
export interface IntakeFile extends IntakeCard {
  readonly idMasked: string | null
  readonly text: string | null
  readonly reporterName: string | null
  readonly reporterRelation: string | null
  readonly reason: string | null
  readonly receipts: readonly { readonly receiptNo: string; readonly receivedAt: string }[]
  readonly events: readonly IntakeEvent[]
  readonly candidates: readonly IntakeCandidate[]
  /** The linked or matched household beside it, as the register has it; null where there is none or it is out of reach. */
  readonly known: {
    readonly type: string | null
    readonly monitorCategory: string | null
    readonly place: string
    readonly members: readonly {
      readonly name: string
      readonly relation: string | null
      readonly age: number | null
      readonly phoneMasked: string | null
    }[]
  } | null
  /** What is known of the linked or matched household: an open lead, its cases and earlier intakes. */
  readonly earlier: {
    readonly hasOpenLead: boolean
    readonly cases: readonly { readonly caseId: string; readonly caseNo: string; readonly openedOn: string; readonly isOpen: boolean }[]
    readonly intakes: readonly {
      readonly intakeId: string
      readonly receivedOn: string
      readonly channel: IntakeChannel
      readonly state: IntakeState
    }[]
  }
  readonly can: Readonly<Record<IntakeAction | 'show', boolean>>
}

export interface IntakeCounts {
  readonly mine: number
  /** Those of the office of which nobody said yet whose they are. */
  readonly unlinked: number
  readonly overdue: number
  readonly states: Readonly<Record<IntakeState, number>>
  readonly channels: Readonly<Record<IntakeChannel, number>>
}

/** A village with its code for the public page; `code` null where none was made yet. */
export interface VillageCode {
  readonly areaPath: string
  readonly township: string
  readonly village: string
  readonly code: string | null
  readonly phone: string | null
  readonly madeAt: string | null
  readonly madeName: string | null
}

/** A poster of a village: the address and its QR code as one path of an SVG of `size` squares. */
export interface VillagePoster {
  readonly township: string
  readonly village: string
  readonly phone: string | null
  readonly address: string
  readonly qr: { readonly size: number; readonly path: string }
}

export interface VillagePosters {
  readonly items: readonly VillagePoster[]
  readonly telephones: readonly string[]
  readonly answerDays: number
  readonly resultDays: number
}

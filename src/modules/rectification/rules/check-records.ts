/** A look at whether the same problem is elsewhere, as lists show it. */
export interface SameCheckRecord {
  readonly sameCheckId: string
  readonly problemId: string
  readonly class: string
  readonly householdId: string | null
  readonly headOfHousehold: string | null
  readonly place: string
  readonly state: 'open' | 'clean' | 'found'
  readonly dueOn: string
  readonly isOverdue: boolean
  readonly askedName: string
  readonly askedAt: string
  readonly answeredName: string | null
  readonly note: string
  readonly foundProblemId: string | null
  readonly can: { readonly answer: boolean }
}

/** Where the same problem is likely: other villages with how many they have, and households that are like the one of this problem. */
export interface Alike {
  readonly villages: readonly {
    readonly path: string
    readonly name: string
    readonly problems: number
    readonly open: number
    readonly isAsked: boolean
  }[]
  readonly households: readonly {
    readonly householdId: string
    readonly head: string
    readonly place: string
    readonly type: string
    readonly why: string
  }[]
  readonly sameClass: number
}

import type { Can, ChangeRecord, CorrectionRecord, HouseholdCard, MemberRecord } from '../register-records.ts'

/** Somebody of the same household. */
export type KinRecord = Pick<MemberRecord, 'personId' | 'name' | 'sex' | 'age' | 'relation' | 'isHead' | 'leftOn'>

/** A household to which a person belonged, from one day to another; the name is that of its head today. */
export interface PastMembership {
  householdId: string
  householdNo: string
  headName: string | undefined
  place: string
  relation: string | undefined
  validFrom: string
  validTo: string | undefined
  endReason: string | undefined
}

/** One person, one page: who it is, whose household, what files say, with whom he lives, where he lived before. */
export interface PersonRecord {
  person: MemberRecord
  household: HouseholdCard
  /** He was entered twice: this one is a mark that leads to the other one. */
  mergedInto?: string
  kin: KinRecord[]
  memberships: PastMembership[]
  changes: ChangeRecord[]
  corrections: CorrectionRecord[]
  can: Can
}

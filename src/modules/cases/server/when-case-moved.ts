import type { CaseFollower } from './case-follower.ts'

/** The parts that follow, each in its own file. */
export const whenCaseMoved: readonly CaseFollower[] = []

import type { CaseFollower, CaseOpener } from './case-follower.ts'
import { firstClocks, followClocks } from './clocks/clock-follow.ts'
import { followNotices } from './notices/notice-of-case.ts'
import { followIntakes } from './intake/intake-follow.ts'

/** The parts that follow, each in its own file. */
export const whenCaseMoved: readonly CaseFollower[] = [followClocks, followIntakes, followNotices]

/** What is written with a case that is opened. */
export const whenCaseOpens: readonly CaseOpener[] = [firstClocks]

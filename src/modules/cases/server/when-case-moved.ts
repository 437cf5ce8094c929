import type { CaseFollower } from './case-follower.ts'
import { followClocks } from './clock-follow.ts'
import { followNotices } from './notice-of-case.ts'
import { followIntakes } from './intake-follow.ts'

/** The parts that follow, each in its own file. */
export const whenCaseMoved: readonly CaseFollower[] = [followClocks, followIntakes, followNotices]

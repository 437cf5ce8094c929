import file from '../policy/linkage.json' with { type: 'json' }
import type { LinkagePolicy } from '../policy/linkage-policy.ts'

/** The weights and thresholds in force. */
export const linkagePolicy: LinkagePolicy = file

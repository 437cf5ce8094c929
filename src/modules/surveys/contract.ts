import * as z from 'zod'

/** Day `YYYY-MM-DD`. */
const DayText = z.iso.date()
/** Path of an area: digits, each segment ended by a dot. */
const AreaPath = z
  .string()
  .regex(/^(\d+\.)+$/)
  .max(80)

/** What kind of action a campaign is (M-013 to M-021). */
export const campaignKinds = ['phone', 'look-back', 'three-checks', 'screening-round', 'census', 'satisfaction', 'quiz'] as const
export const CampaignKind = z.enum(campaignKinds)
export type CampaignKind = z.infer<typeof CampaignKind>

/**
 * Where a problem comes from inside a campaign; a problem has exactly one, or the identity of R14 breaks (corrections + policy + satisfaction =
 * all). `other` is what an examination or a form of the county's own finds.
 */
export const problemSources = ['correction', 'policy', 'satisfaction', 'other'] as const
export const ProblemSource = z.enum(problemSources)
export type ProblemSource = z.infer<typeof ProblemSource>

/**
 * A campaign found a problem; announced in the transaction that recorded it, once per problem. `description` is made of the form's own words:
 * it holds no name, number or free text. Who listens reads more, under his own scope, from `surveys.v_problem`.
 */
export const ProblemFound = z.strictObject({
  /** Of `surveys.problem`; the same at each repetition. */
  problemId: z.uuid(),
  /** `2026-003-0012`: number of the campaign, then of the problem in it. */
  problemNo: z.string().max(40),
  campaignId: z.uuid(),
  campaignNo: z.string().max(40),
  campaignName: z.string().max(100),
  campaignKind: CampaignKind,
  targetId: z.uuid(),
  /** Absent where a village as a whole was checked. */
  householdId: z.uuid().optional(),
  personId: z.uuid().optional(),
  /** Where the household (or the village) is. */
  areaPath: AreaPath,
  sourceKind: ProblemSource,
  /** 问题类别: a word of the policy's list for `policy`; the field's label for `correction`; the question's class for `satisfaction`. */
  class: z.string().max(60),
  description: z.string().max(400),
  /** For `correction`: the row of the register's corrections. */
  correctionId: z.uuid().optional(),
  foundOn: DayText,
})
export type ProblemFound = z.infer<typeof ProblemFound>
export const problemFound = { name: 'surveys.problem-found', payload: ProblemFound } as const

/** The answer on which a problem stood was corrected, so that it is none any more. */
export const ProblemWithdrawn = z.strictObject({
  problemId: z.uuid(),
  campaignId: z.uuid(),
  reason: z.enum(['answer-corrected', 'by-hand']),
  on: DayText,
})
export type ProblemWithdrawn = z.infer<typeof ProblemWithdrawn>
export const problemWithdrawn = { name: 'surveys.problem-withdrawn', payload: ProblemWithdrawn } as const

/** A check or a call says that a household may be at risk; it is for the cases to look at. No names, no free text. */
export const RiskFound = z.strictObject({
  riskId: z.uuid(),
  campaignId: z.uuid(),
  campaignNo: z.string().max(40),
  campaignName: z.string().max(100),
  targetId: z.uuid(),
  householdId: z.uuid(),
  areaPath: AreaPath,
  /** The form's words for what was said. */
  risks: z.array(z.string().max(60)).min(1).max(20),
  foundOn: DayText,
})
export type RiskFound = z.infer<typeof RiskFound>
export const riskFound = { name: 'surveys.risk-found', payload: RiskFound } as const

/** A campaign takes no more answers; its counts are final. */
export const CampaignClosed = z.strictObject({
  campaignId: z.uuid(),
  campaignNo: z.string().max(40),
  kind: CampaignKind,
  targets: z.number().int(),
  answered: z.number().int(),
  problems: z.number().int(),
  on: DayText,
})
export type CampaignClosed = z.infer<typeof CampaignClosed>
export const campaignClosed = { name: 'surveys.campaign-closed', payload: CampaignClosed } as const

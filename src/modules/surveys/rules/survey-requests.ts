import * as z from 'zod'
import { campaignKinds, problemSources } from '../contract.ts'
import { campaignStates } from './campaign-states.ts'
import { Form } from './form.ts'
import { callOutcomes, targetStates } from './target-states.ts'

const AreaPath = z
  .string()
  .regex(/^(\d+\.){1,6}$/)
  .max(80)
const Reason = z.string().trim().min(4).max(200)
const Revision = z.number().int().min(1)
const paging = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }
const terms = { purpose: z.string().trim().min(2).max(200), format: z.enum(['xlsx', 'csv']).default('xlsx') }

const CampaignKind = z.enum(campaignKinds).exclude(['quiz'])

/** Who is asked: everybody behind the filter, and the household numbers that were pasted beside it. */
export const PopulationFilter = z.strictObject({
  areas: z.array(AreaPath).max(200).default([]),
  types: z.array(z.string().max(40)).max(20).default([]),
  /** 建档立卡: ever registered as poor. */
  registered: z.boolean().optional(),
  monitored: z.boolean().optional(),
  tags: z.array(z.string().max(40)).max(20).default([]),
  /** What other modules keep of households, all of which must hold: `cases.layer` is one of the values. */
  by: z
    .array(z.strictObject({ key: z.string().max(60), values: z.array(z.string().max(60)).min(1).max(20) }))
    .max(10)
    .default([]),
})
export type PopulationFilter = z.infer<typeof PopulationFilter>

/** The next version of a form; `basedOn`: the newest version that the writer saw (0: as shipped, or none), refused where another stands since. */
export const SaveForm = Form.extend({ basedOn: z.number().int().min(0).optional() })
export type SaveForm = z.infer<typeof SaveForm>
/** A campaign is drafted. `seriesOf`: a further round of the action of that campaign. `againOf`: the same households as that one (回头看). */
export const DraftCampaign = z
  .strictObject({
    kind: CampaignKind,
    name: z.string().trim().min(2).max(60),
    /** The county's or a township's; the caller's own without. */
    areaPath: AreaPath.optional(),
    subject: z.enum(['household', 'village']).default('household'),
    way: z.enum(['phone', 'visit']).default('phone'),
    formKey: z.string().max(40),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    filter: PopulationFilter.default(() => PopulationFilter.parse({})),
    sampleSize: z.number().int().min(1).max(500_000).optional(),
    /** Published; drawn by the program where nobody says one. */
    seed: z.string().trim().min(4).max(80).optional(),
    seriesOf: z.uuid().optional(),
    againOf: z.uuid().optional(),
  })
  .refine((one) => one.endsOn >= one.startsOn, { path: ['endsOn'], message: 'before startsOn' })
export type DraftCampaign = z.infer<typeof DraftCampaign>

/** Who would be asked, before anything is written; and the freezing itself. */
export const householdNos = z.array(z.string().trim().min(1).max(40)).max(20_000).default([])
export const PreviewPopulation = z.strictObject({ householdNos })
export type PreviewPopulation = z.infer<typeof PreviewPopulation>
export const FreezePopulation = z.strictObject({ revision: Revision, householdNos })
export type FreezePopulation = z.infer<typeof FreezePopulation>
export const MoveCampaign = z.strictObject({ revision: Revision, to: z.enum(['open', 'closed', 'cancelled']), reason: Reason.optional() })
export type MoveCampaign = z.infer<typeof MoveCampaign>

export const ListCampaigns = z.strictObject({
  ...paging,
  state: z.enum(campaignStates).optional(),
  kind: CampaignKind.optional(),
})
export type ListCampaigns = z.infer<typeof ListCampaigns>
export const ExportCampaigns = ListCampaigns.omit({ after: true, limit: true }).extend(terms)
export type ExportCampaigns = z.infer<typeof ExportCampaigns>

/** Makes users callers of a campaign and gives them what nobody has, balanced by area; `anew` also takes what was not called yet from others. */
export const ShareWork = z.strictObject({ callers: z.array(z.uuid()).min(1).max(500), anew: z.boolean().default(false) })
export type ShareWork = z.infer<typeof ShareWork>
/** By hand: these households, or all open ones of a caller, to somebody else; nobody where `to` is absent. */
export const AssignTargets = z
  .strictObject({ targetIds: z.array(z.uuid()).max(500).default([]), from: z.uuid().optional(), to: z.uuid().optional() })
  .refine((one) => one.targetIds.length > 0 || one.from !== undefined, { path: ['targetIds'], message: 'nothing is chosen' })
export type AssignTargets = z.infer<typeof AssignTargets>

const targetFilters = {
  area: AreaPath.optional(),
  state: z.enum(targetStates).optional(),
  /** Neither answered nor ended. */
  unanswered: z.literal('true').optional(),
  callerId: z.string().max(40).optional(),
  conclusion: z.enum(['clean', 'corrected', 'problems', 'risk']).optional(),
}
export const ListTargets = z.strictObject({ ...paging, ...targetFilters })
export type ListTargets = z.infer<typeof ListTargets>
export const ExportTargets = z.strictObject({ ...targetFilters, ...terms })
export type ExportTargets = z.infer<typeof ExportTargets>

export const ListMine = z.strictObject({ ...paging, campaignId: z.uuid().optional() })
export type ListMine = z.infer<typeof ListMine>

const AnswerOf = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.array(z.string().max(60)).max(20),
  z.strictObject({
    said: z.enum(['same', 'different', 'unknown']),
    values: z
      .array(z.strictObject({ personId: z.uuid().optional(), value: z.string().max(200) }))
      .max(30)
      .optional(),
  }),
  z.null(),
])
const answers = z.record(z.string().max(40), AnswerOf)
/** A call or visit and what it came to; `answers` where the household answered. `nextAt`: when to call back. */
export const FinishCall = z
  .strictObject({
    revision: Revision,
    outcome: z.enum(callOutcomes),
    way: z.enum(['phone', 'visit']).optional(),
    answers: answers.optional(),
    nextAt: z.iso.datetime().optional(),
    note: z.string().trim().max(500).default(''),
  })
  .refine((one) => (one.outcome === 'answered') === (one.answers !== undefined), {
    path: ['answers'],
    message: 'with an answered call only',
  })
export type FinishCall = z.infer<typeof FinishCall>
/** An answer is corrected: what it says now, and why. */
export const CorrectAnswers = z.strictObject({ revision: Revision, answers, reason: Reason })
export type CorrectAnswers = z.infer<typeof CorrectAnswers>
/** Who ended without an answer is taken up again. */
export const TakeUpAgain = z.strictObject({ revision: Revision, reason: Reason })
export type TakeUpAgain = z.infer<typeof TakeUpAgain>
export const ShowPhone = z.strictObject({ personId: z.uuid().optional() })
export type ShowPhone = z.infer<typeof ShowPhone>

const problemFilters = {
  area: AreaPath.optional(),
  source: z.enum(problemSources).optional(),
  class: z.string().max(60).optional(),
  withdrawn: z.literal('true').optional(),
}
export const ListProblems = z.strictObject({ ...paging, ...problemFilters })
export type ListProblems = z.infer<typeof ListProblems>
export const ExportProblems = z.strictObject({ ...problemFilters, ...terms })
export type ExportProblems = z.infer<typeof ExportProblems>
export const ExportPlain = z.strictObject(terms)
export type ExportPlain = z.infer<typeof ExportPlain>
export const ReadProgress = z.strictObject({ area: AreaPath.optional() })
export type ReadProgress = z.infer<typeof ReadProgress>

/** Rows of an Excel of answers, as written: the first row holds the headings. */
export const ImportAnswers = z.strictObject({
  rows: z
    .array(z.array(z.string().max(500)).max(120))
    .min(2)
    .max(2_001),
  isDryRun: z.boolean(),
})
export type ImportAnswers = z.infer<typeof ImportAnswers>

import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { Answers } from '../rules/answers.ts'
import type { CampaignState } from '../rules/campaign-states.ts'
import type { Form } from '../rules/form.ts'
import type {
  CallSheet,
  CampaignProgress,
  CampaignRecord,
  FilterRecord,
  FinishedCall,
  FormDetails,
  FormRecord,
  ImportedAnswers,
  PopulationPreview,
  ProblemRecord,
  RoundDifference,
  SurveyOfHousehold,
  TargetRecord,
} from '../rules/survey-records.ts'
import type { DraftCampaign } from '../rules/survey-requests.ts'
import type { CallOutcome } from '../rules/target-states.ts'

type Asked = Readonly<Record<string, string>>
const after = (cursor: string) => (cursor === '' ? {} : { after: cursor })

export type CampaignPage = CampaignRecord & {
  readonly rounds: readonly { campaignId: string; campaignNo: string; roundNo: number; name: string; state: CampaignState }[]
}
export const loadCampaigns = (asked: Asked, cursor: string, limit = 50) =>
  read<Page<CampaignRecord> & { can: { draft: boolean } }>('/surveys/campaigns', { ...asked, limit, ...after(cursor) })
export const loadCampaign = (campaignId: string) => read<CampaignPage>(`/surveys/campaigns/${campaignId}`)
export const loadPopulationFilters = () => read<{ items: FilterRecord[] }>('/surveys/population-filters')
export const loadForms = () => read<{ items: (FormRecord & { form: Form })[] }>('/surveys/forms')
export const loadForm = (key: string) => read<FormDetails>(`/surveys/forms/${key}`)
export const loadFormGround = () => read<Pick<FormDetails, 'classes' | 'fields' | 'can'>>('/surveys/form-ground')
export const saveForm = (form: Form, basedOn: number) =>
  write<{ formId: string; version: number }>('POST', '/surveys/forms', { ...form, basedOn })
export const draftCampaign = (given: DraftCampaign) => write<CampaignRecord>('POST', '/surveys/campaigns', given)
export const previewPopulation = (campaignId: string, householdNos: readonly string[]) =>
  write<PopulationPreview>('POST', `/surveys/campaigns/${campaignId}/preview`, { householdNos })
export const freezePopulation = (campaignId: string, given: { revision: number; householdNos: readonly string[] }) =>
  write<{ campaign: CampaignRecord; population: PopulationPreview }>('POST', `/surveys/campaigns/${campaignId}/freeze`, given)
export const moveCampaign = (campaignId: string, given: { revision: number; to: string; reason?: string }) =>
  write<CampaignRecord>('POST', `/surveys/campaigns/${campaignId}/move`, given)
export const loadTargets = (campaignId: string, asked: Asked, cursor: string, limit = 50) =>
  read<Page<TargetRecord>>(`/surveys/campaigns/${campaignId}/targets`, { ...asked, limit, ...after(cursor) })
export const loadProblems = (campaignId: string, asked: Asked, cursor: string, limit = 50) =>
  read<Page<ProblemRecord>>(`/surveys/campaigns/${campaignId}/problems`, { ...asked, limit, ...after(cursor) })
export const loadProgress = (campaignId: string) => read<CampaignProgress>(`/surveys/campaigns/${campaignId}/progress`)
export const loadDifference = (campaignId: string) =>
  read<{ difference: RoundDifference | null }>(`/surveys/campaigns/${campaignId}/difference`)

export interface CallerCard {
  readonly userId: string
  readonly name: string
  readonly areaPath: string
  readonly targets: number
  readonly open: number
}
export interface AbleUser {
  readonly userId: string
  readonly name: string
  readonly areaPath: string
  readonly roles: readonly string[]
}
export const loadCallers = (campaignId: string) =>
  read<{ callers: CallerCard[]; able: AbleUser[] }>(`/surveys/campaigns/${campaignId}/callers`)
export const shareWork = (campaignId: string, given: { callers: readonly string[]; anew: boolean }) =>
  write<{ given: number; without: number }>('POST', `/surveys/campaigns/${campaignId}/share`, given)
export const assignTargets = (campaignId: string, given: { targetIds?: readonly string[]; from?: string; to?: string }) =>
  write<{ given: number }>('POST', `/surveys/campaigns/${campaignId}/assign`, given)
export const importAnswers = (campaignId: string, given: { rows: readonly (readonly string[])[]; isDryRun: boolean }) =>
  write<ImportedAnswers>('POST', `/surveys/campaigns/${campaignId}/answers`, given)

export type MineCard = TargetRecord & { campaignName: string; campaignNo: string; way: 'phone' | 'visit'; endsOn: string; isDue: boolean }
export const loadMine = (asked: Asked, cursor: string, limit = 50) =>
  read<Page<MineCard>>('/surveys/mine', { ...asked, limit, ...after(cursor) })
export const loadSheet = (targetId: string) => read<CallSheet>(`/surveys/targets/${targetId}`)
export const showPhone = (targetId: string, personId: string | undefined) =>
  write<{ value: string }>('POST', `/surveys/targets/${targetId}/phone`, personId === undefined ? {} : { personId })
export const finishCall = (
  targetId: string,
  given: { revision: number; outcome: CallOutcome; answers?: Answers; nextAt?: string; note: string },
) => write<FinishedCall>('POST', `/surveys/targets/${targetId}/finish`, given)
export const correctAnswers = (targetId: string, given: { revision: number; answers: Answers; reason: string }) =>
  write<FinishedCall>('POST', `/surveys/targets/${targetId}/correct`, given)
export const takeUpAgain = (targetId: string, given: { revision: number; reason: string }) =>
  write<{ state: 'retry' }>('POST', `/surveys/targets/${targetId}/take-up`, given)
export const loadOfHousehold = (householdId: string) => read<{ items: SurveyOfHousehold[] }>(`/surveys/households/${householdId}`)

/** A moment in the county's time, `2023-12-18 09:00`. */
export function localMoment(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

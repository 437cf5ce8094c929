import type { Level } from '#ui/data/status-tag.tsx'
import type { CampaignState } from '../rules/campaign-states.ts'
import type { Conclusion } from '../rules/survey-records.ts'
import type { TargetState } from '../rules/target-states.ts'

export const campaignLevels: Readonly<Record<CampaignState, Level>> = {
  draft: 'grey',
  frozen: 'amber',
  open: 'amber',
  closed: 'green',
  cancelled: 'grey',
}
export const targetLevels: Readonly<Record<TargetState, Level>> = {
  waiting: 'grey',
  retry: 'amber',
  answered: 'green',
  refused: 'red',
  'wrong-number': 'red',
  moved: 'amber',
  deceased: 'amber',
  unreached: 'red',
  ended: 'grey',
}
export const conclusionLevels: Readonly<Record<Conclusion, Level>> = { clean: 'green', corrected: 'green', problems: 'amber', risk: 'red' }

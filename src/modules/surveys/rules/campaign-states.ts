/** draft: being written; frozen: who is asked stands; open: answers are taken; closed: none any more. */
export const campaignStates = ['draft', 'frozen', 'open', 'closed', 'cancelled'] as const
export type CampaignState = (typeof campaignStates)[number]

/** Which state follows which; the database holds the same (`surveys.next_campaign_states`). */
export const nextCampaignStates = {
  draft: ['frozen', 'cancelled'],
  frozen: ['open', 'cancelled'],
  open: ['closed'],
  closed: [],
  cancelled: [],
} as const satisfies Record<CampaignState, readonly CampaignState[]>

/** Whether a campaign may go from one state to another. */
export function mayMoveCampaign(from: CampaignState, to: CampaignState): boolean {
  const next: readonly CampaignState[] = nextCampaignStates[from]
  return next.includes(to)
}

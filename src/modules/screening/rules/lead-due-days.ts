import type { LeadState } from '../contract.ts'

/** Whether somebody should have acted: the due day itself is still in time. */
export function isOverdue(lead: { readonly state: LeadState; readonly dueOn: string | null }, today: string): boolean {
  return (lead.state === 'sent' || lead.state === 'returned') && lead.dueOn !== null && lead.dueOn < today
}

import type { ActWords } from '../rules/problem-requests.ts'

/** What a form of an act asks for. */
export const actFields = [
  'unit',
  'headName',
  'due',
  'requirement',
  'cause',
  'measures',
  'effect',
  'completedOn',
  'evidence',
  'leaderName',
  'leaderLevel',
  'class',
  'description',
  'reason',
] as const
export type ActFieldName = (typeof actFields)[number]
export type ActDraft = Partial<Record<ActFieldName, string>>

type Asks = { readonly must: readonly ActFieldName[]; readonly may: readonly ActFieldName[] }
const nothing: Asks = { must: [], may: [] }
const reason: Asks = { must: ['reason'], may: [] }

/** What each action asks for; what must be said first. */
export const asksOf: Readonly<Record<ActWords['action'], Asks>> = {
  assign: { must: ['unit', 'headName', 'due'], may: ['requirement'] },
  transfer: { must: ['unit', 'headName', 'due', 'reason'], may: ['requirement'] },
  accept: nothing,
  decline: reason,
  plan: { must: ['cause', 'measures'], may: [] },
  complete: { must: ['effect'], may: ['evidence', 'completedOn'] },
  recall: reason,
  return: reason,
  verify: nothing,
  strike: nothing,
  sample: nothing,
  reopen: reason,
  withdraw: reason,
  remind: nothing,
  supervise: { must: ['leaderName', 'leaderLevel'], may: [] },
  release: nothing,
  edit: { must: ['description', 'reason'], may: ['class', 'requirement'] },
}
/** Long texts get several lines. */
export const longFields: readonly ActFieldName[] = ['requirement', 'cause', 'measures', 'effect', 'description', 'reason']

import type { Context } from '#kernel/server/caller/index.ts'
import type { CheckedDraft } from '#kernel/server/policies/index.ts'
import type { PolicyFinding } from '../contract.ts'

/** Everything that stands against a text, for officers; errors refuse its publication. */
export function checkDraft(_ctx: Context, _draft: CheckedDraft): Promise<PolicyFinding[]> {
  return Promise.resolve([])
}

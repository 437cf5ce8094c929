import { sql } from 'kysely'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { shippedForms } from '../../src/modules/surveys/policy/forms.ts'
import { finishCall } from '../../src/modules/surveys/server/finish-call.ts'
import { contentAnswers } from '../../src/modules/surveys/server/given.ts'
import { readTargets } from '../../src/modules/surveys/server/read-lists.ts'
import type { TestWorld } from '../database.ts'

type Answers = Record<string, unknown>

/** How many of each kind are to be found, of how many households. */
export interface Finds {
  readonly households: number
  readonly corrections: number
  readonly policy: number
  readonly satisfaction: number
}

/** What each household says: differences, policies not received, help not accepted, spread until each number is reached. */
export function planAnswers(formKey: string, finds: Finds): { said: Answers[]; classes: number } {
  const form = shippedForms.find((one) => one.key === formKey)
  const questions = form?.questions.flatMap((one) => (one.type === 'choice' ? [one] : [])) ?? []
  const policies = questions.filter((one) => one.options.some((option) => option.problem?.source === 'policy'))
  const rates = questions.filter((one) => one.rate === true)
  const known = new Set(form?.questions.map(({ key }) => key))
  const content = Object.fromEntries(Object.entries(contentAnswers).filter(([key]) => known.has(key)))
  const said = Array.from({ length: finds.households }, (): Answers => ({ ...content }))
  const spread = (count: number, start: number, mark: (answers: Answers, at: number) => void) => {
    for (let at = 0; at < count; at += 1) mark(said[(start + at * 3) % finds.households] ?? {}, at)
  }
  spread(finds.policy, 1, (answers, at) => {
    answers[policies[at % policies.length]?.key ?? ''] = 'not-done'
  })
  spread(finds.satisfaction, 2, (answers, at) => {
    answers[rates[at % rates.length]?.key ?? ''] = 'no'
  })
  // One difference each, of the household's own values.
  for (const answers of said.slice(0, finds.corrections)) answers['cause'] = { said: 'different', values: [{ value: '因病' }] }
  return { said, classes: policies.length }
}

/** Each caller goes from household to household until none is left, as the screen leads him. Returns how many were asked. */
export async function callEverybody(
  world: TestWorld,
  given: { officer: Context; callers: readonly Context[]; campaignId: string; said: readonly Answers[] },
): Promise<number> {
  const { officer, callers, campaignId, said } = given
  let asked = 0
  for (const ctx of callers) {
    let next = (await readTargets(officer, campaignId, { callerId: ctx.caller.id, limit: 1 })).items[0]?.targetId
    while (next !== undefined) {
      const revision = await revisionOf(officer, next)
      // Safe: as a form sends it.
      const input = { revision, outcome: 'answered', answers: (said[asked] ?? {}) as never, note: '' } as const
      next = (await finishCall(ctx, { vault: world.vault }, { targetId: next, input })).nextTargetId
      asked += 1
    }
  }
  return asked
}

async function revisionOf(ctx: Context, targetId: string): Promise<number> {
  const found = await inTransaction(ctx, (db) =>
    sql<{
      revision: number
    }>`SELECT revision FROM surveys.target WHERE county_code = ${ctx.scope.countyCode} AND target_id = ${targetId}::uuid`.execute(db),
  )
  return found.rows[0]?.revision ?? 0
}

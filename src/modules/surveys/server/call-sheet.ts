import { isNamedError } from '#kernel/pure/errors/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { getHousehold, revealPerson } from '#modules/registry/server/index.ts'
import type { Form } from '../rules/form.ts'
import type { CallSheet, RegisteredValue, TargetRecord } from '../rules/survey-records.ts'
import type { ListMine } from '../rules/survey-requests.ts'
import { campaignKindWords } from '../rules/survey-words.ts'
import { openStates, reopenStates } from '../rules/target-states.ts'
import { findResponseOf, listCalls, listResponses } from './answer-store.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { formOf, refuseOthers, type SurveyDeps } from './finish-call.ts'
import { openAnswers } from './sealed-answers.ts'
import { findTarget, listMineRows, type Target } from './target-store.ts'

/** A household that the caller has to call, with its campaign; `isDue` is false before the time of a retry. */
export type MineRecord = TargetRecord & { campaignName: string; campaignNo: string; way: 'phone' | 'visit'; endsOn: string; isDue: boolean }

/** What the caller has to call in all open campaigns: due retries first, then the list, then what is not yet due. */
export async function readMine(ctx: Context, query: ListMine): Promise<Page<MineRecord>> {
  const { after, limit = 50, campaignId } = query
  return inTransaction(ctx, async (db) => {
    const rows = await listMineRows(db, ctx, { campaignId, after: readCursor(after, ['number', 'id', 'number']), limit })
    const page = toPage(rows, limit, (row) => [row.rank, row.campaignId, row.seq])
    return { ...page, items: page.items.map(({ rank, areaPath: _path, ...row }) => ({ ...row, isDue: rank < 2 })) }
  })
}

/** The call sheet of a household. Throws `surveys.not-found`, `not-yours`. */
export async function readCallSheet(ctx: Context, deps: SurveyDeps, targetId: string): Promise<CallSheet> {
  return inTransaction(ctx, async (db) => {
    const { campaign, target } = await getMine(ctx, db, targetId)
    const form = await formOf({ ...ctx, db }, campaign)
    const responses = (await listResponses(db, ctx, targetId)).map((row) => ({
      version: row.version,
      answers: openAnswers(row.answers, { responseId: row.responseId, vault: deps.vault }),
      way: row.way,
      reason: row.reason ?? undefined,
      byName: row.byName,
      at: row.at,
    }))
    const calls = (await listCalls(db, ctx, targetId)).map(({ callId, noteCell, ...row }) => ({
      ...row,
      note: noteCell === null ? '' : deps.vault.decrypt(noteCell, { table: 'surveys.call', column: 'note', rowId: callId }),
    }))
    const earlier = campaign.againOf === undefined ? undefined : await findResponseOf(db, ctx, { campaignId: campaign.againOf, target })
    const isOpen = campaign.state === 'open'
    const { areaPath: _path, ...record } = target
    return {
      campaign,
      target: record,
      form,
      ...(await registerSide({ ...ctx, db }, deps, { target, form })),
      calls,
      responses,
      before:
        earlier === undefined
          ? undefined
          : {
              campaignNo: earlier.campaignNo,
              answers: openAnswers(earlier.answers, { responseId: earlier.responseId, vault: deps.vault }),
              at: earlier.at,
            },
      can: {
        call: isOpen && openStates.includes(target.state),
        correct: isOpen && target.state === 'answered',
        takeUp: isOpen && reopenStates.includes(target.state),
        phone: isOpen && target.householdId !== undefined,
      },
    }
  })
}

/** What the register says of the household, by question; a household that is none any more has none. */
async function registerSide(
  ctx: Context & { db: Db },
  deps: SurveyDeps,
  { target, form }: { target: Target; form: Form },
): Promise<Pick<CallSheet, 'household' | 'registered'>> {
  const found = target.householdId === undefined ? undefined : await findRegistered(ctx, deps, target.householdId)
  if (found === undefined) return { household: undefined, registered: {} }
  const members = found.members.filter((member) => member.leftOn === undefined)
  const registered: Record<string, RegisteredValue[]> = {}
  for (const question of form.questions) {
    if (question.type !== 'register') continue
    const valueIn = (facts: typeof found.facts) => facts.find((fact) => fact.key === question.field)?.value
    registered[question.key] =
      question.of === 'household'
        ? [{ personId: undefined, value: valueIn(found.facts) }]
        : members.map((member) => ({ personId: member.personId, value: valueIn(member.facts) }))
  }
  return {
    household: {
      phoneMasked: found.phoneMasked,
      members: members.map(({ personId, name, relation, age, isHead, phoneMasked }) => {
        return { personId, name, relation, age, isHead, phoneMasked, hasPhone: phoneMasked !== undefined }
      }),
    },
    registered,
  }
}

async function findRegistered(ctx: Context & { db: Db }, deps: SurveyDeps, householdId: string) {
  try {
    return await getHousehold(ctx, householdId, deps)
  } catch (fault) {
    if (isNamedError(fault) && fault.status === 404) return undefined // it ended since the population was frozen
    throw fault
  }
}

/**
 * Shows one full telephone for the call, by the register's reveal: within its budget, with the campaign as reason, audited there. The household's
 * where nobody is named. Throws `surveys.no-phone`, `registry.reveal-budget`.
 */
export async function showPhone(
  ctx: Context,
  deps: SurveyDeps,
  given: { targetId: string; personId: string | undefined },
): Promise<{ value: string }> {
  return inTransaction(ctx, async (db) => {
    const { campaign, target } = await getMine(ctx, db, given.targetId)
    refuseOthers(ctx, { campaign, target })
    if (campaign.state !== 'open') throw surveysErrors.notOpen({ state: campaign.state })
    const found = target.householdId === undefined ? undefined : await findRegistered({ ...ctx, db }, deps, target.householdId)
    const members = found?.members.filter((member) => member.leftOn === undefined) ?? []
    const head = members.find((member) => member.isHead) ?? members[0]
    const person = given.personId === undefined ? head : members.find((member) => member.personId === given.personId)
    if (found === undefined || person === undefined) throw surveysErrors.noPhone()
    const isHouseholds = given.personId === undefined && found.phoneMasked !== undefined
    if (!isHouseholds && person.phoneMasked === undefined) throw surveysErrors.noPhone()
    const reason = `${campaignKindWords[campaign.kind].zh} ${campaign.campaignNo}`
    return revealPerson(
      { ...ctx, db },
      { personId: person.personId, field: isHouseholds ? 'household-phone' : 'phone', reason, vault: deps.vault },
    )
  })
}

async function getMine(ctx: Context, db: Db, targetId: string): Promise<{ campaign: Campaign; target: Target }> {
  const target = await findTarget(db, ctx, targetId)
  const campaign = target === undefined ? undefined : await findCampaign(db, ctx, target.campaignId)
  if (target === undefined || campaign === undefined) throw surveysErrors.notFound()
  // Who reads the campaign reads its sheets; others only their own.
  if (!mayDo(ctx, 'surveys.campaign', 'read')) refuseOthers(ctx, { campaign, target })
  return { campaign, target }
}

import * as z from 'zod'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { CorrectAnswers, ExportPlain, FinishCall, ImportAnswers, ListMine, ShowPhone, TakeUpAgain } from '../rules/survey-requests.ts'
import { readSheet } from '#modules/identity/server/index.ts'
import { readCallSheet, readMine, showPhone } from './call-sheet.ts'
import { exportMine } from './export-lists.ts'
import { correctAnswers, finishCall, takeUpAgain } from './finish-call.ts'
import { importAnswers } from './import-answers.ts'
import { readOfHousehold } from './of-household.ts'

const reading = { action: 'read', object: 'surveys.call', scope: 'area', fields: 'masked' } as const
const making = { ...reading, action: 'make' } as const
const one = z.strictObject({ targetId: z.uuid() })

/** Calling: what is mine, the sheet of a household, its telephone, finishing, correcting, taking up again, answers from a sheet. */
export function callRoutes(deps: CallDeps): AnyRoute[] {
  return [...sheetRoutes(deps), ...finishRoutes(deps), ...importRoutes(deps)]
}

interface CallDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}

function sheetRoutes(deps: CallDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/mine',
      access: reading,
      query: ListMine,
      handle: (ctx, { query }) => readMine(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/mine/export',
      access: reading,
      query: ExportPlain,
      handle: (ctx, { query }) => exportMine(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/targets/:targetId',
      access: reading,
      params: one,
      handle: (ctx, { params }) => readCallSheet(ctx, deps, params.targetId),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/targets/:targetId/phone',
      access: { ...making, fields: 'plain' },
      params: one,
      body: ShowPhone,
      isSecret: true,
      notesRefusal: true,
      handle: (ctx, { params, body }) => showPhone(ctx, deps, { targetId: params.targetId, personId: body.personId }),
    }),
  ]
}

/** Finishing, correcting, taking up again. */
function finishRoutes(deps: CallDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/surveys/targets/:targetId/finish',
      access: making,
      params: one,
      body: FinishCall,
      handle: (ctx, { params, body }) => finishCall(ctx, deps, { targetId: params.targetId, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/targets/:targetId/correct',
      access: making,
      params: one,
      body: CorrectAnswers,
      handle: (ctx, { params, body }) => correctAnswers(ctx, deps, { targetId: params.targetId, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/targets/:targetId/take-up',
      access: making,
      params: one,
      body: TakeUpAgain,
      handle: (ctx, { params, body }) => takeUpAgain(ctx, { targetId: params.targetId, input: body }),
    }),
  ]
}

/** Answers from a sheet; and the campaigns of a household. */
function importRoutes(deps: CallDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/surveys/answers/sheet',
      access: making,
      kind: 'upload',
      handle: async (_ctx, { upload }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        return readSheet(upload)
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/answers',
      access: making,
      params: z.strictObject({ campaignId: z.uuid() }),
      body: ImportAnswers,
      handle: (ctx, { params, body }) => importAnswers(ctx, deps, { campaignId: params.campaignId, input: body }),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/households/:householdId',
      access: { ...reading, object: 'surveys.campaign' },
      params: z.strictObject({ householdId: z.uuid() }),
      handle: (ctx, { params }) => readOfHousehold(ctx, params.householdId),
    }),
  ]
}

import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AnswerCheck, NoteChecks, WithdrawCheck } from '../../rules/exits/check-requests.ts'
import { answerCheck, noteChecks, readChecks, withdrawCheck } from './check-sheet.ts'

const reading = { action: 'read', object: 'cases.check', scope: 'area', fields: 'plain' } as const
const noting = { ...reading, action: 'note' } as const
const oneCheck = z.strictObject({ caseCheckId: z.uuid() })

/** The department check of a case: what was asked and answered, and the written reasons. */
export function checkRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/checks',
      access: reading,
      params: z.strictObject({ caseId: z.uuid() }),
      handle: (ctx, { params }) => readChecks(ctx, params.caseId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/checks',
      access: noting,
      params: z.strictObject({ caseId: z.uuid() }),
      body: NoteChecks,
      handle: (ctx, { params, body }) => noteChecks(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/checks/:caseCheckId/answer',
      access: noting,
      params: oneCheck,
      body: AnswerCheck,
      handle: (ctx, { params, body }) => answerCheck(ctx, { ...params, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/checks/:caseCheckId/withdraw',
      access: noting,
      params: oneCheck,
      body: WithdrawCheck,
      handle: (ctx, { params, body }) => withdrawCheck(ctx, { ...params, ...body }),
    }),
  ]
}

import * as z from 'zod'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { readSheet } from '#modules/identity/server/index.ts'
import { mostCheckRows, readCheckCells } from '../../rules/exits/check-entry.ts'
import { AnswerCheck, ExportChecks, ListCheckWork, NoteChecks, SentChecks, WithdrawCheck } from '../../rules/exits/check-requests.ts'
import { exportChecks, readCheckWork } from './check-list.ts'
import { judgeChecks, takeChecks } from './check-many.ts'
import { answerCheck, noteChecks, readChecks, withdrawCheck } from './check-sheet.ts'

const reading = { action: 'read', object: 'cases.check', scope: 'area', fields: 'plain' } as const
const noting = { ...reading, action: 'note' } as const
const oneCheck = z.strictObject({ caseCheckId: z.uuid() })

interface CheckDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}

/** Results of many people at once: what waits, the list for a department, rows judged and taken, a file read to rows. */
function manyRoutes(deps: CheckDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/check-list',
      access: { ...reading, fields: 'none' },
      query: ListCheckWork,
      handle: (ctx) => readCheckWork(ctx, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/check-list/export',
      access: { ...reading, action: 'export', scope: 'county' },
      notesRefusal: true,
      query: ExportChecks,
      handle: (ctx, { query }) => exportChecks(ctx, query, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/check-list/judge',
      kind: 'question',
      access: noting,
      body: SentChecks,
      handle: (ctx, { body }) => judgeChecks(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/check-list',
      access: noting,
      body: SentChecks,
      handle: (ctx, { body }) => takeChecks(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/check-list/sheet',
      kind: 'upload',
      access: noting,
      handle: async (_ctx, { upload }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        const rows = readCheckCells((await readSheet(upload)).rows)
        return { rows: rows.slice(0, mostCheckRows), more: Math.max(0, rows.length - mostCheckRows) }
      },
    }),
  ]
}

/** The department check of a case: what was asked and answered, and the written reasons. */
export function checkRoutes(deps: CheckDeps): AnyRoute[] {
  return [
    ...manyRoutes(deps),
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

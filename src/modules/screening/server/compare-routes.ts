import * as z from 'zod'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { listKinds } from '../policy/list-kinds.ts'
import { SuggestMapping, BeginRun, CorrectMapping, DecideMatch, type ListKindChoice } from '../rules/compare-requests.ts'
import { compareAgain } from './compare-again.ts'
import { decideMatch } from './decide-match.ts'
import { readOpenMatches, readReceipts, readRun, readRuns } from './read-runs.ts'
import { followRun, startRun, type BackgroundDeps } from './run-staged.ts'
import { listSenderTerms } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'
import { beginRun, correctMapping, removeStaged, stageFile, suggestMapping } from './stage-files.ts'

const compareAccess = { action: 'compare', object: 'screening.list', scope: 'county', fields: 'none' } as const
const readAccess = { action: 'read', object: 'screening.run', scope: 'county', fields: 'none' } as const
/** Runs hold no person: an office below the county reads them with the counts of its own area. */
const scopedAccess = { ...readAccess, scope: 'area' } as const
const runParams = z.strictObject({ runId: z.uuid() })
const fileParams = z.strictObject({ runId: z.uuid(), receiptId: z.string().regex(/^[0-9a-f]{32}$/) })

/** The compare wizard: lists come in, are recognised, corrected, compared in the background, and leave a receipt. */
export function compareRoutes(deps: BackgroundDeps): AnyRoute[] {
  return [...stagingRoutes(deps), ...mappingRoutes(deps), ...runningRoutes(deps), ...readingRoutes(), ...openMatchRoutes(deps)]
}

function stagingRoutes(deps: BackgroundDeps): AnyRoute[] {
  const { filesDirectory } = deps
  return [
    defineRoute({
      method: 'POST',
      path: '/screening/runs',
      access: compareAccess,
      body: BeginRun,
      handle: (ctx, { body }) => beginRun(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/runs/:runId/files',
      access: compareAccess,
      kind: 'upload',
      params: runParams,
      handle: (ctx, { params, upload }) => {
        if (upload === undefined) throw screeningErrors.noFiles()
        return stageFile(ctx, { runId: params.runId, filesDirectory, upload })
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/screening/runs/:runId/files/:receiptId',
      access: compareAccess,
      params: fileParams,
      handle: async (ctx, { params }) => {
        await removeStaged(ctx, { ...params, filesDirectory })
        return { removed: true }
      },
    }),
  ]
}

function mappingRoutes({ filesDirectory }: BackgroundDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/screening/runs/:runId/files/:receiptId/suggestion',
      access: { ...compareAccess, fields: 'masked' },
      params: fileParams,
      body: SuggestMapping,
      isSecret: true,
      handle: (ctx, { params, body }) => suggestMapping(ctx, { ...params, filesDirectory }, body),
    }),
    defineRoute({
      method: 'PUT',
      path: '/screening/runs/:runId/files/:receiptId/mapping',
      access: compareAccess,
      params: fileParams,
      body: CorrectMapping,
      handle: (ctx, { params, body }) => correctMapping(ctx, params, body),
    }),
  ]
}

function runningRoutes(deps: BackgroundDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/screening/runs/:runId/start',
      access: compareAccess,
      params: runParams,
      handle: (ctx, { params }) => startRun(ctx, params.runId),
      afterCommit: (ctx, { runId }) => {
        // Reported by the run itself and its log; nobody waits for it here.
        void followRun(deps, ctx, runId)
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/runs/:runId/again',
      access: compareAccess,
      params: runParams,
      handle: (ctx, { params }) => compareAgain(ctx, { ...params, filesDirectory: deps.filesDirectory }),
      afterCommit: (ctx, { runId }) => {
        void followRun(deps, ctx, runId) // as above
      },
    }),
  ]
}

function readingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/list-kinds',
      access: compareAccess,
      handle: () => Promise.resolve({ items: listKinds.map(kindChoice) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/senders',
      access: compareAccess,
      handle: (ctx) => inTransaction(ctx, async (db) => ({ items: await listSenderTerms(db, ctx.scope.countyCode) })),
    }),
    defineRoute({ method: 'GET', path: '/screening/runs', access: scopedAccess, handle: (ctx) => readRuns(ctx) }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId',
      access: scopedAccess,
      params: runParams,
      handle: (ctx, { params }) => readRun(ctx, params.runId),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/receipts',
      access: readAccess,
      params: runParams,
      handle: (ctx, { params }) => readReceipts(ctx, params.runId),
    }),
  ]
}

function openMatchRoutes(deps: BackgroundDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/open-matches',
      access: { ...compareAccess, fields: 'masked' },
      params: runParams,
      handle: (ctx, { params }) => readOpenMatches(ctx, params.runId, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/open-matches/:openMatchId/decide',
      access: compareAccess,
      params: z.strictObject({ openMatchId: z.uuid() }),
      body: DecideMatch,
      handle: (ctx, { params, body }) => decideMatch(ctx, { ...params, input: body, vault: deps.vault }),
    }),
  ]
}

function kindChoice(kind: (typeof listKinds)[number]): ListKindChoice {
  // A list of people must say whom it means.
  const needs = kind.key === 'place' ? kind.needs : [['name', 'idNumber'], ...kind.needs]
  const needed = new Set(needs.flat())
  return {
    kind: kind.kind,
    words: { zh: kind.zh, en: kind.en },
    fields: kind.fields.map((field) => ({ key: field.key, label: field.labels[0] ?? field.key, isNeeded: needed.has(field.key) })),
    needs,
  }
}

import * as z from 'zod'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { BeginRun, CorrectMapping, DecideMatch, type ComparisonRun, type ListKindChoice, type StagedList } from '../contract.ts'
import { listKinds } from '../policy/list-kinds.ts'
import { decideOpenMatch, listOpenMatches } from './open-match-store.ts'
import { followRun, startRun, type BackgroundDeps } from './run-staged.ts'
import { findRun, listReceipts, listRuns, listStagedFiles } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'
import { showCandidates } from './show-candidates.ts'
import { beginRun, correctMapping, removeStaged, stageFile } from './stage-files.ts'

const compareAccess = { action: 'compare', object: 'screening.list', scope: 'county', fields: 'none' } as const
const readAccess = { action: 'read', object: 'screening.run', scope: 'county', fields: 'none' } as const
const runParams = z.strictObject({ runId: z.uuid() })
const fileParams = z.strictObject({ runId: z.uuid(), receiptId: z.string().regex(/^[0-9a-f]{32}$/) })
const mostRuns = 60
const mostOpen = 500

/** The compare wizard: lists come in, are recognised, corrected, compared in the background, and leave a receipt. */
export function compareRoutes(deps: BackgroundDeps): AnyRoute[] {
  return [...stagingRoutes(deps), ...runningRoutes(deps), ...readingRoutes(), ...openMatchRoutes(deps)]
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
      method: 'PUT',
      path: '/screening/runs/:runId/files/:receiptId/mapping',
      access: compareAccess,
      params: fileParams,
      body: CorrectMapping,
      handle: (ctx, { params, body }) => correctMapping(ctx, params, body),
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
      path: '/screening/runs',
      access: readAccess,
      handle: (ctx) =>
        inTransaction(ctx, async (db) => ({ items: (await listRuns(db, ctx.scope.countyCode, mostRuns)).map((run) => withCan(ctx, run)) })),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId',
      access: readAccess,
      params: runParams,
      handle: (ctx, { params }) => readRun(ctx, params.runId),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/receipts',
      access: readAccess,
      params: runParams,
      handle: (ctx, { params }) =>
        inTransaction(ctx, async (db) => {
          await getRun(db, ctx, params.runId)
          return { items: await listReceipts(db, ctx.scope.countyCode, params.runId) }
        }),
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
      handle: (ctx, { params }) =>
        inTransaction(ctx, async (db) => {
          await getRun(db, ctx, params.runId)
          const matches = await listOpenMatches(db, ctx.scope.countyCode, params.runId, mostOpen)
          return { items: await showCandidates({ ...ctx, db }, matches, deps) }
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/open-matches/:openMatchId/decide',
      access: compareAccess,
      params: z.strictObject({ openMatchId: z.uuid() }),
      body: DecideMatch,
      handle: (ctx, { params, body }) =>
        inTransaction(ctx, async (db) => {
          if (!(await decideOpenMatch(db, ctx, params.openMatchId, body.personId))) throw screeningErrors.notDecidable()
          await audit(db, ctx, { did: 'screening.decide-match', objectKind: 'screening.open-match', objectId: params.openMatchId })
          return { decided: true }
        }),
    }),
  ]
}

/** A run with its files: as staged while it waits, as receipts afterwards. */
async function readRun(ctx: Context, runId: string): Promise<{ run: ComparisonRun; files: StagedList[] }> {
  return inTransaction(ctx, async (db) => {
    const run = await getRun(db, ctx, runId)
    const files = await listStagedFiles(db, ctx.scope.countyCode, runId)
    const staged = files.map(({ receiptId, fileName, bytes, mapping }) => ({ receiptId, fileName, bytes, sheets: mapping }))
    return { run: withCan(ctx, run), files: staged }
  })
}

async function getRun(db: Db, ctx: Context, runId: string): Promise<Omit<ComparisonRun, 'can'>> {
  const run = await findRun(db, ctx.scope.countyCode, runId)
  if (run === undefined) throw screeningErrors.runNotFound()
  return run
}

function withCan(ctx: Context, run: Omit<ComparisonRun, 'can'>): ComparisonRun {
  // The routes that compare ask for the county's scope; a leader who only reads is told by the roles of the route itself.
  return { ...run, can: { compare: run.state === 'staged' && ctx.scope.kind !== 'area' } }
}

function kindChoice(kind: (typeof listKinds)[number]): ListKindChoice {
  const needed = new Set(kind.needs.flat())
  return {
    kind: kind.kind,
    words: { zh: kind.zh, en: kind.en },
    fields: kind.fields.map((field) => ({ key: field.key, label: field.labels[0] ?? field.key, isNeeded: needed.has(field.key) })),
    needs: kind.needs,
  }
}

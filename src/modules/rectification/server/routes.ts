import type { Readable } from 'node:stream'
import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import {
  ActOnProblems,
  AddCampaign,
  AddFromFindings,
  AddFromLeads,
  AddProblem,
  AskTime,
  DecideTime,
  DrawSample,
  ExportProblems,
  FilterProblems,
  ListProblems,
  WithdrawEvidence,
} from '../rules/problem-requests.ts'
import { whileReadingProblems } from './closed-kinds-store.ts'
import { actOnProblems } from './act-on-problems.ts'
import { addFromFindings, addFromLeads } from './add-from-data.ts'
import { addProblem } from './add-problem.ts'
import { askTime, decideTime } from './ask-time.ts'
import { addCampaign } from './campaigns.ts'
import { listCampaignRows } from './campaign-store.ts'
import { rectificationErrors } from './errors.ts'
import { attachEvidence, downloadEvidence, withdrawEvidence } from './evidence.ts'
import { exportProblems } from './export-lists.ts'
import { drawSample, readBoard, readProblem, readProblems, readTotals } from './read-problems.ts'
import { termsFor } from './terms.ts'

/** What the routes need besides the context. */
export interface RouteDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}
export const problemAccess = { action: 'read', object: 'rectification.problem', scope: 'area', fields: 'plain' } as const
const oneProblem = z.strictObject({ problemId: z.uuid() })
const oneEvidence = z.strictObject({ evidenceId: z.uuid() })

/** The file of an upload. Throws `rectification.evidence-missing`. */
export function streamOf({ upload }: { upload?: { stream: Readable; fileName: string } }): { stream: Readable; fileName: string } {
  if (upload === undefined) throw rectificationErrors.evidenceMissing()
  return upload
}

/** Campaigns and problems: the ledger, the board, the counts, one problem, acts on one and many, more time, evidence. */
export function problemRoutes(deps: RouteDeps): AnyRoute[] {
  return [...campaignRoutes(), ...readingRoutes(deps), ...actingRoutes(deps), ...dataRoutes(), ...evidenceRoutes(deps)]
}

function campaignRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/rectification/campaigns',
      access: { ...problemAccess, fields: 'none' },
      handle: (ctx) =>
        whileReadingProblems(ctx, async (db) => ({
          items: await listCampaignRows(db, ctx),
          classes: (await termsFor({ ...ctx, db })).classes,
        })),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/campaigns',
      access: { ...problemAccess, action: 'enter', fields: 'none' },
      body: AddCampaign,
      handle: (ctx, { body }) => addCampaign(ctx, body),
    }),
  ]
}

function readingRoutes(deps: RouteDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/rectification/problems',
      access: problemAccess,
      query: ListProblems,
      handle: (ctx, { query }) => readProblems(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/problems/export',
      access: { ...problemAccess, action: 'export' },
      query: ExportProblems,
      handle: (ctx, { query }) => exportProblems(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/board',
      access: problemAccess,
      query: FilterProblems,
      handle: (ctx, { query }) => readBoard(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/totals',
      access: { ...problemAccess, fields: 'none' },
      query: FilterProblems,
      handle: (ctx, { query }) => readTotals(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/problems/:problemId',
      access: problemAccess,
      params: oneProblem,
      handle: (ctx, { params }) => readProblem(ctx, params.problemId),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/samples',
      access: { ...problemAccess, action: 'accept' },
      body: DrawSample,
      handle: (ctx, { body }) => drawSample(ctx, body),
    }),
  ]
}

function actingRoutes(deps: RouteDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/problems',
      access: { ...problemAccess, action: 'enter' },
      body: AddProblem,
      handle: (ctx, { body }) => addProblem(ctx, deps, body),
    }),
    // Which side may do what is judged for each problem; whoever reads the ledger may send an act.
    defineRoute({
      method: 'POST',
      path: '/rectification/acts',
      access: problemAccess,
      body: ActOnProblems,
      notesRefusal: true,
      handle: (ctx, { body }) => actOnProblems(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/problems/:problemId/time',
      access: { ...problemAccess, action: 'act' },
      params: oneProblem,
      body: AskTime,
      notesRefusal: true,
      handle: (ctx, { params, body }) => askTime(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/extensions/:extensionId/decide',
      access: { ...problemAccess, action: 'assign' },
      params: z.strictObject({ extensionId: z.uuid() }),
      body: DecideTime,
      notesRefusal: true,
      handle: (ctx, { params, body }) => decideTime(ctx, { ...params, ...body }),
    }),
  ]
}

function dataRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/problems/from-findings',
      access: { ...problemAccess, action: 'enter' },
      body: AddFromFindings,
      handle: (ctx, { body }) => addFromFindings(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/problems/from-leads',
      access: { ...problemAccess, action: 'enter' },
      body: AddFromLeads,
      handle: (ctx, { body }) => addFromLeads(ctx, body),
    }),
  ]
}

function evidenceRoutes(deps: RouteDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/problems/:problemId/evidence',
      access: { ...problemAccess, action: 'act' },
      kind: 'upload',
      params: oneProblem,
      handle: (ctx, { params, ...input }) => attachEvidence(ctx, deps, { ...params, stream: streamOf(input).stream }),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/evidence/:evidenceId',
      access: problemAccess,
      params: oneEvidence,
      handle: (ctx, { params }) => downloadEvidence(ctx, deps, params.evidenceId),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/evidence/:evidenceId/withdraw',
      access: { ...problemAccess, action: 'act' },
      params: oneEvidence,
      body: WithdrawEvidence,
      handle: (ctx, { params, body }) => withdrawEvidence(ctx, deps, { ...params, ...body }),
    }),
  ]
}

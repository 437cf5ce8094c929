import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AnswerCheck, AskChecks, ExportChecks, ExportLetters, ListChecks, ListLetters, MendImport } from '../rules/problem-requests.ts'
import { sourceKinds } from '../rules/problem-sources.ts'
import { exportChecks, exportLetters } from './export-lists.ts'
import { applyImport, discardImport, mendImport, stageImport } from './import-ledger.ts'
import { printLetter } from './print-letter.ts'
import { readLetter, readLetters, receiveLetter, remindOfLetter } from './read-letters.ts'
import { problemAccess, streamOf, type RouteDeps } from './routes.ts'
import { answerCheck, askChecks, readAlike, readChecks } from './same-elsewhere.ts'

const oneLetter = z.strictObject({ letterId: z.uuid() })
const oneImport = z.strictObject({ importId: z.uuid() })
const PrintLetter = z.strictObject({
  format: z.enum(['docx', 'pdf']),
  /** How the caller's browser reached the program: scheme and host, no path. */
  address: z
    .string()
    .max(120)
    .regex(/^https?:\/\/[\w.:[\]-]+$/)
    .optional(),
})

/** Letters, ledgers that come as files, checks of the same problem elsewhere. */
export function letterRoutes(deps: RouteDeps): AnyRoute[] {
  return [...lettersRoutes(deps), ...letterActRoutes(), ...importRoutes(deps), ...checkRoutes(deps)]
}

function lettersRoutes(deps: RouteDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/rectification/letters',
      access: problemAccess,
      query: ListLetters,
      handle: (ctx, { query }) => readLetters(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/letters/export',
      access: { ...problemAccess, action: 'export' },
      query: ExportLetters,
      handle: (ctx, { query }) => exportLetters(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/letters/:letterId',
      access: problemAccess,
      params: oneLetter,
      handle: (ctx, { params }) => readLetter(ctx, params),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/replies/:replyCode',
      access: problemAccess,
      params: z.strictObject({ replyCode: z.string().regex(/^[0-9a-f]{32}$/) }),
      handle: (ctx, { params }) => readLetter(ctx, { code: params.replyCode }),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/letters/:letterId/paper',
      access: problemAccess,
      params: oneLetter,
      query: PrintLetter,
      handle: (ctx, { params, query }) => printLetter(ctx, { ...params, ...query }),
    }),
  ]
}

function letterActRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/letters/:letterId/receive',
      access: { ...problemAccess, action: 'act' },
      params: oneLetter,
      body: z.strictObject({}),
      notesRefusal: true,
      handle: (ctx, { params }) => receiveLetter(ctx, params.letterId),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/letters/:letterId/remind',
      access: { ...problemAccess, action: 'assign' },
      params: oneLetter,
      body: z.strictObject({}),
      notesRefusal: true,
      handle: (ctx, { params }) => remindOfLetter(ctx, params.letterId),
    }),
  ]
}

function importRoutes(deps: RouteDeps): AnyRoute[] {
  const access = { ...problemAccess, action: 'enter' } as const
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/imports',
      access,
      kind: 'upload',
      query: z.strictObject({ campaignId: z.uuid(), sourceKind: z.enum(sourceKinds).default('inspection') }),
      handle: (ctx, { query, ...input }) => stageImport(ctx, deps, { ...query, ...streamOf(input) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/imports/:importId/apply',
      access,
      params: oneImport,
      body: z.strictObject({ leaveBad: z.boolean().default(false) }),
      handle: (ctx, { params, body }) => applyImport(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/imports/:importId/mend',
      access,
      params: oneImport,
      body: MendImport,
      handle: (ctx, { params, body }) => mendImport(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/imports/:importId/discard',
      access,
      params: oneImport,
      body: z.strictObject({}),
      handle: (ctx, { params }) => discardImport(ctx, params.importId),
    }),
  ]
}

function checkRoutes(deps: RouteDeps): AnyRoute[] {
  const oneProblem = z.strictObject({ problemId: z.uuid() })
  return [
    defineRoute({
      method: 'GET',
      path: '/rectification/problems/:problemId/alike',
      access: { ...problemAccess, action: 'enter' },
      params: oneProblem,
      handle: (ctx, { params }) => readAlike(ctx, params.problemId),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/problems/:problemId/checks',
      access: { ...problemAccess, action: 'enter' },
      params: oneProblem,
      body: AskChecks,
      handle: (ctx, { params, body }) => askChecks(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/same-checks',
      access: problemAccess,
      query: ListChecks,
      handle: (ctx, { query }) => readChecks(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/same-checks/export',
      access: { ...problemAccess, action: 'export' },
      query: ExportChecks,
      handle: (ctx, { query }) => exportChecks(ctx, query, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/same-checks/:sameCheckId/answer',
      access: { ...problemAccess, action: 'act' },
      params: z.strictObject({ sameCheckId: z.uuid() }),
      body: AnswerCheck,
      handle: (ctx, { params, body }) => answerCheck(ctx, { ...params, ...body }),
    }),
  ]
}

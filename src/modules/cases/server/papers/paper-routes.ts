import type { Readable } from 'node:stream'
import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { stepNames, type CaseStep } from '../../rules/case-steps.ts'
import { FilePaper, PrintPaper, PrintWholePaper, WithdrawAttachment } from '../../rules/papers/paper-requests.ts'
import type { AttachmentDeps } from './attachment-files.ts'
import { attachToCase, attachToMeeting, downloadAttachment, withdrawAttachment } from './attachment-keep.ts'
import { paperErrors } from './paper-errors.ts'
import { filePaper, readCasePapers } from './paper-of-case.ts'
import { printAnswer, printCasePaper, printMinutes, printNotice } from './paper-print.ts'
import { downloadTemplate, dropTemplate, readTemplates, takeTemplate } from './paper-templates.ts'

const reading = { action: 'read', object: 'cases.paper', scope: 'area', fields: 'masked' } as const
const filing = { ...reading, action: 'file' } as const
const templates = { action: 'read', object: 'cases.template', scope: 'county', fields: 'none' } as const
const Kind = z.string().min(1).max(40)
const Step = z.enum(stepNames as [CaseStep, ...CaseStep[]]) // Safe: the list is not empty.
const oneCase = z.strictObject({ caseId: z.uuid() })

/** Papers printed and filed, attachments, templates. */
export function paperRoutes(deps: AttachmentDeps): AnyRoute[] {
  return [...casePrintingRoutes(deps), ...printingRoutes(deps), ...filingRoutes(deps), ...attachmentRoutes(deps), ...templateRoutes(deps)]
}

function streamOf({ upload }: { upload?: { stream: Readable } }): Readable {
  if (upload === undefined) throw paperErrors.attachmentMissing()
  return upload.stream
}

function casePrintingRoutes(deps: AttachmentDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/papers',
      access: { ...reading, fields: 'none' },
      params: oneCase,
      handle: (ctx, { params }) => readCasePapers(ctx, params.caseId),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/papers/:paperKind',
      access: reading,
      params: oneCase.extend({ paperKind: Kind }),
      query: PrintPaper,
      handle: (ctx, { params, query }) => printCasePaper(ctx, deps, { caseId: params.caseId, kind: params.paperKind, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/papers/:paperKind/whole',
      access: { action: 'reveal', object: 'registry.person', scope: 'area', fields: 'plain' },
      notesRefusal: true,
      params: oneCase.extend({ paperKind: Kind }),
      query: PrintWholePaper,
      handle: (ctx, { params, query }) => printCasePaper(ctx, deps, { caseId: params.caseId, kind: params.paperKind, ...query }),
    }),
  ]
}

function printingRoutes(deps: AttachmentDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/meetings/:meetingId/paper',
      access: reading,
      params: z.strictObject({ meetingId: z.uuid() }),
      query: PrintPaper,
      handle: (ctx, { params, query }) => printMinutes(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/notices/:noticeId/paper',
      access: reading,
      params: z.strictObject({ noticeId: z.uuid() }),
      query: PrintPaper,
      handle: (ctx, { params, query }) => printNotice(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/objections/:objectionId/paper',
      access: reading,
      params: z.strictObject({ objectionId: z.uuid() }),
      query: PrintPaper,
      handle: (ctx, { params, query }) => printAnswer(ctx, deps, { ...params, ...query }),
    }),
  ]
}

function filingRoutes(deps: AttachmentDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/papers/:step/:paperKind/pages',
      access: filing,
      kind: 'upload',
      params: oneCase.extend({ step: Step, paperKind: Kind }),
      query: FilePaper,
      handle: (ctx, { params, query, ...input }) =>
        filePaper(ctx, deps, {
          caseId: params.caseId,
          step: params.step,
          kind: params.paperKind,
          signedOn: query.signedOn,
          stream: streamOf(input),
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/attachments',
      access: filing,
      kind: 'upload',
      params: oneCase,
      query: z.strictObject({ kind: z.enum(['photo', 'evidence']).default('evidence') }),
      handle: (ctx, { params, query, ...input }) => attachToCase(ctx, deps, { ...params, ...query, stream: streamOf(input) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/meetings/:meetingId/attachments',
      access: filing,
      kind: 'upload',
      params: z.strictObject({ meetingId: z.uuid() }),
      handle: (ctx, { params, ...input }) => attachToMeeting(ctx, deps, { ...params, stream: streamOf(input) }),
    }),
  ]
}

function attachmentRoutes(deps: AttachmentDeps): AnyRoute[] {
  const one = z.strictObject({ attachmentId: z.uuid() })
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/attachments/:attachmentId',
      access: { ...reading, fields: 'plain' },
      params: one,
      handle: (ctx, { params }) => downloadAttachment(ctx, deps, params.attachmentId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/attachments/:attachmentId/withdraw',
      access: filing,
      params: one,
      body: WithdrawAttachment,
      handle: (ctx, { params, body }) => withdrawAttachment(ctx, { ...params, ...body }),
    }),
  ]
}

function templateRoutes(deps: AttachmentDeps): AnyRoute[] {
  const oneKind = z.strictObject({ paperKind: Kind })
  return [
    defineRoute({ method: 'GET', path: '/cases/paper-templates', access: templates, handle: (ctx) => readTemplates(ctx) }),
    defineRoute({
      method: 'GET',
      path: '/cases/paper-templates/:paperKind',
      access: templates,
      params: oneKind,
      handle: (ctx, { params }) => downloadTemplate(ctx, params.paperKind),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/paper-templates/:paperKind',
      access: { ...templates, action: 'edit' },
      kind: 'upload',
      params: oneKind,
      handle: (ctx, { params, ...input }) => takeTemplate(ctx, deps, { kind: params.paperKind, stream: streamOf(input) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/paper-templates/:paperKind/drop',
      access: { ...templates, action: 'edit' },
      params: oneKind,
      body: z.strictObject({}),
      handle: (ctx, { params }) => dropTemplate(ctx, params.paperKind),
    }),
  ]
}

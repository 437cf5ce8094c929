import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AnswerLead, CloseLeads, ExportLeads, LeadFilter, ListLeads, MonthText, ReturnLead, SearchLeads, SendLeads } from '../contract.ts'
import { answerLead, closeLeads, returnLead } from './lead-answer.ts'
import { exportLeads } from './export-leads.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { readInbox, readLead, readLeadCounts, readPrecision } from './lead-read.ts'
import { sendLeads } from './lead-send.ts'
import { saidRoute } from './said-of-person.ts'
import { visitListRoutes } from './visit-list-routes.ts'

const readAccess = { action: 'read', object: 'screening.lead', scope: 'area', fields: 'masked' } as const
const leadIdParams = z.strictObject({ leadId: z.uuid() })

/** The inbox, the way of a lead, precision, and the visit list. */
export function leadRoutes(deps: LeadDeps & { filesDirectory: string }): AnyRoute[] {
  return [exportRoute(deps), ...readingRoutes(deps), ...writingRoutes(deps), ...visitListRoutes(deps), saidRoute()]
}

function exportRoute(deps: LeadDeps & { filesDirectory: string }): AnyRoute {
  const { filesDirectory } = deps
  return defineRoute({
    method: 'GET',
    path: '/screening/leads/export',
    access: { ...readAccess, action: 'export' },
    query: ExportLeads,
    handle: (ctx, { query: { purpose, format, ...filter } }) => exportLeads(ctx, filter, { purpose, format, filesDirectory, deps }),
  })
}

function readingRoutes(deps: LeadDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/leads',
      access: readAccess,
      query: ListLeads,
      handle: (ctx, { query }) => readInbox(ctx, query, deps),
    }),
    // A search is a POST, because what stands in the box may be somebody's name.
    defineRoute({
      method: 'POST',
      path: '/screening/leads/search',
      access: readAccess,
      body: SearchLeads,
      handle: (ctx, { body }) => readInbox(ctx, body, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/lead-counts',
      access: { ...readAccess, fields: 'none' },
      query: LeadFilter,
      handle: (ctx, { query }) => readLeadCounts(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/lead-precision',
      access: { ...readAccess, fields: 'none' },
      query: z.strictObject({ month: MonthText.optional() }),
      handle: async (ctx, { query }) => ({ items: await readPrecision(ctx, query.month) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/leads/:leadId',
      access: readAccess,
      params: leadIdParams,
      handle: (ctx, { params }) => readLead(ctx, params.leadId, deps),
    }),
  ]
}

function writingRoutes(deps: LeadDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/screening/leads/send',
      access: { ...readAccess, action: 'assign', fields: 'none' },
      body: SendLeads,
      handle: (ctx, { body }) => sendLeads(ctx, body, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/leads/close',
      access: { ...readAccess, action: 'assign', fields: 'none' },
      body: CloseLeads,
      handle: (ctx, { body }) => closeLeads(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/leads/:leadId/answer',
      access: { ...readAccess, action: 'answer' },
      params: leadIdParams,
      body: AnswerLead,
      handle: (ctx, { params, body }) => answerLead(ctx, { leadId: params.leadId, input: body }, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/leads/:leadId/return',
      access: { ...readAccess, action: 'return' },
      params: leadIdParams,
      body: ReturnLead,
      handle: (ctx, { params, body }) => returnLead(ctx, { leadId: params.leadId, input: body }, deps),
    }),
  ]
}

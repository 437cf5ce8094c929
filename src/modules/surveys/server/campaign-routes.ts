import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { Form } from '../rules/form.ts'
import {
  AssignTargets,
  DraftCampaign,
  ExportCampaigns,
  ExportPlain,
  ExportProblems,
  ExportTargets,
  FreezePopulation,
  ListCampaigns,
  ListProblems,
  ListTargets,
  MoveCampaign,
  PreviewPopulation,
  ReadProgress,
  SaveForm,
  ShareWork,
} from '../rules/survey-requests.ts'
import { assignTargets, shareCampaign } from './assign-targets.ts'
import { draftCampaign } from './draft-campaign.ts'
import { exportCampaigns, exportProblems, exportProgress, exportTargets } from './export-lists.ts'
import { freezePopulation, previewPopulation } from './freeze-population.ts'
import { moveCampaign } from './move-campaign.ts'
import { readPopulationFilters } from './population-filters.ts'
import { readCallers, readCampaign, readCampaigns, readProblems, readTargets } from './read-lists.ts'
import { readProgress, readRoundDifference } from './read-progress.ts'
import { readForm, readFormGround, readForms, saveForm } from './save-form.ts'

const reading = { action: 'read', object: 'surveys.campaign', scope: 'area', fields: 'masked' } as const
const exporting = { ...reading, action: 'export' } as const
const managing = { ...reading, action: 'manage', fields: 'none' } as const
const one = z.strictObject({ campaignId: z.uuid() })

interface CampaignDeps {
  readonly filesDirectory: string
}

/** Campaigns: their lists and files, drafting, freezing, opening and closing, giving out, and what they came to. */
export function campaignRoutes(deps: CampaignDeps): AnyRoute[] {
  return [...listRoutes(deps), ...rowRoutes(deps), ...formRoutes(), ...draftRoutes(), ...shareRoutes(), ...resultRoutes(deps)]
}

function listRoutes(deps: CampaignDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns',
      access: { ...reading, fields: 'none' },
      query: ListCampaigns,
      handle: (ctx, { query }) => readCampaigns(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/export',
      access: exporting,
      query: ExportCampaigns,
      handle: (ctx, { query }) => exportCampaigns(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId',
      access: { ...reading, fields: 'none' },
      params: one,
      handle: (ctx, { params }) => readCampaign(ctx, params.campaignId),
    }),
  ]
}

/** Households and problems of a campaign, and their files. */
function rowRoutes(deps: CampaignDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/targets',
      access: reading,
      params: one,
      query: ListTargets,
      handle: (ctx, { params, query }) => readTargets(ctx, params.campaignId, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/targets/export',
      access: exporting,
      params: one,
      query: ExportTargets,
      handle: (ctx, { params, query }) => exportTargets(ctx, { campaignId: params.campaignId, query }, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/problems',
      access: reading,
      params: one,
      query: ListProblems,
      handle: (ctx, { params, query }) => readProblems(ctx, params.campaignId, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/problems/export',
      access: exporting,
      params: one,
      query: ExportProblems,
      handle: (ctx, { params, query }) => exportProblems(ctx, { campaignId: params.campaignId, query }, deps),
    }),
  ]
}

/** Forms with their versions, and what a new one is checked against. */
function formRoutes(): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/surveys/forms', access: { ...reading, fields: 'none' }, handle: (ctx) => readForms(ctx) }),
    defineRoute({
      method: 'GET',
      path: '/surveys/form-ground',
      access: { ...reading, fields: 'none' },
      handle: (ctx) => readFormGround(ctx),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/forms/:formKey',
      access: { ...reading, fields: 'none' },
      params: z.strictObject({ formKey: Form.shape.key }),
      handle: (ctx, { params }) => readForm(ctx, params.formKey),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/forms',
      access: { ...managing, object: 'surveys.form', action: 'edit' },
      body: SaveForm,
      handle: (ctx, { body }) => saveForm(ctx, body),
    }),
  ]
}

function draftRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/population-filters',
      access: { ...reading, fields: 'none' },
      handle: (ctx) => readPopulationFilters(ctx),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns',
      access: managing,
      body: DraftCampaign,
      handle: (ctx, { body }) => draftCampaign(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/preview',
      access: managing,
      params: one,
      body: PreviewPopulation,
      handle: (ctx, { params, body }) => previewPopulation(ctx, params.campaignId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/freeze',
      access: managing,
      params: one,
      body: FreezePopulation,
      handle: (ctx, { params, body }) => freezePopulation(ctx, params.campaignId, body),
    }),
  ]
}

/** Opening and closing, and who calls. */
function shareRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/move',
      access: managing,
      params: one,
      body: MoveCampaign,
      handle: (ctx, { params, body }) => moveCampaign(ctx, params.campaignId, body),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/callers',
      access: managing,
      params: one,
      handle: (ctx, { params }) => readCallers(ctx, params.campaignId),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/share',
      access: managing,
      params: one,
      body: ShareWork,
      handle: (ctx, { params, body }) => shareCampaign(ctx, params.campaignId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/campaigns/:campaignId/assign',
      access: managing,
      params: one,
      body: AssignTargets,
      handle: (ctx, { params, body }) => assignTargets(ctx, params.campaignId, body),
    }),
  ]
}

function resultRoutes(deps: CampaignDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/progress',
      access: { ...reading, fields: 'none' },
      params: one,
      query: ReadProgress,
      handle: (ctx, { params, query }) => readProgress(ctx, params.campaignId, query.area),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/progress/export',
      access: exporting,
      params: one,
      query: ExportPlain,
      handle: (ctx, { params, query }) => exportProgress(ctx, { campaignId: params.campaignId, query }, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/campaigns/:campaignId/difference',
      access: { ...reading, fields: 'none' },
      params: one,
      handle: async (ctx, { params }) => ({ difference: (await readRoundDifference(ctx, params.campaignId)) ?? null }),
    }),
  ]
}

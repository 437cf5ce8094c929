import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  ChangeDraft,
  CheckText,
  ComparedVersions,
  PolicyKey,
  PublishDraft,
  ReadPolicy,
  RollBack,
  StartDraft,
  StepDraft,
} from '../contract.ts'
import { compareVersions } from './compare.ts'
import { checkText, listPolicies, listVersions, readPolicy } from './read-policies.ts'
import { changePolicy, draftPolicy, lookWhole, movePolicy, publishPolicy, rollBack } from './write-drafts.ts'

const reading = { action: 'read', object: 'policies.policy', scope: 'area', fields: 'none' } as const
const drafting = { action: 'draft', object: 'policies.policy', scope: 'county', fields: 'none' } as const
const publishing = { ...drafting, action: 'publish' } as const
const ofPolicy = z.strictObject({ policyKey: PolicyKey })
const ofVersion = z.strictObject({ versionId: z.uuid() })

/** The catalogue, its texts and their versions, and the way of a draft to publication. */
export function policyRoutes(): AnyRoute[] {
  return [...readingRoutes(), ...draftRoutes(), ...publishingRoutes()]
}

function readingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/policies',
      access: reading,
      handle: async (ctx) => ({ items: await listPolicies(ctx) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/policies/:policyKey',
      access: reading,
      params: ofPolicy,
      query: ReadPolicy,
      handle: (ctx, { params, query }) => readPolicy(ctx, params.policyKey, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/policies/:policyKey/versions',
      access: reading,
      params: ofPolicy,
      handle: async (ctx, { params }) => ({ items: await listVersions(ctx, params.policyKey) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/policies/differences',
      access: reading,
      query: ComparedVersions,
      handle: (ctx, { query }) => compareVersions(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/:policyKey/check',
      kind: 'question',
      access: drafting,
      params: ofPolicy,
      body: CheckText,
      handle: (ctx, { params, body }) => checkText(ctx, params.policyKey, body),
    }),
  ]
}

function draftRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/policies/:policyKey/drafts',
      access: drafting,
      params: ofPolicy,
      body: StartDraft,
      handle: (ctx, { params, body }) => draftPolicy(ctx, params.policyKey, body),
    }),
    defineRoute({
      method: 'PUT',
      path: '/policies/versions/:versionId',
      access: drafting,
      params: ofVersion,
      body: ChangeDraft,
      handle: (ctx, { params, body }) => changePolicy(ctx, params.versionId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/versions/:versionId/roll-back',
      access: drafting,
      params: ofVersion,
      body: RollBack,
      handle: (ctx, { params, body }) => rollBack(ctx, params.versionId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/versions/:versionId/submit',
      access: drafting,
      params: ofVersion,
      body: StepDraft,
      prepare: (ctx, { params }) => lookWhole(ctx, params.versionId),
      handle: (ctx, { params, body }) => movePolicy(ctx, params.versionId, { ...body, to: 'submitted' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/versions/:versionId/discard',
      access: drafting,
      params: ofVersion,
      body: StepDraft,
      handle: (ctx, { params, body }) => movePolicy(ctx, params.versionId, { ...body, to: 'discarded' }),
    }),
  ]
}

function publishingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/policies/versions/:versionId/return',
      access: publishing,
      params: ofVersion,
      body: StepDraft,
      handle: (ctx, { params, body }) => movePolicy(ctx, params.versionId, { ...body, to: 'returned' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/versions/:versionId/publish',
      access: publishing,
      params: ofVersion,
      body: PublishDraft,
      prepare: (ctx, { params }) => lookWhole(ctx, params.versionId),
      handle: (ctx, { params, body }) => publishPolicy(ctx, params.versionId, body),
    }),
  ]
}

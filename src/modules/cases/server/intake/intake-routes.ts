import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import {
  ActOnIntake,
  ActOnIntakes,
  EnterIntake,
  EnterIntakes,
  ExportIntakes,
  FilterIntakes,
  ListIntakes,
  ListVillageCodes,
  MakeVillageCodes,
  ReadPosters,
  ReplaceVillageCode,
  SearchIntakes,
  SetVillagePhone,
  ShowIntake,
} from '../../rules/intake/intake-requests.ts'
import { makeVillageCodes, readPosters, readVillageCodes, replaceVillageCode, setVillagePhone } from './declaration-codes.ts'
import type { KnownVillages } from './declaration-known.ts'
import { actOnIntake, actOnIntakes } from './intake-act.ts'
import { enterIntake, enterIntakes } from './intake-enter.ts'
import { exportIntakes } from './intake-export.ts'
import { readIntake, readIntakeCounts, readIntakes } from './intake-read.ts'
import { searchIntakes } from './intake-search.ts'
import { showIntake } from './intake-show.ts'

const reading = { action: 'read', object: 'cases.intake', scope: 'area', fields: 'masked' } as const
const handling = { ...reading, action: 'handle' } as const
const codes = { action: 'read', object: 'cases.village-code', scope: 'area', fields: 'none' } as const
const oneIntake = z.strictObject({ intakeId: z.uuid() })

interface IntakeDeps {
  readonly vault: Vault
  readonly filesDirectory: string
  readonly known: KnownVillages
}

/** What comes in: the inbox, one with what may be done, entering (one and many), acting (one and many), the list as a file. */
export function intakeRoutes(deps: IntakeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/intakes',
      access: reading,
      query: ListIntakes,
      handle: (ctx, { query }) => readIntakes(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/intake-counts',
      access: { ...reading, fields: 'none' },
      query: FilterIntakes,
      handle: (ctx, { query }) => readIntakeCounts(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/intakes/export',
      access: { ...reading, action: 'export' },
      query: ExportIntakes,
      handle: (ctx, { query }) => exportIntakes(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/intakes/:intakeId',
      access: reading,
      params: oneIntake,
      handle: (ctx, { params }) => readIntake(ctx, deps, params.intakeId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/intakes/search',
      kind: 'question',
      access: reading,
      body: SearchIntakes,
      handle: (ctx, { body }) => searchIntakes(ctx, deps, body),
    }),
    ...actRoutes(deps),
    ...codeRoutes(deps),
  ]
}

/** Entering and acting: one, and many of which each is refused by itself. */
function actRoutes(deps: IntakeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/intakes',
      access: { ...reading, action: 'enter' },
      body: EnterIntake,
      handle: (ctx, { body }) => enterIntake(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/intakes/many',
      access: { ...reading, action: 'enter' },
      body: EnterIntakes,
      handle: (ctx, { body }) => enterIntakes(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/intakes/:intakeId/acts',
      access: handling,
      params: oneIntake,
      body: ActOnIntake,
      notesRefusal: true,
      handle: async (ctx, { params, body }) => {
        const { state, caseId } = await actOnIntake(ctx, { intakeId: params.intakeId, act: body })
        return { state, caseId }
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/intakes/acts',
      access: handling,
      body: ActOnIntakes,
      notesRefusal: true,
      handle: (ctx, { body }) => actOnIntakes(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/intakes/:intakeId/show',
      access: { ...handling, fields: 'plain' },
      params: oneIntake,
      body: ShowIntake,
      isSecret: true,
      notesRefusal: true,
      handle: (ctx, { params, body }) => showIntake(ctx, deps, { ...params, ...body }),
    }),
  ]
}

/** The codes of villages, their telephones and posters. */
function codeRoutes({ known }: IntakeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/village-codes',
      access: codes,
      query: ListVillageCodes,
      handle: (ctx, { query }) => readVillageCodes(ctx, query.area),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/village-codes/posters',
      access: codes,
      query: ReadPosters,
      handle: (ctx, { query }) => readPosters(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/village-codes',
      access: { ...codes, action: 'replace' },
      body: MakeVillageCodes,
      handle: (ctx, { body }) => makeVillageCodes(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/village-codes/replace',
      access: { ...codes, action: 'replace' },
      body: ReplaceVillageCode,
      handle: (ctx, { body }) => replaceVillageCode(ctx, known, body),
    }),
    defineRoute({
      method: 'PUT',
      path: '/cases/village-codes/phone',
      access: { ...codes, action: 'replace' },
      body: SetVillagePhone,
      handle: (ctx, { body }) => setVillagePhone(ctx, known, body),
    }),
  ]
}

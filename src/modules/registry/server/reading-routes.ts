import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AddTag,
  EndTag,
  EndVillageKind,
  FilterHouseholds,
  HouseholdId,
  ListHouseholds,
  ListVillages,
  PersonId,
  Reveal,
  SearchHouseholds,
  SetVillageKind,
} from '../contract.ts'
import { getHousehold, type ReadingDeps } from './get-household.ts'
import { countFiltered, listHouseholds } from './list-households.ts'
import { listReveals, revealPerson } from './reveal-person.ts'
import { searchHouseholds } from './search-households.ts'
import { endTag, tagHousehold, verifyTag } from './tag-household.ts'
import { getTotals } from './totals-by-township.ts'
import { endVillageKind, listVillages, setVillageKind } from './village-kinds.ts'

const household = { object: 'registry.household', scope: 'area', fields: 'masked' } as const
const tag = { object: 'registry.tag', scope: 'area', fields: 'masked' } as const
const village = { object: 'registry.village', scope: 'area', fields: 'none' } as const
const householdParams = z.strictObject({ householdId: HouseholdId })
const personParams = z.strictObject({ personId: PersonId })
const tagParams = z.strictObject({ tagId: z.uuid() })

/** Routes of lists, search, the household page, reveals, tags, villages and totals. */
export function listReadingRoutes(deps: ReadingDeps): AnyRoute[] {
  return [...householdRoutes(deps), ...personRoutes(deps), ...tagRoutes(), ...villageRoutes()]
}

function householdRoutes(deps: ReadingDeps): AnyRoute[] {
  const access = { ...household, action: 'read' }
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/households',
      access,
      query: ListHouseholds,
      handle: (ctx, { query }) => listHouseholds(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/households/search',
      kind: 'question',
      access,
      body: SearchHouseholds,
      handle: (ctx, { body }) => searchHouseholds(ctx, body, deps.vault),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/households/counts',
      access,
      query: FilterHouseholds,
      handle: (ctx, { query }) => countFiltered(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/households/:householdId',
      access,
      params: householdParams,
      handle: (ctx, { params }) => getHousehold(ctx, params.householdId, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/totals',
      access: { ...household, action: 'read', fields: 'none' },
      handle: (ctx) => getTotals(ctx),
    }),
  ]
}

function personRoutes({ vault }: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/persons/:personId/reveal',
      isSecret: true,
      notesRefusal: true,
      access: { action: 'reveal', object: 'registry.person', scope: 'area', fields: 'plain' },
      params: personParams,
      body: Reveal,
      handle: (ctx, { params, body }) => revealPerson(ctx, { ...params, ...body, vault }),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/persons/:personId/reveals',
      access: { ...household, action: 'read' },
      params: personParams,
      handle: (ctx, { params }) => listReveals(ctx, params.personId),
    }),
  ]
}

function tagRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/households/:householdId/tags',
      access: { ...tag, action: 'edit' },
      params: householdParams,
      body: AddTag,
      handle: (ctx, { params, body }) => tagHousehold(ctx, params.householdId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/tags/:tagId/end',
      access: { ...tag, action: 'edit' },
      params: tagParams,
      body: EndTag,
      handle: (ctx, { params, body }) => endTag(ctx, params.tagId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/tags/:tagId/verify',
      access: { ...tag, action: 'verify' },
      params: tagParams,
      handle: (ctx, { params }) => verifyTag(ctx, params.tagId),
    }),
  ]
}

function villageRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/villages',
      access: { ...household, action: 'read', fields: 'none' },
      query: ListVillages,
      handle: (ctx, { query }) => listVillages(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/village-kinds',
      access: { ...village, action: 'edit' },
      body: SetVillageKind,
      handle: (ctx, { body }) => setVillageKind(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/village-kinds/:villageKindId/end',
      access: { ...village, action: 'edit' },
      params: z.strictObject({ villageKindId: z.uuid() }),
      body: EndVillageKind,
      handle: (ctx, { params, body }) => endVillageKind(ctx, params.villageKindId, body),
    }),
  ]
}

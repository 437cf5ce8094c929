import * as z from 'zod'
import { definePage, type AnyPage } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { DeclareForm } from '../../rules/intake/declaration-form.ts'
import { makePublicLimits } from '../public-limits.ts'
import { apologise, limitOpening, limitSending, showForm, showProgress, takeForm, type Desk } from './declaration-desk.ts'
import { makeFormNumbers } from './declaration-form-no.ts'
import type { KnownVillages } from './declaration-known.ts'
import { declarationStyle } from './declaration-view.ts'

const Code = z.strictObject({ code: z.string().regex(/^[0-9a-f]{32}$/) })
const Lang = z.strictObject({ lang: z.enum(['zh', 'en']).optional(), new: z.literal('1').optional() })
const access = { object: 'cases.declaration', scope: 'public', fields: 'none' } as const

/** The public pages: the form of a village's code, and how far a receipt is. */
export function declarationPages(deps: { vault: Vault; clock: () => number; known: KnownVillages }): AnyPage[] {
  const { vault, clock, known } = deps
  const numbers = makeFormNumbers(vault.deriveKey('declaration forms'))
  const desk: Desk = { vault, clock, known, numbers, limits: makePublicLimits({ vault, clock }) }
  const both = { params: Code, query: Lang, style: declarationStyle }
  return [
    definePage({
      ...both,
      method: 'GET',
      path: '/declare/:countyCode/:code',
      access: { ...access, action: 'read' },
      limit: (ctx, call) => limitOpening(desk, ctx, call),
      handle: (ctx, { call }) => showForm(desk, ctx, call),
      refuse: (ctx, refused) => apologise(desk, ctx, refused),
    }),
    definePage({
      ...both,
      method: 'POST',
      path: '/declare/:countyCode/:code',
      access: { ...access, action: 'declare' },
      form: DeclareForm,
      limit: (ctx, call) => limitSending(desk, ctx, call),
      handle: (ctx, { params, form, call }) => takeForm(desk, ctx, { code: params.code, form, call }),
      refuse: (ctx, refused) => apologise(desk, ctx, refused),
    }),
    definePage({
      ...both,
      method: 'GET',
      path: '/progress/:countyCode/:code',
      access: { ...access, action: 'follow' },
      limit: (ctx, call) => limitOpening(desk, ctx, call),
      handle: (ctx, { params, call }) => showProgress(desk, ctx, { code: params.code, call }),
      refuse: (ctx, refused) => apologise(desk, ctx, refused),
    }),
  ]
}

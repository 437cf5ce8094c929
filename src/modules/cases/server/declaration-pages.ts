import * as z from 'zod'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { addressKey, definePage, makeTokenBuckets, type AnyPage, type PageAnswer, type PageCall } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { DeclareForm, readDeclaration, type Declaration, type DeclarationProblem } from '../rules/declaration-form.ts'
import { findReceiptOfForm, findStanding } from './declaration-store.ts'
import { makeFormNumbers } from './declaration-form-no.ts'
import type { KnownVillage, KnownVillages } from './declaration-known.ts'
import { dueOf } from './declaration-terms.ts'
import { declarationStyle, formPage, languageOf, progressPage, sentencePage, type Said, type Trouble } from './declaration-view.ts'
import { receiveIntake } from './intake-receive.ts'
import { requestMatch } from './jobs/intake-jobs.ts'

/** What the public pages are made with. */
export interface DeclarationDeps {
  readonly vault: Vault
  readonly clock: () => number
  readonly known: KnownVillages
}

const Code = z.strictObject({ code: z.string().regex(/^[0-9a-f]{32}$/) })
const Lang = z.strictObject({ lang: z.enum(['zh', 'en']).optional(), new: z.literal('1').optional() })
const access = { object: 'cases.declaration', scope: 'public', fields: 'none' } as const
const style = declarationStyle

/** The public pages: the form of a village's code, and how far a receipt is. */
export function declarationPages(deps: DeclarationDeps): AnyPage[] {
  const desk = makeDesk(deps)
  return [
    definePage({
      method: 'GET',
      path: '/declare/:countyCode/:code',
      access: {
        ...access,
        action: 'read',
      },
      params: Code,
      query: Lang,
      style,
      limit: desk.limitOpening,
      handle: async (ctx, { params, call }) =>
        desk.show(ctx, {
          ...params,
          call,
        }),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
    definePage({
      method: 'POST',
      path: '/declare/:countyCode/:code',
      access: {
        ...access,
        action: 'declare',
      },
      params: Code,
      query: Lang,
      form: DeclareForm,
      style,
      limit: desk.limitSending,
      handle: async (ctx, { params, form, call }) =>
        desk.take(ctx, {
          ...params,
          form,
          call,
        }),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
    definePage({
      method: 'GET',
      path: '/progress/:countyCode/:code',
      access: {
        ...access,
        action: 'follow',
      },
      params: Code,
      query: Lang,
      style,
      limit: desk.limitOpening,
      handle: async (ctx, { params, call }) =>
        desk.progress(ctx, {
          ...params,
          call,
        }),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
  ]
}

interface Called {
  readonly code: string
  readonly call: PageCall
}

function makeDesk({ vault, clock, known }: DeclarationDeps) {
  const buckets = makeTokenBuckets()
  const numbers = makeFormNumbers(vault.deriveKey('declaration forms'))

  const saidOf = async (ctx: Context, call: PageCall): Promise<Said> => {
    const village = await known.find(ctx, call.params['code'] ?? '')
    return { language: languageOf(call.query), village, terms: village?.terms ?? (await known.termsOf(ctx)) }
  }
  /** The form again, with what was written; nothing of it is lost. */
  const again = (
    said: Said & { village: KnownVillage },
    call: PageCall,
    trouble?: Trouble,
    problems: readonly DeclarationProblem[] = [],
  ) => {
    const code = call.params['code'] ?? ''
    const action = said.language === 'en' ? '?lang=en' : '?lang=zh'
    return formPage(said, { formNo: numbers.make(code, clock()), action, form: call.form, trouble, problems })
  }
  const busy = async (ctx: Context, call: PageCall, isForm: boolean): Promise<PageAnswer> => {
    const said = await saidOf(ctx, call)
    return isForm && said.village !== undefined ? again({ ...said, village: said.village }, call, 'busy') : sentencePage(said, 'busyPage')
  }

  return {
    limitOpening: async (ctx: Context, call: PageCall) => {
      const { rates } = await known.termsOf(ctx)
      const key = `${ctx.scope.countyCode} open`
      const isOpen =
        buckets.take(`${key} ${addressKey(call.address)}`, rates.openPerAddress, clock()) && buckets.take(key, rates.openAll, clock())
      return isOpen ? undefined : busy(ctx, call, false)
    },
    limitSending: async (ctx: Context, call: PageCall) => {
      const { rates } = await known.termsOf(ctx)
      const isOpen = buckets.take(`${ctx.scope.countyCode} send ${addressKey(call.address)}`, rates.sendPerAddress, clock())
      return isOpen ? undefined : busy(ctx, call, true)
    },
    show: async (ctx: Context, { call }: Called): Promise<PageAnswer> => {
      const said = await saidOf(ctx, call)
      return said.village === undefined ? notFound(sentencePage(said, 'nothing')) : again({ ...said, village: said.village }, call)
    },
    take: async (ctx: Context, { code, form, call }: Called & { form: DeclareForm }): Promise<PageAnswer> => {
      const found = await saidOf(ctx, call)
      const { village } = found
      if (village === undefined) return notFound(sentencePage(found, 'nothing'))
      const said = { ...found, village }
      const read = readDeclaration(form)
      if (!read.ok) return unfit(again(said, call, 'mend', read.problems))
      const age = numbers.read(code, form.no, clock())
      if (age !== 'fresh') return unfit(again(said, call, age === 'old' ? 'again' : 'unfit'))
      const goTo = (receiptCode: string) => ({
        seeOther: `/progress/${ctx.scope.countyCode}/${receiptCode}?new=1${said.language === 'en' ? '&lang=en' : ''}`,
      })
      const before = await inTransaction(ctx, (db) => findReceiptOfForm(db, ctx, form.no))
      if (before !== undefined) return goTo(before.code)
      const { rates } = village.terms
      const key = `${ctx.scope.countyCode} taken`
      const isOpen = buckets.take(`${key} ${code}`, rates.sendPerVillage, clock()) && buckets.take(key, rates.sendAll, clock())
      if (!isOpen) return tooMany(again(said, call, 'busy'))
      return goTo(await keep(ctx, { vault, village, formNo: form.no, declaration: read.declaration }))
    },
    progress: async (ctx: Context, { code, call }: Called): Promise<PageAnswer> => {
      const standing = await inTransaction(ctx, (db) => findStanding(db, ctx, code))
      const said = { language: languageOf(call.query), village: undefined, terms: await known.termsOf(ctx) }
      if (standing === undefined) return notFound(sentencePage(said, 'nothing'))
      const receivedOn = dayOf(Date.parse(standing.receivedAt))
      const { receiptNo, isFirst, villagePhone: phone } = standing
      const dueOn = isFirst ? standing.dueOn : await dueOf(ctx, said.terms, receivedOn)
      const after = (day: string | null) => (day !== null && (isFirst || day > receivedOn) ? day : null)
      const address = `${said.terms.publicAddress ?? call.origin}/progress/${ctx.scope.countyCode}/${code}`
      return progressPage(said, {
        receiptNo,
        dueOn,
        phone,
        address,
        receivedOn,
        isNew: call.query['new'] === '1',
        checkingOn: after(standing.caseOpenedOn),
        decidedOn: standing.caseDecidedOn ?? standing.closedOn,
      })
    },
    apologise: async (ctx: Context, refused: PageCall & { reason: 'not-found' | 'fields' | 'too-large' | 'unreadable' | 'fault' }) => {
      const said = await saidOf(ctx, refused)
      const { village } = said
      if (refused.reason === 'not-found') return sentencePage(said, 'nothing')
      if (refused.reason === 'too-large') return sentencePage(said, 'large')
      const isForm = village !== undefined && Object.keys(refused.form).length > 0
      if (refused.reason === 'unreadable' || !isForm) return sentencePage(said, refused.reason === 'fault' ? 'fault' : 'unreadable')
      return again({ ...said, village }, refused, refused.reason === 'fault' ? 'fault' : 'unfit')
    },
  }
}

/** Keeps a declaration and asks that its household be sought, in one transaction; the code of its receipt. */
async function keep(
  ctx: Context,
  given: { vault: Vault; village: KnownVillage; formNo: string; declaration: Declaration },
): Promise<string> {
  const { vault, village, formNo, declaration } = given
  return inTransaction(ctx, async (db: Db) => {
    const within = { ...ctx, db }
    const taken = await receiveIntake(within, { vault }, { channel: 'declaration', areaPath: village.areaPath, formNo, ...declaration })
    if (!taken.isReplay && !taken.isJoined) await requestMatch(within, taken.intakeId)
    return taken.receipt.code
  })
}

const withStatus =
  (status: number) =>
  (answer: PageAnswer): PageAnswer =>
    'seeOther' in answer ? answer : { ...answer, status }
const notFound = withStatus(404)
const unfit = withStatus(422)
const tooMany = withStatus(429)

import * as z from 'zod'
import { dayOf, dueDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { addressKey, definePage, makeTokenBuckets, type AnyPage, type PageAnswer, type PageCall } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { countyPathOf } from '../rules/case-seat.ts'
import { ObjectForm } from '../rules/objection-requests.ts'
import { isHanging } from '../rules/notice-states.ts'
import { makeFormNumbers } from './declaration-form-no.ts'
import { declarationTerms } from './declaration-terms.ts'
import { languageOf } from './declaration-view.ts'
import { placeOf } from './notice-make.ts'
import {
  noticePageStyle,
  objectionFormPage,
  overPage,
  receiptPage,
  type ObjectionTrouble,
  type SaidHere,
  type ShownNotice,
} from './notice-page-view.ts'
import { findNotice, findNoticeOfCode, type KeptNotice } from './notice-store.ts'
import { noticeTermsOf } from './notice-terms.ts'
import { receiveObjection } from './objection-act.ts'
import { findObjectionOf } from './objection-store.ts'

interface Deps {
  readonly vault: Vault
  readonly clock: () => number
}

const Code = z.strictObject({ code: z.string().regex(/^[0-9a-f]{32}$/) })
const Lang = z.strictObject({ lang: z.enum(['zh', 'en']).optional(), new: z.literal('1').optional() })
const access = { object: 'cases.objection', scope: 'public', fields: 'none' } as const
const style = noticePageStyle
const leastText = 5

/** The public pages of a notice: the form behind the poster's QR code, and how far an objection is. Neither names anybody. */
export function noticePages(deps: Deps): AnyPage[] {
  const desk = makeDesk(deps)
  return [
    definePage({
      method: 'GET',
      path: '/object/:countyCode/:code',
      access: { ...access, action: 'read' },
      ...{ params: Code, query: Lang, style },
      limit: desk.limitOpening,
      handle: (ctx, { params, call }) => desk.show(ctx, params.code, call),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
    definePage({
      method: 'POST',
      path: '/object/:countyCode/:code',
      access: { ...access, action: 'object' },
      ...{ params: Code, query: Lang, form: ObjectForm, style },
      limit: desk.limitSending,
      handle: (ctx, { params, form, call }) => desk.take(ctx, { code: params.code, form, call }),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
    definePage({
      method: 'GET',
      path: '/objection/:countyCode/:code',
      access: { ...access, action: 'follow' },
      ...{ params: Code, query: Lang, style },
      limit: desk.limitOpening,
      handle: (ctx, { params, call }) => desk.progress(ctx, params.code, call),
      refuse: (ctx, refused) => desk.apologise(ctx, refused),
    }),
  ]
}

type Within = Context & { readonly db: Db }

function makeDesk({ vault, clock }: Deps) {
  const buckets = makeTokenBuckets()
  const numbers = makeFormNumbers(vault.deriveKey('objection forms'))
  const nobody = (call: PageCall, ctx: Context) => saidOf(ctx, call, undefined)
  const again = async (ctx: Within, call: PageCall, notice: KeptNotice, trouble?: ObjectionTrouble) => {
    const formNo = numbers.make(notice.code, clock())
    return objectionFormPage(await saidOf(ctx, call, notice), { notice: await shownOf(ctx, notice), formNo, form: call.form, trouble })
  }
  /** The notice of a code that hangs today; one that is over or was withdrawn is no longer there. */
  const hanging = async (ctx: Within, code: string) => {
    const notice = await findNoticeOfCode(ctx.db, ctx.scope, code)
    const isThere = notice !== undefined && isHanging(notice.state) && (notice.endsOn === null || ctx.today <= notice.endsOn)
    return isThere ? notice : undefined
  }
  const within = <Answer>(ctx: Context, work: (inner: Within) => Promise<Answer>) => inTransaction(ctx, (db) => work({ ...ctx, db }))
  const refill = (ctx: Context, call: PageCall, trouble: ObjectionTrouble, status: number): Promise<PageAnswer> =>
    within(ctx, async (inner) => {
      const notice = await hanging(inner, call.params['code'] ?? '')
      if (notice === undefined) return overPage(await nobody(call, inner))
      return withStatus(await again(inner, call, notice, trouble), status)
    })
  return {
    limitOpening: async (ctx: Context, call: PageCall) => {
      const { rates } = await declarationTerms(ctx, countyPathOf(ctx.scope.countyCode))
      const key = `${ctx.scope.countyCode} open`
      const isOpen =
        buckets.take(`${key} ${addressKey(call.address)}`, rates.openPerAddress, clock()) && buckets.take(key, rates.openAll, clock())
      return isOpen ? undefined : overPage(await nobody(call, ctx), 429)
    },
    limitSending: async (ctx: Context, call: PageCall) => {
      const { rates } = await declarationTerms(ctx, countyPathOf(ctx.scope.countyCode))
      const isOpen = buckets.take(`${ctx.scope.countyCode} send ${addressKey(call.address)}`, rates.sendPerAddress, clock())
      return isOpen ? undefined : refill(ctx, call, 'busy', 429)
    },
    show: (ctx: Context, code: string, call: PageCall): Promise<PageAnswer> =>
      within(ctx, async (inner) => {
        const notice = await hanging(inner, code)
        return notice === undefined ? overPage(await nobody(call, inner)) : again(inner, call, notice)
      }),
    take: async (ctx: Context, given: { code: string; form: ObjectForm; call: PageCall }): Promise<PageAnswer> => {
      const { code, form, call } = given
      if (form.text.trim().length < leastText) return refill(ctx, call, 'mend', 422)
      const age = numbers.read(code, form.no, clock())
      if (age !== 'fresh') return refill(ctx, call, age === 'old' ? 'again' : 'unfit', 422)
      return within(ctx, async (inner) => {
        const notice = await hanging(inner, code)
        if (notice === undefined) return overPage(await nobody(call, inner))
        const { rates } = await declarationTerms(inner, notice.areaPath)
        if (!buckets.take(`${ctx.scope.countyCode} taken ${code}`, rates.sendPerVillage, clock()))
          return withStatus(await again(inner, call, notice, 'busy'), 429)
        const about = form.about.trim() === '' ? '' : `反映对象：${form.about.trim()}\n`
        const words = { text: `${about}${form.text.trim()}`, name: form.name.trim(), phone: form.phone.trim() }
        const taken = await receiveObjection(inner, { vault }, { noticeId: notice.noticeId, source: 'page', formNo: form.no, ...words })
        return {
          seeOther: `/objection/${ctx.scope.countyCode}/${taken.receiptCode}?new=1${languageOf(call.query) === 'en' ? '&lang=en' : ''}`,
        }
      })
    },
    progress: (ctx: Context, code: string, call: PageCall): Promise<PageAnswer> =>
      within(ctx, async (inner) => {
        const found = await findObjectionOf(inner.db, inner.scope, { receiptCode: code })
        if (found === undefined) return overPage(await nobody(call, inner))
        const notice = await findNotice(inner.db, inner.scope, found.noticeId)
        const { publicAddress } = await declarationTerms(inner, found.areaPath)
        const on = (at: string | null) => (at === null ? null : dayOf(Date.parse(at)))
        return receiptPage(await saidOf(inner, call, notice), {
          ...{ objectionNo: found.objectionNo, receivedOn: found.receivedOn, dueOn: found.dueOn, isNew: call.query['new'] === '1' },
          ...{ checkingOn: on(found.checkBeganAt), answeredOn: on(found.answeredAt) },
          address: `${publicAddress ?? call.origin}/objection/${ctx.scope.countyCode}/${code}`,
        })
      }),
    apologise: async (ctx: Context, refused: PageCall & { reason: string }): Promise<PageAnswer> =>
      Object.keys(refused.form).length > 0 ? refill(ctx, refused, 'unfit', 422) : overPage(await nobody(refused, ctx)),
  }
}

async function saidOf(ctx: Context, call: PageCall, notice: KeptNotice | undefined): Promise<SaidHere> {
  const phones = notice?.phones ?? (await noticeTermsOf(ctx, countyPathOf(ctx.scope.countyCode))).phones
  return { language: languageOf(call.query), phones }
}

async function shownOf(ctx: Within, notice: KeptNotice): Promise<ShownNotice> {
  const { township, village } = await placeOf(ctx, notice.areaPath)
  const { objectionDays: days, objectionCalendar: calendar } = await noticeTermsOf(ctx, notice.areaPath)
  const dueOn = dueDay(ctx.today, { days, calendar }, await openCalendar(ctx)).on
  return { title: notice.title, place: `${township}${village}`, endsOn: notice.endsOn, dueOn }
}

function withStatus(answer: PageAnswer, status: number): PageAnswer {
  return 'seeOther' in answer ? answer : { ...answer, status }
}

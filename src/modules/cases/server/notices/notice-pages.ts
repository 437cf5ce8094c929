import * as z from 'zod'
import { dayOf, dueDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { addressKey, definePage, type AnyPage, type PageAnswer, type PageCall } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { countyPathOf } from '../../rules/case-seat.ts'
import { ObjectForm } from '../../rules/notices/objection-requests.ts'
import { isHanging } from '../../rules/notices/notice-states.ts'
import { makeFormNumbers } from '../intake/declaration-form-no.ts'
import { declarationTerms } from '../intake/declaration-terms.ts'
import { languageOf } from '../intake/declaration-view.ts'
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
import { makePublicLimits, type PublicLimits } from '../public-limits.ts'
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
  const shown = { params: Code, query: Lang, style, limit: desk.limitOpening, refuse: desk.apologise }
  return [
    definePage({
      ...shown,
      method: 'GET',
      path: '/object/:countyCode/:code',
      access: { ...access, action: 'read' },
      handle: (ctx, { params, call }) => desk.show(ctx, params.code, call),
    }),
    definePage({
      ...shown,
      method: 'POST',
      path: '/object/:countyCode/:code',
      access: { ...access, action: 'object' },
      form: ObjectForm,
      limit: desk.limitSending,
      handle: (ctx, { params, form, call }) => desk.take(ctx, { code: params.code, form, call }),
    }),
    definePage({
      ...shown,
      method: 'GET',
      path: '/objection/:countyCode/:code',
      access: { ...access, action: 'follow' },
      handle: (ctx, { params, call }) => desk.progress(ctx, params.code, call),
    }),
  ]
}

type Within = Context & { readonly db: Db }

const within = <Answer>(ctx: Context, work: (inner: Within) => Promise<Answer>) => inTransaction(ctx, (db) => work({ ...ctx, db }))

/** The notice of a code that hangs today; one that is over or was withdrawn is no longer there. */
async function hanging(ctx: Within, code: string): Promise<KeptNotice | undefined> {
  const notice = await findNoticeOfCode(ctx.db, ctx.scope, code)
  const isThere = notice !== undefined && isHanging(notice.state) && (notice.endsOn === null || ctx.today <= notice.endsOn)
  return isThere ? notice : undefined
}

const nobody = (ctx: Context, call: PageCall) => saidOf(ctx, call, undefined)

function makeDesk({ vault, clock }: Deps) {
  const limits = makePublicLimits({ vault, clock })
  const numbers = makeFormNumbers(vault.deriveKey('objection forms'))
  const again = async (ctx: Within, call: PageCall, notice: KeptNotice, trouble?: ObjectionTrouble) => {
    const formNo = numbers.make(notice.code, clock())
    return objectionFormPage(await saidOf(ctx, call, notice), { notice: await shownOf(ctx, notice), formNo, form: call.form, trouble })
  }
  const refill = (ctx: Context, call: PageCall, trouble: ObjectionTrouble, status: number): Promise<PageAnswer> =>
    within(ctx, async (inner) => {
      const notice = await hanging(inner, call.params['code'] ?? '')
      if (notice === undefined) return overPage(await nobody(inner, call))
      return withStatus(await again(inner, call, notice, trouble), status)
    })
  const mayTake = async (ctx: Within, notice: KeptNotice) => {
    const { rates } = await declarationTerms(ctx, notice.areaPath)
    return limits.take(ctx, [{ key: `objected ${notice.code}`, rate: rates.sendPerVillage }])
  }
  return {
    ...makeLimits({ limits, refill }),
    show: (ctx: Context, code: string, call: PageCall): Promise<PageAnswer> =>
      within(ctx, async (inner) => {
        const notice = await hanging(inner, code)
        return notice === undefined ? overPage(await nobody(inner, call)) : again(inner, call, notice)
      }),
    take: async (ctx: Context, given: { code: string; form: ObjectForm; call: PageCall }): Promise<PageAnswer> => {
      const { code, form, call } = given
      if (form.text.trim().length < leastText) return refill(ctx, call, 'mend', 422)
      const age = numbers.read(code, form.no, clock())
      if (age !== 'fresh') return refill(ctx, call, age === 'old' ? 'again' : 'unfit', 422)
      return within(ctx, async (inner) => {
        const notice = await hanging(inner, code)
        if (notice === undefined) return overPage(await nobody(inner, call))
        if (!(await mayTake(inner, notice))) return withStatus(await again(inner, call, notice, 'busy'), 429)
        return keep(inner, { vault, notice, form, call })
      })
    },
    progress: (ctx: Context, code: string, call: PageCall): Promise<PageAnswer> => within(ctx, (inner) => showProgress(inner, code, call)),
    apologise: async (ctx: Context, refused: PageCall & { reason: string }): Promise<PageAnswer> =>
      Object.keys(refused.form).length > 0 ? refill(ctx, refused, 'unfit', 422) : overPage(await nobody(ctx, refused)),
  }
}

interface Limits {
  readonly limits: PublicLimits
  readonly refill: (ctx: Context, call: PageCall, trouble: ObjectionTrouble, status: number) => Promise<PageAnswer>
}

function makeLimits({ limits, refill }: Limits) {
  const ratesOf = async (ctx: Context) => (await declarationTerms(ctx, countyPathOf(ctx.scope.countyCode))).rates
  return {
    limitOpening: async (ctx: Context, call: PageCall) => {
      const rates = await ratesOf(ctx)
      const asked = [
        { key: `object open ${addressKey(call.address)}`, rate: rates.openPerAddress },
        { key: 'object open', rate: rates.openAll },
      ]
      return (await limits.take(ctx, asked)) ? undefined : overPage(await nobody(ctx, call), 429)
    },
    limitSending: async (ctx: Context, call: PageCall) => {
      const rates = await ratesOf(ctx)
      const asked = [{ key: `object send ${addressKey(call.address)}`, rate: rates.sendPerAddress }]
      return (await limits.take(ctx, asked)) ? undefined : refill(ctx, call, 'busy', 429)
    },
  }
}

/** Keeps what was objected and sends the browser to its receipt. */
async function keep(ctx: Within, given: { vault: Vault; notice: KeptNotice; form: ObjectForm; call: PageCall }): Promise<PageAnswer> {
  const { vault, notice, form, call } = given
  const about = form.about.trim() === '' ? '' : `反映对象：${form.about.trim()}\n`
  const words = { text: `${about}${form.text.trim()}`, name: form.name.trim(), phone: form.phone.trim() }
  const taken = await receiveObjection(ctx, { vault }, { noticeId: notice.noticeId, source: 'page', formNo: form.no, ...words })
  const language = languageOf(call.query) === 'en' ? '&lang=en' : ''
  return { seeOther: `/objection/${ctx.scope.countyCode}/${taken.receiptCode}?new=1${language}` }
}

async function showProgress(ctx: Within, code: string, call: PageCall): Promise<PageAnswer> {
  const found = await findObjectionOf(ctx.db, ctx.scope, { receiptCode: code })
  if (found === undefined) return overPage(await nobody(ctx, call))
  const notice = await findNotice(ctx.db, ctx.scope, found.noticeId)
  const { publicAddress } = await declarationTerms(ctx, found.areaPath)
  const on = (at: string | null) => (at === null ? null : dayOf(Date.parse(at)))
  return receiptPage(await saidOf(ctx, call, notice), {
    objectionNo: found.objectionNo,
    receivedOn: found.receivedOn,
    dueOn: found.dueOn,
    isNew: call.query['new'] === '1',
    checkingOn: on(found.checkBeganAt),
    answeredOn: on(found.answeredAt),
    address: `${publicAddress ?? call.origin}/objection/${ctx.scope.countyCode}/${code}`,
  })
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

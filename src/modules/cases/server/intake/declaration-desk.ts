import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { addressKey, type PageAnswer, type PageCall, type PageRefusal } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { readDeclaration, type Declaration, type DeclarationProblem, type DeclareForm } from '../../rules/intake/declaration-form.ts'
import type { PublicLimits } from '../public-limits.ts'
import type { FormNumbers } from './declaration-form-no.ts'
import type { KnownVillage, KnownVillages } from './declaration-known.ts'
import { findReceiptOfForm, findStanding } from './declaration-store.ts'
import { dueOf } from './declaration-terms.ts'
import { formPage, languageOf, progressPage, sentencePage, type Said, type Trouble } from './declaration-view.ts'
import { receiveIntake } from './intake-receive.ts'
import { requestMatch } from './jobs/intake-jobs.ts'

/** What the public pages work with. */
export interface Desk {
  readonly vault: Vault
  readonly clock: () => number
  readonly known: KnownVillages
  readonly numbers: FormNumbers
  readonly limits: PublicLimits
}

async function saidOf(desk: Desk, ctx: Context, call: PageCall): Promise<Said> {
  const village = await desk.known.find(ctx, call.params['code'] ?? '')
  return { language: languageOf(call.query), village, terms: village?.terms ?? (await desk.known.termsOf(ctx)) }
}

/** The form, empty or again with all that was written, under a new number. */
function formAgain(
  desk: Desk,
  said: Said & { village: KnownVillage },
  given: { call: PageCall; trouble?: Trouble | undefined; problems?: readonly DeclarationProblem[] },
): PageAnswer {
  const { call, trouble, problems = [] } = given
  const formNo = desk.numbers.make(call.params['code'] ?? '', desk.clock())
  return formPage(said, { formNo, action: `?lang=${said.language}`, form: call.form, trouble, problems })
}

/** Too many calls from one address, or at all: a page with telephones; a form keeps what was written. */
async function tooBusy(desk: Desk, ctx: Context, given: { call: PageCall; isForm: boolean }): Promise<PageAnswer> {
  const said = await saidOf(desk, ctx, given.call)
  const { village } = said
  if (!given.isForm || village === undefined) return sentencePage(said, 'busyPage')
  return formAgain(desk, { ...said, village }, { call: given.call, trouble: 'busy' })
}

/** Pages that are opened: so many a minute for an address, and for all together. */
export async function limitOpening(desk: Desk, ctx: Context, call: PageCall): Promise<PageAnswer | undefined> {
  const { rates } = await desk.known.termsOf(ctx)
  const asked = [
    { key: `open ${addressKey(call.address)}`, rate: rates.openPerAddress },
    { key: 'open', rate: rates.openAll },
  ]
  return (await desk.limits.take(ctx, asked)) ? undefined : tooBusy(desk, ctx, { call, isForm: false })
}

/** Forms that are sent, whatever is in them: so many an hour for an address. Those of a village and of all count when one is taken. */
export async function limitSending(desk: Desk, ctx: Context, call: PageCall): Promise<PageAnswer | undefined> {
  const { rates } = await desk.known.termsOf(ctx)
  const asked = [{ key: `send ${addressKey(call.address)}`, rate: rates.sendPerAddress }]
  return (await desk.limits.take(ctx, asked)) ? undefined : tooBusy(desk, ctx, { call, isForm: true })
}

export async function showForm(desk: Desk, ctx: Context, call: PageCall): Promise<PageAnswer> {
  const said = await saidOf(desk, ctx, call)
  const { village } = said
  return village === undefined ? withStatus(404, sentencePage(said, 'nothing')) : formAgain(desk, { ...said, village }, { call })
}

/** Takes a form once; what is lacking, too old or too much is shown again with what was written. */
export async function takeForm(desk: Desk, ctx: Context, given: { code: string; form: DeclareForm; call: PageCall }): Promise<PageAnswer> {
  const { code, form, call } = given
  const found = await saidOf(desk, ctx, call)
  const { village } = found
  if (village === undefined) return withStatus(404, sentencePage(found, 'nothing'))
  const said = { ...found, village }
  const read = readDeclaration(form)
  if (!read.ok) return withStatus(422, formAgain(desk, said, { call, trouble: 'mend', problems: read.problems }))
  const age = desk.numbers.read(code, form.no, desk.clock())
  if (age !== 'fresh') return withStatus(422, formAgain(desk, said, { call, trouble: age === 'old' ? 'again' : 'unfit' }))
  const goTo = (receiptCode: string) => ({ seeOther: `/progress/${ctx.scope.countyCode}/${receiptCode}?new=1&lang=${said.language}` })
  const before = await inTransaction(ctx, (db) => findReceiptOfForm(db, ctx, form.no))
  if (before !== undefined) return goTo(before.code)
  const { rates } = village.terms
  const asked = [
    { key: `taken ${code}`, rate: rates.sendPerVillage },
    { key: 'taken', rate: rates.sendAll },
  ]
  if (!(await desk.limits.take(ctx, asked))) return withStatus(429, formAgain(desk, said, { call, trouble: 'busy' }))
  return goTo(await keep(desk, ctx, { village, formNo: form.no, declaration: read.declaration }))
}

/** Keeps a declaration and asks that its household be sought, in one transaction; the code of its receipt. */
async function keep(
  { vault }: Desk,
  ctx: Context,
  given: { village: KnownVillage; formNo: string; declaration: Declaration },
): Promise<string> {
  const { village, formNo, declaration } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const taken = await receiveIntake(within, { vault }, { channel: 'declaration', areaPath: village.areaPath, formNo, ...declaration })
    if (!taken.isReplay && !taken.isJoined) await requestMatch(within, taken.intakeId)
    return taken.receipt.code
  })
}

/** How far a receipt's intake is: days, never names. A receipt that joined an open one is told nothing of what was before it. */
export async function showProgress(desk: Desk, ctx: Context, { code, call }: { code: string; call: PageCall }): Promise<PageAnswer> {
  const standing = await inTransaction(ctx, (db) => findStanding(db, ctx, code))
  const said = { language: languageOf(call.query), village: undefined, terms: await desk.known.termsOf(ctx) }
  if (standing === undefined) return withStatus(404, sentencePage(said, 'nothing'))
  const receivedOn = dayOf(Date.parse(standing.receivedAt))
  const { receiptNo, isFirst, villagePhone: phone, caseOpenedOn } = standing
  const isTold = caseOpenedOn !== null && (isFirst || caseOpenedOn > receivedOn)
  return progressPage(said, {
    receiptNo,
    phone,
    receivedOn,
    isNew: call.query['new'] === '1',
    dueOn: isFirst ? standing.dueOn : await dueOf(ctx, said.terms, receivedOn),
    address: `${said.terms.publicAddress ?? call.origin}/progress/${ctx.scope.countyCode}/${code}`,
    checkingOn: isTold ? caseOpenedOn : null,
    decidedOn: standing.caseDecidedOn ?? standing.closedOn,
  })
}

/** What is shown where a call was refused before it was read. */
export async function apologise(desk: Desk, ctx: Context, refused: PageCall & { readonly reason: PageRefusal }): Promise<PageAnswer> {
  const said = await saidOf(desk, ctx, refused)
  const { village } = said
  const { reason } = refused
  if (reason === 'not-found') return sentencePage(said, 'nothing')
  if (reason === 'too-large') return sentencePage(said, 'large')
  if (reason === 'unreadable') return sentencePage(said, 'unreadable')
  const isFault = reason === 'fault'
  if (village === undefined || Object.keys(refused.form).length === 0) return sentencePage(said, isFault ? 'fault' : 'unreadable')
  return formAgain(desk, { ...said, village }, { call: refused, trouble: isFault ? 'fault' : 'unfit' })
}

function withStatus(status: number, answer: PageAnswer): PageAnswer {
  return 'seeOther' in answer ? answer : { ...answer, status }
}

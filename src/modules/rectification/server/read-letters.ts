import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { letterNumber, type LetterCard, type LetterFile } from '../rules/letter-records.ts'
import { isAbove, isOfUnit } from '../rules/problem-seat.ts'
import type { ListLetters } from '../rules/problem-requests.ts'
import { overdueSeconds } from '../rules/problem-due.ts'
import { reminderText } from '../rules/reminder-text.ts'
import { inProblems, whileReadingProblems } from './closed-kinds-store.ts'
import { actOnProblems } from './act-on-problems.ts'
import { rectificationErrors } from './errors.ts'
import { findLetter, listLetterFiles, receiveLetters } from './letter-store.ts'
import { listProblemRows } from './problem-list-store.ts'
import { seatOf } from './seat-store.ts'
import { termsFor } from './terms.ts'

/** A page of letters, the newest first. */
export async function readLetters(ctx: Context, query: ListLetters): Promise<Page<LetterCard>> {
  return whileReadingProblems(ctx, async (db) => {
    const { after, limit, ...filter } = query
    const rows = await listLetterFiles(db, ctx, { filter, limit: limit + 1, after: readCursor(after, ['text']) })
    const page = toPage(rows, limit, (one) => [one.letterNo])
    return { ...page, items: page.items.map((letter) => toCard(ctx, letter)) }
  })
}

/** One letter, by its id or by the code of its QR. Throws `http.not-found`. */
export async function readLetter(ctx: Context, by: { letterId: string } | { code: string }): Promise<LetterCard & { number: string }> {
  return whileReadingProblems(ctx, async (db) => {
    const letter = await getLetter({ ...ctx, db }, by)
    const { letterWord } = await termsFor({ ...ctx, db })
    return { ...toCard(ctx, letter), number: letterNumber(letterWord, letter.letterNo) }
  })
}

export async function getLetter(ctx: Context & { readonly db: Db }, by: { letterId: string } | { code: string }): Promise<LetterFile> {
  const letter = await findLetter(ctx.db, ctx, by)
  if (letter === undefined) throw httpErrors.notFound()
  return letter
}

export function toCard(ctx: Context, { code: _code, areaPath: _path, ...letter }: LetterFile): LetterCard {
  const seat = seatOf(ctx)
  const unit = { kind: letter.unitKind, id: letter.unitId }
  return {
    ...letter,
    can: {
      receive: letter.receivedAt === null && seat.may.act && isOfUnit(seat, unit),
      remind: letter.state !== 'closed' && seat.may.assign && isAbove(seat, unit),
    },
  }
}

/** The unit says that it has the letter. The second time changes nothing. Throws `http.not-found`, `rectification.act-refused`. */
export async function receiveLetter(ctx: Context, letterId: string): Promise<{ received: boolean }> {
  return inProblems(ctx, async (db) => {
    const letter = await getLetter({ ...ctx, db }, { letterId })
    const seat = seatOf(ctx)
    if (!seat.may.act || !isOfUnit(seat, { kind: letter.unitKind, id: letter.unitId }))
      throw rectificationErrors.actRefused({ reason: 'not-yours' })
    const received = (await receiveLetters(db, ctx, [letterId])) === 1
    if (received) await audit(db, ctx, { did: 'rectification.receive', objectKind: 'rectification.letter', objectId: letterId })
    return { received }
  })
}

/** Notes a reminder on what the unit still has to do, and answers its words to be sent (催办). Throws `http.not-found`. */
export async function remindOfLetter(ctx: Context, letterId: string): Promise<{ text: string; problems: number }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const letter = await getLetter(within, { letterId })
    const { letterWord, soonDays } = await termsFor(within)
    const rows = await listProblemRows(db, ctx, { filter: { letterId, view: 'open' }, soonDays, limit: 500, after: undefined })
    const waiting = rows.filter(({ state }) => state === 'assigned' || state === 'accepted' || state === 'rectifying')
    const problems = waiting.map(({ problemId, revision }) => ({ problemId, revision }))
    if (problems.length > 0) {
      const { refused } = await actOnProblems(within, { problems, act: { action: 'remind' } })
      if (refused.length > 0) throw rectificationErrors.actRefused(refused[0]?.details)
    }
    const nowMs = Date.parse(ctx.now)
    const of = waiting.map((one) => ({ ...one, overdueSeconds: overdueSeconds(one, nowMs) }))
    return { text: reminderText({ ...letter, letterWord, problems: of }), problems: waiting.length }
  })
}

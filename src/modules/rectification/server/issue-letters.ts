import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { letterIssued } from '../contract.ts'
import type { ActedOnProblems, ProblemFile } from '../rules/problem-records.ts'
import type { Unit } from '../rules/problem-seat.ts'
import { getUnit } from './find-unit.ts'
import { issueLetter } from './letter-store.ts'
import { takeNumbers } from './problem-store.ts'

type Within = Context & { readonly db: Db }
export interface IssuedLetters {
  readonly letterOf: (problemId: string) => string
  readonly letters: ActedOnProblems['letters']
}

/** Puts problems on the open letters of their units and campaigns, or on new ones: one letter for each (R16). */
export async function putOnLetters(
  ctx: Within,
  given: { problems: readonly ProblemFile[]; unit: Unit | undefined; requirement: string },
): Promise<IssuedLetters> {
  const letterOf = new Map<string, string>()
  const letters: ActedOnProblems['letters'][number][] = []
  const groups = Map.groupBy(given.problems, (one) => [one.campaignId, one.unitId ?? '', String(one.isClosedKind)].join(' '))
  // A query per letter, not per problem; in one order, so that two batches never wait for each other.
  for (const [, group] of [...groups].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [first] = group
    if (first === undefined) continue
    const { letterId, letterNo, supplement, dueOn, unitId } = await issueOne(ctx, { first, group, ...given })
    for (const { problemId } of group) letterOf.set(problemId, letterId)
    letters.push({ letterId, letterNo, problems: group.length, supplement })
    const { campaignId } = first
    await announce(ctx.db, ctx, letterIssued, {
      letterId,
      letterNo,
      campaignId,
      unitId,
      problems: group.length,
      supplement,
      dueOn,
      on: ctx.today,
    })
  }
  const find = (problemId: string): string => {
    const letterId = letterOf.get(problemId)
    if (letterId === undefined) throw new Error('every problem of the list was put on a letter')
    return letterId
  }
  return { letterOf: find, letters }
}

async function issueOne(
  ctx: Within,
  given: { first: ProblemFile; group: readonly ProblemFile[]; unit: Unit | undefined; requirement: string },
): Promise<{ letterId: string; letterNo: string; supplement: number; dueOn: string; unitId: string }> {
  const { first, group } = given
  const unit = given.unit ?? (await getUnit(ctx, { kind: first.unitKind ?? 'area', id: first.unitId ?? '' }))
  const dueOn = group.map((one) => one.dueOn ?? '').reduce((latest, day) => (day > latest ? day : latest))
  const issued = await issueLetter(ctx.db, ctx, {
    campaignId: first.campaignId,
    unit,
    headName: first.headName ?? '',
    dueOn,
    requirement: given.requirement,
    isClosedKind: first.isClosedKind,
    letterNo: async () => {
      const { year, first: number } = await takeNumbers(ctx.db, ctx, { kind: 'letter', count: 1 })
      return `${year}-${String(number).padStart(4, '0')}`
    },
  })
  return { ...issued, dueOn, unitId: unit.id }
}

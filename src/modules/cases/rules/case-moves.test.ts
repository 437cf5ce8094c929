import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { allMoves, targetsOf } from './case-moves.ts'
import { caseActions, caseStates, stepAfter, stepNames } from './case-steps.ts'

const world = openTestWorld()

it('the database knows exactly the moves of the table, of all combinations', async () => {
  const legal = new Set(allMoves().map((move) => [move.step, move.state, move.action, move.toStep, move.toState].join(' ')))
  const combinations = await inTransaction(world.as(grantCounty('990301')), (db) =>
    sql<{ move: string }>`
      SELECT concat_ws(' ', step, state, action, to_step, to_state) AS move
      FROM unnest(${[...stepNames]}::text[]) step, unnest(${[...caseStates]}::text[]) state, unnest(${[...caseActions]}::text[]) action,
        unnest(${[...stepNames]}::text[]) to_step, unnest(${[...caseStates]}::text[]) to_state
      WHERE cases.is_legal_move(step, state, action, to_step, to_state)`.execute(db),
  )
  expect(new Set(combinations.rows.map(({ move }) => move))).toEqual(legal)
})

it('every step is reached from the first, and the end from every step', () => {
  const reached = new Set(['assessment'])
  for (const step of reached) for (const move of allMoves()) if (move.step === step) reached.add(move.toStep)
  expect([...reached].sort()).toEqual([...stepNames].sort())
  const unending = stepNames.filter((step) => step !== 'ended' && targetsOf(step, 'open', 'end').length === 0)
  expect(unending).toEqual([])
})

it('passing leads through a procedure in its order and stops where a decision of its own is needed', () => {
  const path: string[] = []
  for (let step = stepNames[0]; step !== undefined; step = stepAfter(step)) path.push(step)
  expect(path.at(-1)).toBe('tracking')
  expect(targetsOf('tracking', 'open', 'pass')).toEqual([])
  expect(targetsOf('exit-entry', 'open', 'pass')).toEqual([{ toStep: 'follow-up', toState: 'open' }])
})

it('what ended is opened again only by a relapse, and its round begins with a visit', () => {
  const from = allMoves().filter((move) => move.state === 'ended')
  expect(from.map(({ action, toStep, toState }) => [action, toStep, toState])).toEqual([['relapse', 'visit', 'open']])
})

import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { allMoves, targetOf } from './problem-moves.ts'
import { problemActions, problemStates } from './problem-states.ts'
import { closedKinds, isClosedKind, sourceKinds } from './problem-sources.ts'

const world = openTestWorld()
const ask = <Row>(query: ReturnType<typeof sql<Row>>) => inTransaction(world.as(grantCounty('990301')), (db) => query.execute(db))

it('the database knows exactly the moves of the table, of all combinations', async () => {
  const legal = new Set(allMoves().map(({ from, action, into }) => [from, action, into].join(' ')))
  const found = await ask(sql<{ move: string }>`
    SELECT concat_ws(' ', before, action, after) AS move
    FROM unnest(${[...problemStates]}::text[]) before, unnest(${[...problemActions]}::text[]) action, unnest(${[...problemStates]}::text[]) after
    WHERE rectification.is_legal_move(before, action, after)`)
  expect(new Set(found.rows.map(({ move }) => move))).toEqual(legal)
})

it('every state is reached from the first, and from every open one the problem can end', () => {
  const reached = new Set(['found'])
  for (const state of reached) for (const move of allMoves()) if (move.from === state) reached.add(move.into)
  expect([...reached].sort()).toEqual([...problemStates].sort())
  const unending = problemStates.filter((state) => {
    const further = new Set([state])
    for (const one of further) for (const move of allMoves()) if (move.from === one) further.add(move.into)
    return !further.has('closed')
  })
  expect(unending).toEqual([])
})

it('a problem is struck off only after it was completed and accepted', () => {
  expect(allMoves().filter(({ into, from }) => into === 'closed' && from !== 'closed')).toEqual([
    { from: 'verified', action: 'strike', into: 'closed' },
  ])
  expect(targetOf('rectifying', 'verify')).toBeUndefined()
})

it('the database closes the same sources as the rule (R14: one source each, of this list)', async () => {
  const found = await ask(sql<{ body: string }>`
    SELECT pg_get_constraintdef(oid) AS body FROM pg_constraint WHERE conrelid = 'rectification.problem'::regclass AND conname = 'problem_source_kind_check'`)
  const listed = [...(found.rows[0]?.body ?? '').matchAll(/'([a-z-]+)'/g)].map(([, word]) => word)
  expect(new Set(listed)).toEqual(new Set(sourceKinds))
  expect(sourceKinds.filter(isClosedKind)).toEqual([...closedKinds])
})

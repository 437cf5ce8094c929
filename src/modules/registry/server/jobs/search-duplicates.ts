import { z } from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { packRegister, type PackedRegister } from '../../rules/duplicate-pack.ts'
import { failSearch, noteStep, saveFound } from '../duplicates-store.ts'
import { searchInThread } from '../duplicates-thread.ts'
import { readRegister } from '../read-register.ts'
import { findRevision } from '../register-store.ts'

const Payload = z.strictObject({ searchId: z.uuid() })
/** The job that searches the register for persons who stand in it twice. */
export const searchJob = { name: 'registry.search-duplicates', payload: Payload } as const

/** The search as a job; it keeps nothing until it ends, so that it may be begun again. */
export function duplicateJobs(deps: { vault: Vault; clock?: () => number }): AnyJob[] {
  return [
    defineJob({
      ...searchJob,
      attempts: 2,
      handle: (run) => searchRegister(contextOf(run, deps), { ...run.payload, vault: deps.vault, check: () => run.check() }),
      giveUp: async (run, code) => {
        const ctx = contextOf(run, deps)
        await inTransaction(ctx, (db) => failSearch(db, ctx.scope.countyCode, { searchId: run.payload.searchId, error: code, at: ctx.now }))
      },
    }),
  ]
}

/** Reads the register, searches it in a thread of its own, and writes what was found in one transaction. Needs a system scope. */
export async function searchRegister(ctx: Context, given: { searchId: string; vault: Vault; check: () => void }): Promise<void> {
  const { searchId } = given
  const { register, revision } = await inTransaction(ctx, async (db) => {
    const found = await findRevision(db, ctx.scope.countyCode)
    return { register: await packMembers({ ...ctx, db }, given), revision: found }
  })
  const { persons } = register
  const note = (step: string) => inTransaction(ctx, (db) => noteStep(db, ctx.scope.countyCode, { searchId, step, persons }))
  const found = await searchInThread(register, async (step) => {
    given.check()
    await note(step)
  })
  await inTransaction(ctx, (db) => saveFound(db, ctx, { searchId, revision, persons, found }))
}

async function packMembers(
  ctx: Context & { db: NonNullable<Context['db']> },
  given: { vault: Vault; check: () => void },
): Promise<PackedRegister> {
  const packing = packRegister(50_000)
  for await (const block of readRegister(ctx, ctx.db, { vault: given.vault, reason: 'registry.search-duplicates' })) {
    given.check()
    for (const person of block) {
      const { personId, householdId, name, idNumber, bornOn = '', sex = '', phones, township, village, group = '' } = person
      packing.add({ personId, householdId, name, idNumber, bornOn, sex, phones, place: { township, village, group } })
    }
  }
  return packing.finish()
}

function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, deps: { clock?: () => number }): Context {
  const nowMs = (deps.clock ?? Date.now)()
  return {
    caller: { id: 'system:duplicates', name: '查重', roles: ['system'] },
    scope: grantSystem(run.countyCode, 'registry.search-duplicates'),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}

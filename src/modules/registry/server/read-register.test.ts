import { describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { getRegisterRevision, readRegister } from './read-register.ts'

const world = openTestWorld()

describe('reading the register', () => {
  it('gives nothing and revision 0 before the first import', async () => {
    const ctx = world.as(grantCounty('990301'))
    const blocks = await inTransaction(ctx, async (db) => {
      expect(await getRegisterRevision(ctx, db)).toBe(0)
      return Array.fromAsync(readRegister(ctx, db, { vault: world.vault, reason: 'test' }))
    })
    expect(blocks).toEqual([])
  })

  it('refuses to read without a reason', async () => {
    const ctx = world.as(grantCounty('990301'))
    const reading = inTransaction(ctx, (db) => Array.fromAsync(readRegister(ctx, db, { vault: world.vault, reason: ' ' })))
    await expect(reading).rejects.toMatchObject({ code: 'registry.reason-needed' })
  })
})

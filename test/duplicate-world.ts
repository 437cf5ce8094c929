import { makeId } from '../src/kernel/pure/ids/index.ts'
import { checkCharacterOf } from '../src/kernel/pure/text/index.ts'
import { grantSystem, type Context } from '../src/kernel/server/caller/index.ts'
import type { Db } from '../src/kernel/server/database/index.ts'
import { listDuplicates } from '../src/modules/registry/server/duplicates.ts'
import { insertSearch } from '../src/modules/registry/server/duplicates-store.ts'
import { givenHousehold, type GivenPerson } from '../src/modules/registry/server/given.ts'
import { searchRegister } from '../src/modules/registry/server/jobs/search-duplicates.ts'
import { openTestWorld } from './database.ts'

export const near = '99.9903.990301.990301101.990301101203.07.'
export const other = '99.9903.990301.990301101.990301101204.01.'
export const born = '1968-02-03'

/** A valid number of the region 990391, which was never assigned. */
export const numberOf = (order: number): string => {
  const first = `99039119680203${String(order).padStart(3, '0')}`
  return first + (checkCharacterOf(first) ?? '')
}
export const right = numberOf(457)
export const wrong = `${right.slice(0, 9)}${(Number(right[9]) + 1) % 10}${right.slice(10)}`
/** One man who stands in the register twice: his name in other characters, a digit of his number wrong. */
export const one: GivenPerson = { name: '欧阳国强', idNumber: right, bornOn: born, phone: '15400000001', facts: { workPlace: '县城' } }
export const again: GivenPerson = {
  name: '歐陽國強',
  idNumber: wrong,
  bornOn: born,
  phone: '15400000001',
  facts: { workPlace: '外省', schoolName: '县一中' },
}

/** A register in which somebody stands twice, and the search that finds him. */
export function openDuplicateWorld() {
  const world = openTestWorld()
  const deps = () => ({ vault: world.vault })
  return {
    world,
    deps,
    // A search writes as the system; within one transaction the role cannot change.
    asOfficer: (): Context => world.as(grantSystem('990301', 'test'), { roles: ['county-data-officer'] }),
    given: (ctx: Context, areaPath: string, ...members: GivenPerson[]) => givenHousehold(ctx, world.vault, { areaPath, members }),
    search: async (ctx: Context & { db: Db }): Promise<void> => {
      const searchId = makeId()
      await insertSearch(ctx.db, ctx, searchId)
      await searchRegister(ctx, { searchId, vault: world.vault, check: () => undefined })
    },
    open: (ctx: Context) => listDuplicates(ctx, { state: 'open', limit: 50 }, deps()),
  }
}

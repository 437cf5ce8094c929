import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { findAreaInScope, listAreas } from '#modules/identity/server/index.ts'
import { countyPathOf } from '../../rules/case-seat.ts'
import type { VillageCode, VillagePosters } from '../../rules/intake/intake-records.ts'
import type { MakeVillageCodes, ReadPosters, ReplaceVillageCode, SetVillagePhone } from '../../rules/intake/intake-requests.ts'
import type { KnownVillages } from './declaration-known.ts'
import { qrPathOf } from './declaration-qr.ts'
import { endVillageCode, insertVillageCodes, listVillageCodes, saveVillagePhone } from './declaration-store.ts'
import { declarationTerms } from './declaration-terms.ts'

type Within = Context & { readonly db: Db }

/** The villages of the caller's scope with their codes, those without one too, in the order of their paths. */
export async function readVillageCodes(ctx: Context, area: string | undefined): Promise<{ items: VillageCode[] }> {
  return inTransaction(ctx, async (db) => {
    const codes = new Map((await listVillageCodes(db, ctx.scope)).map((row) => [row.areaPath, row]))
    const villages = await villagesBelow({ ...ctx, db }, area)
    return {
      items: villages.map(({ path, name, township }) => {
        const { code = null, phone = null, madeAt = null, madeName = null } = codes.get(path) ?? {}
        return { areaPath: path, township, village: name, code, phone, madeAt, madeName }
      }),
    }
  })
}

interface Village {
  readonly path: string
  readonly name: string
  readonly township: string
}

/** Villages below an area of the caller's scope; of his whole scope without one. */
async function villagesBelow(ctx: Within, area: string | undefined): Promise<Village[]> {
  const { scope } = ctx
  const own = scope.kind === 'area' ? scope.path : countyPathOf(scope.countyCode)
  const under = area ?? own
  if ((await findAreaInScope(ctx, under)) === undefined) throw httpErrors.notFound()
  const areas = await listAreas(ctx, { level: 'village' })
  const names = new Map(areas.map((one) => [one.path, one.name]))
  return areas
    .filter((one) => one.level === 'village' && one.path.startsWith(under))
    .map((one) => ({ path: one.path, name: one.name, township: names.get(one.parentPath) ?? '' }))
}

/** Makes codes for the villages below an area that have none. */
export async function makeVillageCodes(ctx: Context, given: MakeVillageCodes): Promise<{ made: number }> {
  return inTransaction(ctx, async (db) => {
    const held = new Set((await listVillageCodes(db, ctx.scope)).map((row) => row.areaPath))
    const villages = (await villagesBelow({ ...ctx, db }, given.areaPath)).filter((one) => !held.has(one.path))
    const made = await insertVillageCodes(
      db,
      ctx,
      villages.map(({ path }) => ({ areaPath: path })),
    )
    await audit(db, ctx, { did: 'cases.village-code.make', objectKind: 'cases.village-code', objectId: given.areaPath, details: { made } })
    return { made }
  })
}

/** Another code for a village: what is printed leads nowhere from now on, its telephone stays. */
export async function replaceVillageCode(ctx: Context, known: KnownVillages, given: ReplaceVillageCode): Promise<{ code: string }> {
  return inTransaction(ctx, async (db) => {
    const { areaPath, reason } = given
    const ended = await endVillageCode(db, ctx, given)
    if (ended === undefined) throw httpErrors.notFound()
    await insertVillageCodes(db, ctx, [{ areaPath, phone: ended.phone }])
    const now = (await listVillageCodes(db, ctx.scope)).find((row) => row.areaPath === areaPath)
    if (now === undefined) throw new Error('a code that was just made is not there')
    await audit(db, ctx, { did: 'cases.village-code.replace', objectKind: 'cases.village-code', objectId: areaPath, reason })
    known.forget()
    return { code: now.code }
  })
}

export async function setVillagePhone(ctx: Context, known: KnownVillages, given: SetVillagePhone): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const { areaPath, phone = null } = given
    if ((await saveVillagePhone(db, ctx, { areaPath, phone })) === undefined) throw httpErrors.notFound()
    await audit(db, ctx, { did: 'cases.village-code.phone', objectKind: 'cases.village-code', objectId: areaPath })
    known.forget()
  })
}

/** Posters of the villages below an area that have a code. */
export async function readPosters(ctx: Context, { area, origin }: ReadPosters): Promise<VillagePosters> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const codes = new Map((await listVillageCodes(db, ctx.scope)).map((row) => [row.areaPath, row]))
    const villages = await villagesBelow(within, area)
    const { publicAddress, telephones, answerDays, resultDays } = await declarationTerms(within, area)
    const items = villages.flatMap(({ path, name, township }) => {
      const held = codes.get(path)
      if (held === undefined) return []
      const address = `${publicAddress ?? origin}/declare/${ctx.scope.countyCode}/${held.code}`
      return [{ township, village: name, phone: held.phone, address, qr: qrPathOf(address) }]
    })
    return { items, telephones, answerDays, resultDays }
  })
}

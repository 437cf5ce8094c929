import { readCursor, writeCursor, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { SearchHouseholds } from '../contract.ts'
import type { HouseholdListItem } from '../rules/register-records.ts'
import { readSearch, type SearchWay } from '../rules/search-words.ts'
import { findCardRows, toCard } from './household-list-store.ts'
import { searchStep, type HitRow, type SearchStep } from './search-store.ts'
import { blindKinds } from './tables.ts'

type Hit = HitRow & { step: number }

/**
 * Finds households by a person's name, given name, pinyin, first letters, whole ID number or telephone, or by the beginning of a
 * household or person number, within the caller's scope. Searches by ID number and telephone are audited, without the number.
 */
export async function searchHouseholds(ctx: Context, query: SearchHouseholds, vault: Vault): Promise<Page<HouseholdListItem>> {
  return inTransaction(ctx, async (db) => {
    const steps = readSearch(query.q).map((way) => toStep(way, vault))
    const hits = await collectHits(ctx, db, { steps, query })
    await auditSearch(ctx, db, { steps, found: hits.length })
    const shown = hits.slice(0, query.limit)
    const last = shown.at(-1)
    const items = await showHits(ctx, db, { hits: shown, steps })
    return hits.length > query.limit && last !== undefined
      ? { items, next: writeCursor([last.step, last.key, last.person_id ?? nobody]) }
      : { items }
  })
}

function toStep({ way, words }: SearchWay, vault: Vault): SearchStep {
  if (way === 'id-number') return { way, index: vault.blindIndex(blindKinds.idNumber, words) }
  if (way === 'phone') return { way, index: vault.blindIndex(blindKinds.phone, words) }
  return { way, words }
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** One hit more than a page, step after step; each step goes on where the last page stopped. */
async function collectHits(ctx: Context, db: Db, given: { steps: SearchStep[]; query: SearchHouseholds }): Promise<Hit[]> {
  const { q: _q, after, limit, ...filters } = given.query
  const [fromStep = 0, key = '', id = nobody] = readCursor(after, ['number', 'text', 'id']) ?? []
  const hits: Hit[] = []
  for (let at = Number(fromStep); at < given.steps.length && hits.length <= limit; at += 1) {
    const step = given.steps[at]
    if (step === undefined) break
    const isFirst = after !== undefined && at === fromStep
    const found = await searchStep(db, {
      scope: ctx.scope,
      filters,
      step,
      earlier: given.steps.slice(0, at),
      after: isFirst ? { key: String(key), id: String(id) } : undefined,
      limit: limit + 1 - hits.length,
    })
    hits.push(...found.map((row) => ({ ...row, step: at })))
  }
  return oncePerHit(hits)
}

/** A household whose own telephone is also a member's stands once. */
function oncePerHit(hits: readonly Hit[]): Hit[] {
  const withPerson = new Set(hits.filter((hit) => hit.person_id !== null).map((hit) => hit.household_id))
  return hits.filter((hit) => hit.person_id !== null || !withPerson.has(hit.household_id))
}

async function showHits(ctx: Context, db: Db, given: { hits: readonly Hit[]; steps: readonly SearchStep[] }): Promise<HouseholdListItem[]> {
  const rows = await findCardRows(db, ctx.scope, [...new Set(given.hits.map((hit) => hit.household_id))])
  const byId = new Map(rows.map((row) => [row.household_id, row]))
  return given.hits.flatMap((hit) => {
    const row = byId.get(hit.household_id)
    const way = given.steps[hit.step]?.way
    if (row === undefined || way === undefined) return []
    const match = { way, personId: hit.person_id ?? undefined, personName: hit.name ?? undefined }
    return [{ ...toCard(row), tags: row.tags, match }]
  })
}

async function auditSearch(ctx: Context, db: Db, given: { steps: readonly SearchStep[]; found: number }): Promise<void> {
  const ways = given.steps.map((step) => step.way).filter((way) => way === 'id-number' || way === 'phone')
  if (ways.length === 0) return
  await audit(db, ctx, {
    did: 'registry.search',
    objectKind: 'registry.register',
    objectId: ctx.scope.countyCode,
    details: { ways, found: given.found },
  })
}

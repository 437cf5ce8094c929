import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { FilterHouseholds } from '../contract.ts'
import type { HouseholdMatch } from '../rules/register-records.ts'
import { endOfWords } from '../rules/search-words.ts'
import { filtered } from './household-list-store.ts'

/** One reading of the words with what the index is asked: a range of texts, or a blind index. */
export type SearchStep =
  | { way: Exclude<HouseholdMatch['way'], 'id-number' | 'phone'>; words: string }
  | { way: 'id-number' | 'phone'; index: Buffer }

export interface HitRow {
  household_id: string
  person_id: string | null
  name: string | null
  key: string
}

export interface SearchQuestion {
  scope: Scope
  filters: FilterHouseholds
  step: SearchStep
  /** Steps already read to their end: what they found is left out. */
  earlier: readonly SearchStep[]
  after: { key: string; id: string } | undefined
  limit: number
}

const personColumns = {
  name: 'name',
  'given-name': 'given_name',
  pinyin: 'pinyin',
  'given-pinyin': 'given_pinyin',
  initials: 'initials',
  'person-no': 'person_no',
} as const

/** The next hits of one step, in the order of what was searched. Each step is one range of one index. */
export async function searchStep(db: Db, question: SearchQuestion): Promise<HitRow[]> {
  const { step } = question
  if (step.way === 'household-no') return searchHouseholds(db, question, step.words)
  if (step.way === 'phone') return [...(await searchPersons(db, question)), ...(await searchHouseholdPhone(db, question, step.index))]
  return searchPersons(db, question)
}

async function searchPersons(db: Db, question: SearchQuestion): Promise<HitRow[]> {
  const { scope, step, after, limit } = question
  const key =
    step.way === 'id-number' || step.way === 'phone' || step.way === 'household-no' ? sql`''` : sql.ref(`p.${personColumns[step.way]}`)
  const order = step.way === 'id-number' || step.way === 'phone' ? sql`p.person_id` : sql`${key}, p.person_id`
  const seen = after === undefined ? sql`true` : sql`(${key}, p.person_id) > (${after.key}, ${after.id}::uuid)`
  const earlier = question.earlier.map((one) => sql`NOT coalesce(${hits(one)}, false)`)
  const found = await sql<HitRow>`
    SELECT p.household_id, p.person_id, p.name, ${key} AS key FROM registry.person p ${households(question)}
    WHERE ${inScope(scope, 'p')} AND p.left_on IS NULL AND ${sql.join([hits(step), seen, ...earlier], sql` AND `)}
    ORDER BY ${order} LIMIT ${limit}`.execute(db)
  return found.rows
}

function hits(step: SearchStep): RawBuilder<unknown> {
  switch (step.way) {
    case 'id-number':
      return sql`p.id_index = ${step.index}`
    case 'phone':
      return sql`p.phone_index = ${step.index}`
    case 'household-no':
      return sql`EXISTS (SELECT 1 FROM registry.household x
        WHERE x.county_code = p.county_code AND x.household_id = p.household_id AND x.household_no >= ${step.words} AND x.household_no < ${endOfWords(step.words)})`
    case 'person-no':
    case 'name':
    case 'given-name':
    case 'pinyin':
    case 'given-pinyin':
    case 'initials': {
      const column = sql.ref(`p.${personColumns[step.way]}`)
      return sql`(${column} >= ${step.words} AND ${column} < ${endOfWords(step.words)})`
    }
  }
}

/** The household is joined only where a filter asks for it. */
function households({ scope, filters }: SearchQuestion): RawBuilder<unknown> {
  const isOpen = Object.values(filters).every((filter) => filter === undefined)
  return isOpen
    ? sql``
    : sql`JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id AND ${filtered(scope, filters)}`
}

async function searchHouseholds(db: Db, { scope, filters, after, limit }: SearchQuestion, words: string): Promise<HitRow[]> {
  const seen = after === undefined ? sql`true` : sql`h.household_no > ${after.key}`
  const found = await sql<HitRow>`
    SELECT h.household_id, NULL::uuid AS person_id, h.head_name AS name, h.household_no AS key FROM registry.household h
    WHERE ${filtered(scope, filters)} AND h.household_no >= ${words} AND h.household_no < ${endOfWords(words)} AND ${seen}
    ORDER BY h.household_no LIMIT ${limit}`.execute(db)
  return found.rows
}

/** Households whose own telephone it is; few have the same, so they come in one page. */
async function searchHouseholdPhone(db: Db, { scope, filters, after, limit }: SearchQuestion, index: Buffer): Promise<HitRow[]> {
  if (after !== undefined) return []
  const found = await sql<HitRow>`
    SELECT h.household_id, NULL::uuid AS person_id, h.head_name AS name, '' AS key FROM registry.household h
    WHERE ${filtered(scope, filters)} AND h.phone_index = ${index} ORDER BY h.household_id LIMIT ${limit}`.execute(db)
  return found.rows
}

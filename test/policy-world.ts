import { sql } from 'kysely'
import { grantCounty, type Context } from '../src/kernel/server/caller/index.ts'
import {
  makePolicies,
  publishVersion,
  startDraft,
  stepVersion,
  type DraftText,
  type PolicyKind,
  type PolicyValue,
} from '../src/kernel/server/policies/index.ts'
import type { TestWorld } from './database.ts'

export const county = '990301'
export const countyPath = '99.9903.990301.'

const shipped = {
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  documentNo: '国办发〔2020〕1号',
  documentTitle: '',
  clause: '',
  note: '',
  examples: [],
}
/** A text of the kind `test.line`. */
export const line = (value: string | null, latitude: PolicyValue['latitude'] = 'raise') =>
  JSON.stringify([{ name: '线', unit: '元', value, latitude }])
export const table: PolicyKind = {
  key: 'test.table',
  form: 'table',
  latitude: 'free',
  shipped: [{ ...shipped, areaCode: '', content: 'nation' }],
  values: () => [],
  check: (_, draft) => Promise.resolve(draft.content.includes('wrong') ? [{ severity: 'error', code: 'wrong' }] : []),
}
const values: PolicyKind = {
  ...table,
  key: 'test.line',
  form: 'parameters',
  shipped: [{ ...shipped, areaCode: '', content: line('6000') }],
  // Safe: the tests write nothing else.
  values: (content) => JSON.parse(content) as PolicyValue[],
}
const fixed: PolicyKind = { ...table, key: 'test.fixed', latitude: 'fixed' }
/** A table that is free, values of which the nation says one, and a table that the superior keeps for himself. */
export const policies = makePolicies([table, values, fixed], { standInCode: '' })

/** What is written into a draft. */
export const draft = (content: string, effectiveFrom = '2023-01-01'): DraftText => ({
  content,
  effectiveFrom,
  effectiveTo: null,
  paper: { documentNo: '青办发〔2023〕1号', documentTitle: '', clause: '' },
  note: '',
  examples: [],
})

/** Two colleagues of a county, and how they publish. */
export function policyPeople(world: TestWorld) {
  const writer = () => world.as(grantCounty(county), { id: 'writer', name: '甲' })
  const other = () => world.as(grantCounty(county), { id: 'other', name: '乙' })
  /** Drafts, hands in and publishes as two people; within a test's transaction where `db` is given. */
  const published = async (content: string, given: PublishedGiven = {}) => {
    const { key = table.key, from = '2023-01-01', areaPath = countyPath, now = '2023-06-01T00:00:00.000Z', db } = given
    // Safe: an instant as the program writes them.
    const within = (ctx: Context): Context => ({ ...ctx, now: now as Context['now'], ...(db === undefined ? {} : { db }) })
    const { versionId } = await startDraft(policies, within(writer()), { ...draft(content, from), key, areaPath })
    await stepVersion(within(writer()), 'submitted', { versionId, revision: 1, note: '' })
    if (db !== undefined) await sql`SET LOCAL app.caller = 'other'`.execute(db)
    const done = await publishVersion(policies, within(other()), { versionId, revision: 2, note: '' })
    if (db !== undefined) await sql`SET LOCAL app.caller = 'writer'`.execute(db)
    return done
  }
  return { writer, other, published }
}

interface PublishedGiven {
  key?: string
  from?: string
  areaPath?: string
  now?: string
  db?: Context['db']
}

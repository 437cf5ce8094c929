import { areaPathOf, makePolicies, type Policies, type PolicyKind } from '#kernel/server/policies/index.ts'
import { Parameters } from '../contract.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { checkDraft } from './check-draft.ts'
import { shippedPolicies, type ShippedPolicy } from './shipped.ts'

let policies: Policies | undefined

/** Every policy of the installation with its shipped versions; put together once. Counties elsewhere see those of the first one where their own say nothing. */
export function countyPolicies(): Policies {
  policies ??= makePolicies(shippedPolicies().map(kindOf), { standInCode: '430525' })
  return policies
}

/** What the index says of a policy; `undefined` for a key that is none. */
export function findEntry(key: string): PolicyEntry | undefined {
  return shippedPolicies().find((one) => one.entry.key === key)?.entry
}

/** Path of the caller's county, the area of a version unless another is told. */
export function countyPath(countyCode: string): string {
  return areaPathOf(countyCode)
}

function kindOf({ entry, texts, examples }: ShippedPolicy): PolicyKind {
  return {
    key: entry.key,
    form: entry.form,
    latitude: entry.latitude,
    shipped: texts.map(({ area, effectiveFrom, effectiveTo, documentNo, documentTitle, clause, note, content }) => ({
      areaCode: area,
      effectiveFrom,
      effectiveTo,
      documentNo,
      documentTitle,
      clause,
      note,
      content,
      examples,
    })),
    values: (content) => Parameters.parse(JSON.parse(content)).values,
    check: checkDraft,
  }
}

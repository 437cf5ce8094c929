import { areaPathOf, makePolicies, type Policies, type PolicyKind } from '#kernel/server/policies/index.ts'
import { Parameters, type ParameterValue } from '../contract.ts'
import { checkDraft } from './check-draft.ts'
import { rememberUpTo } from './compiled-model.ts'
import { shippedPolicies, type ShippedPolicy } from './shipped.ts'

/** Counties elsewhere are judged by what is shipped of this one and its province where their own say nothing (design.md, "default set"). */
const standInCode = '430525'

let policies: Policies | undefined
const read = rememberUpTo<readonly ParameterValue[]>(300)

/** Every policy of the installation with its shipped versions; put together once. */
export function countyPolicies(): Policies {
  policies ??= makePolicies(shippedPolicies().map(kindOf), { standInCode })
  return policies
}

/** Path of a county, the area of a version unless another is told. */
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
    values: (content) => read(content, () => Parameters.parse(JSON.parse(content)).values),
    check: async (ctx, draft) => (await checkDraft(countyPolicies(), ctx, { ...draft, isWhole: true })).findings,
  }
}

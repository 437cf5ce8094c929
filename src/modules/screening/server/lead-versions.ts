import type { Context } from '#kernel/server/caller/index.ts'
import { makePolicies, policiesFor, type Policies, type PolicyKind } from '#kernel/server/policies/index.ts'
import { readLimits, shippedLimits, thresholdsWith } from '../policy/lead-limits.ts'
import { defaultThresholdsFrom, Thresholds } from '../policy/policy.ts'
import { leadPolicies } from './lead-policies.ts'
import { shippedLeadTable } from './lead-table.ts'

const tableKey = 'screening.leads'
const limitsKey = 'screening.lead-limits'
const limitsFile = 'parameters/screening.lead-limits.json'

/** What was decided in the catalogue of policies about leads, as it holds on a day. */
export interface LeadPolicy {
  /** The text of the table. */
  readonly table: string
  readonly thresholds: Thresholds
  /** The day from which the limits hold; `isShipped`: nobody has published others. */
  readonly from: string
  readonly isShipped: boolean
}

let policies: Policies | undefined

/** Only to read what is in force: drafts and publication are the catalogue's, which checks texts. */
function ownPolicies(): Policies {
  policies ??= makePolicies(
    [kindOf(tableKey, 'table', shippedLeadTable()), kindOf(limitsKey, 'parameters', leadPolicies.readText(limitsFile))],
    {
      standInCode: '',
    },
  )
  return policies
}

function kindOf(key: string, form: PolicyKind['form'], content: string): PolicyKind {
  const paper = { documentNo: '', documentTitle: '', clause: '', note: '', examples: [] }
  return {
    key,
    form,
    latitude: 'free',
    shipped: [{ ...paper, areaCode: '', effectiveFrom: defaultThresholdsFrom, effectiveTo: null, content }],
    values: (text) => [...readLimits(JSON.parse(text))].map(([name, value]) => ({ name, value, unit: '', latitude: 'free' })),
    check: () => Promise.resolve([]),
  }
}

/** The table of leads and its limits as published for the caller's county on a day; before the shipped ones begin, the shipped ones. */
export async function leadPolicyOn(ctx: Context, day: string): Promise<LeadPolicy> {
  const asOf = day < defaultThresholdsFrom ? defaultThresholdsFrom : day
  const found = await policiesFor(ownPolicies(), ctx, [tableKey, limitsKey], { asOf })
  const [table, limits] = [found.get(tableKey), found.get(limitsKey)]
  const values = [...(limits?.values ?? [])].map(([name, { value }]) => ({ name, value }))
  const known = new Map([...shippedLimits, ...readLimits({ values: values.filter(({ value }) => value !== null) })])
  return {
    table: table?.version.content ?? shippedLeadTable(),
    thresholds: Thresholds.parse(thresholdsWith(known)),
    from: limits?.version.effectiveFrom ?? defaultThresholdsFrom,
    isShipped: limits?.version.isShipped ?? true,
  }
}

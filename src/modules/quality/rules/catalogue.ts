import type { RuleInfo } from '../contract.ts'
import { rulePolicies, type RulePolicy } from '../policy/rules.ts'
import { clearingRules } from './clearing-rules.ts'
import { contactRules } from './contact-rules.ts'
import { monthOf } from './facts.ts'
import { familyRules } from './family-rules.ts'
import { identityRules } from './identity-rules.ts'
import { incomeRules } from './income-rules.ts'
import { insuranceRules } from './insurance-rules.ts'
import { labourRules } from './labour-rules.ts'
import { livingRules } from './living-rules.ts'
import { measureRules } from './measure-rules.ts'
import { postRules } from './post-rules.ts'
import type { HouseholdPredicate, PersonPredicate, RuleGiven, TopicRules, VillagePredicate } from './predicates.ts'
import { riskRules } from './risk-rules.ts'
import { schoolingRules } from './schooling-rules.ts'
import { villageRules } from './village-rules.ts'
import { workRules } from './work-rules.ts'

const topics: readonly TopicRules[] = [
  identityRules,
  familyRules,
  schoolingRules,
  labourRules,
  insuranceRules,
  livingRules,
  contactRules,
  incomeRules,
  riskRules,
  measureRules,
  clearingRules,
  workRules,
  postRules,
  villageRules,
]

/** What is the same for all rules of a check. */
export interface CheckDay {
  /** YYYY-MM-DD. */
  asOf: string
  countyName: string
  /** Fen per person; NaN where no line is known. */
  lineFen: number
  /** Limits that somebody set for this check: rule number to name to value. */
  limits?: Readonly<Record<string, Readonly<Record<string, number | string>>>>
}

/** A rule ready to judge. */
export type CompiledRule =
  | { policy: RulePolicy; subject: 'person'; isWrong: PersonPredicate }
  | { policy: RulePolicy; subject: 'household'; isWrong: HouseholdPredicate }
  | { policy: RulePolicy; subject: 'village'; isWrong: VillagePredicate }

/** The rules that hold on a day, as people read them. */
export function listRulesOn(asOf: string): RuleInfo[] {
  return policiesOn(asOf).map(({ to, ...policy }) => ({ ...policy, ...(to === undefined ? {} : { to }) }))
}

function policiesOn(asOf: string): RulePolicy[] {
  return rulePolicies.filter((policy) => policy.from <= asOf && (policy.to === undefined || policy.to >= asOf))
}

/** Builds the rules of a day. Throws where a rule has no predicate or lacks a limit: the catalogue's test builds them all. */
export function compileRules(day: CheckDay): CompiledRule[] {
  return policiesOn(day.asOf).map((policy) => compileRule(policy, day))
}

function compileRule(policy: RulePolicy, day: CheckDay): CompiledRule {
  const given = givenOf(policy, day)
  for (const topic of topics) {
    const [person, household, village] = [topic.person?.[policy.rule], topic.household?.[policy.rule], topic.village?.[policy.rule]]
    if (policy.subject === 'person' && person !== undefined) return { policy, subject: 'person', isWrong: person(given) }
    if (policy.subject === 'household' && household !== undefined) return { policy, subject: 'household', isWrong: household(given) }
    if (policy.subject === 'village' && village !== undefined) return { policy, subject: 'village', isWrong: village(given) }
  }
  throw new Error(`rule ${policy.rule} has no predicate`)
}

function givenOf(policy: RulePolicy, day: CheckDay): RuleGiven {
  const valueOf = (name: string): number | string => {
    const value = day.limits?.[policy.rule]?.[name] ?? policy.limits[name]
    if (value === undefined) throw new Error(`rule ${policy.rule} has no limit ${name}`)
    return value
  }
  const [year, month] = [Number(day.asOf.slice(0, 4)), Number(day.asOf.slice(5, 7))]
  return {
    limit: (name) => Number(valueOf(name)),
    fen: (name) => Math.round(Number(valueOf(name)) * 100),
    month: (name) => readMonthText(String(valueOf(name))),
    checkMonth: monthOf(year, month),
    checkDay: Number(day.asOf.replaceAll('-', '')),
    countyName: day.countyName,
    lineFen: day.lineFen,
  }
}

function readMonthText(text: string): number {
  return monthOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)))
}

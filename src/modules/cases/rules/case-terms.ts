import type { StepTerms } from './case-records.ts'
import { stepNamesOfPolicy } from './case-names.ts'
import { stepNames, type CaseStep, type SeatLevel } from './case-steps.ts'

/** What policy says of the procedure for an area and a day. */
export interface CaseTerms {
  readonly steps: Readonly<Record<CaseStep, StepTerms>>
  /** From the opening of the case to the county's decision. */
  readonly whole: { readonly days: number; readonly calendar: 'working' | 'calendar' }
  /** From the beginning of an elimination to the county's decision; 0 days where nobody has set a term: its time is measured only. */
  readonly exitWhole: { readonly days: number; readonly calendar: 'working' | 'calendar' }
  readonly supplementDays: number
  readonly helperDays: number
  /** Least number of people at a verification visit. */
  readonly visitors: number
  readonly stableMonths: number
  readonly risks: readonly string[]
  readonly kinds: readonly string[]
  readonly categories: readonly string[]
}

type Value = string | number | readonly string[] | null
const seats: Readonly<Record<string, SeatLevel>> = { 村: 'village', 乡镇: 'township', 县: 'county' }

/** Reads the terms out of the parameters in force. Throws for a parameter that is missing or no such value; its name is the message. */
export function readTerms(valueOf: (name: string) => Value | undefined): CaseTerms {
  const number = (name: string) => {
    const value = Number(valueOf(name) ?? Number.NaN)
    if (!Number.isFinite(value) || value < 0) throw new Error(name)
    return value
  }
  const list = (name: string): readonly string[] => {
    const value = valueOf(name)
    if (typeof value !== 'object' || value === null) throw new Error(name)
    return value
  }
  const calendar = (name: string) => (valueOf(name) === '自然日' ? 'calendar' : 'working')
  const stepTerms = (step: CaseStep): StepTerms => {
    if (step === 'ended') return { seat: 'county', days: 0, calendar: 'working', papers: [] }
    const name = stepNamesOfPolicy[step]
    const seat = seats[String(valueOf(`${name}承办`))]
    if (seat === undefined) throw new Error(`${name}承办`)
    return { seat, days: number(`${name}天数`), calendar: calendar(`${name}日历`), papers: list(`${name}文书`) }
  }
  return {
    // Safe: one entry for each step.
    steps: Object.fromEntries(stepNames.map((step) => [step, stepTerms(step)])) as Record<CaseStep, StepTerms>,
    whole: { days: number('识别全程天数'), calendar: calendar('识别全程日历') },
    exitWhole: { days: valueOf('消除全程天数') === null ? 0 : number('消除全程天数'), calendar: calendar('消除全程日历') },
    supplementDays: number('补正天数'),
    helperDays: number('帮扶责任人天数'),
    visitors: number('入户核实人数'),
    stableMonths: number('稳定消除满月数'),
    risks: list('风险类型'),
    kinds: list('监测对象类别词'),
    categories: list('措施类别'),
  }
}

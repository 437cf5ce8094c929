import { z } from 'zod'

export const AskSimulation = z.strictObject({
  content: z.string().min(1).max(2_000_000),
  /** The decision of the model that is compared; the last one when it is not told. */
  decision: z.string().optional(),
  /** Day `YYYY-MM-DD`. */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})
export type AskSimulation = z.infer<typeof AskSimulation>

/** Whole fen, old and new, as text because sums may be more than a double holds. */
export interface SimulatedMoney {
  output: string
  oldFen: string
  newFen: string
}

/** Old → new over all subjects under the caller's scope. An outcome is the outputs joined as people read them; '' is undecided. */
export interface Simulation {
  /** Key of the policy whose text is tried out. */
  key: string
  asOf: string
  count: number
  /** Who gets another outcome, and who keeps it with another amount of money. */
  changed: number
  outcomes: string[]
  /** [old outcome, new outcome, how many]; places in `outcomes`. */
  matrix: [number, number, number][]
  /** [outcome, how many]: who keeps the outcome and gets another amount; amounts are no part of an outcome. */
  amountChanges: [number, number][]
  /** By township: who changes, how many of each change, and its money. */
  townships: {
    areaPath: string
    name: string
    count: number
    changed: number
    changes: [number, number, number][]
    amountChanges: [number, number][]
    money: SimulatedMoney[]
  }[]
  /** Sums of number outputs in fen, old and new, where an output is money. */
  money: SimulatedMoney[]
  /** Undecided for want of a fact: how many, by fact. */
  unknown: { fact: string; count: number; suppliedBy: string }[]
  /** Households that would have to be visited or decided again, and person-days by policy. */
  workload: { visits: number; personDays: number }
  tookMs: number
  canSeeNames: boolean
}

export const AskSimulatedNames = AskSimulation.extend({
  from: z.string().optional(),
  to: z.string().optional(),
  areaPath: z.string().optional(),
  after: z.string().optional(),
  /** Of those who keep their outcome only the ones who get another amount. */
  changedOnly: z.boolean().optional(),
})
export type AskSimulatedNames = z.infer<typeof AskSimulatedNames>

export interface SimulatedName {
  subjectId: string
  no: string
  name: string
  areaName: string
  from: string
  to: string
  /** Row of the table, counted from 1, and its clause. */
  rule: number | null
  clause: string
  /** What each output that is money gives, in fen; null where nothing is decided. */
  money: { output: string; oldFen: string | null; newFen: string | null }[]
}

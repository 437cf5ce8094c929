import { z } from 'zod'

export const AskSimulation = z.strictObject({
  content: z.string().min(1).max(2_000_000),
  /** The decision of the model that is compared; the last one when it is not told. */
  decision: z.string().optional(),
  /** Day `YYYY-MM-DD`. */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})
export type AskSimulation = z.infer<typeof AskSimulation>

/** Old → new over all subjects under the caller's scope. An outcome is the outputs joined as people read them; '' is undecided. */
export interface Simulation {
  /** Key of the policy whose text is tried out. */
  key: string
  asOf: string
  count: number
  changed: number
  outcomes: string[]
  /** [old outcome, new outcome, how many]; places in `outcomes`. */
  matrix: [number, number, number][]
  /** By township: who changes, and how many of each change. */
  townships: { areaPath: string; name: string; count: number; changed: number; changes: [number, number, number][] }[]
  /** Sums of number outputs in fen, old and new, where an output is money. */
  money: { output: string; oldFen: string; newFen: string }[]
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
}

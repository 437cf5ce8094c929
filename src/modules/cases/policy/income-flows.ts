import * as z from 'zod'
import file from './income-flows.json' with { type: 'json' }

/** What a departments' list says of an item. `year-to-date`: the amount grows within a year, the latest month holds. */
const ListFlow = z.strictObject({
  list: z.string(),
  fact: z.string(),
  item: z.string(),
  span: z.enum(['month', 'year-to-date']),
  of: z.enum(['household', 'person']),
})
export type ListFlow = z.infer<typeof ListFlow>

/** A yearly field of the register; a total is taken only where nothing of its parts is known. */
const RegisterFlow = z.strictObject({ field: z.string(), item: z.string(), unless: z.array(z.string()).default([]) })
export type RegisterFlow = z.infer<typeof RegisterFlow>

const IncomeFlows = z.strictObject({ source: z.string(), lists: z.array(ListFlow), register: z.array(RegisterFlow) })

/** Where lines of the income sheet may be taken from, so that nobody asks a household for what an office has. */
export const incomeFlows = IncomeFlows.parse(file)

import { z } from 'zod'

/**
 * The JSON Decision Model of GoRules, as far as it is read: one input, tables and expressions in a row or side by side, one output.
 * Source: docs.gorules.io, "JSON decision model (JDM)" and "node types". Fields that are not named here are ignored.
 */
const column = z.object({ id: z.string(), name: z.string().default(''), field: z.string().nullish() })

export const tableContent = z.object({
  hitPolicy: z.enum(['first', 'collect']),
  inputs: z.array(column),
  outputs: z.array(column),
  /** Cells by the id of their column; `_id` and `_description` of the row itself. */
  rules: z.array(z.record(z.string(), z.string().nullish())),
})
export type TableContent = z.infer<typeof tableContent>

export const expressionContent = z.object({ expressions: z.array(z.object({ id: z.string(), key: z.string(), value: z.string() })) })
export type ExpressionContent = z.infer<typeof expressionContent>

const node = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().default(''),
  position: z.object({ x: z.number(), y: z.number() }).optional(),
  content: z.unknown(),
})
export type JdmNode = z.infer<typeof node>

export const jdm = z.object({
  contentType: z.string().optional(),
  nodes: z.array(node),
  edges: z.array(z.object({ id: z.string().optional(), type: z.string().optional(), sourceId: z.string(), targetId: z.string() })),
})
export type Jdm = z.infer<typeof jdm>

/** What could not be carried over, and where. */
export interface JdmProblem {
  readonly code: 'node-not-known' | 'not-translatable' | 'field-not-known' | 'hit-policy-not-known' | 'no-table'
  readonly of: string
  readonly text: string
}

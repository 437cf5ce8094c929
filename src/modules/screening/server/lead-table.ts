import { readFileSync } from 'node:fs'
import {
  compileDecision,
  linkModels,
  makePortable,
  prepareModel,
  readDmn,
  type PortableTable,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import { readNumber, type Value } from '#kernel/pure/expressions/index.ts'
import { limitsIn } from '../policy/lead-limits.ts'
import type { Thresholds } from '../policy/policy.ts'
import { comparedLimit, leadScales } from '../rules/lead-table.ts'
import { screeningErrors } from './screening-errors.ts'

/** The decision of the table that is asked. */
export const leadDecision = '线索规则'

const shippedFile = new URL('../policy/tables/screening.leads.dmn', import.meta.url)
let shipped: string | undefined
const models = new Map<string, PreparedModel>()
const tables = new Map<string, PortableTable>()
const mostRemembered = 50

/** The table `screening.leads` as it is shipped, DMN XML. */
export function shippedLeadTable(): string {
  shipped ??= readFileSync(shippedFile, 'utf8')
  return shipped
}

/**
 * A table of leads with the limits of a run, as plain data for the process that compares; made once for each text and limits. Throws
 * `screening.bad-lead-table` for a text that cannot be judged there (cells or outputs that must be asked record by record).
 */
export function leadTableWith(thresholds: Thresholds, content: string = shippedLeadTable()): PortableTable {
  const limits = [...limitsIn(thresholds)].map(([name, value]): [string, LimitWritten] => [name, comparedLimit(name, value)])
  const key = JSON.stringify([content, limits])
  const known = tables.get(key)
  if (known !== undefined) return known
  const made = compileLeads(content, new Map(limits.map(([name, value]) => [name, valueOf(value)])))
  if (tables.size >= mostRemembered) tables.clear()
  tables.set(key, made)
  return made
}

type LimitWritten = ReturnType<typeof comparedLimit>

function valueOf(value: LimitWritten): Value {
  return typeof value === 'number' ? readNumber(String(value)) : value
}

function compileLeads(content: string, fixed: ReadonlyMap<string, Value>): PortableTable {
  const model = models.get(content) ?? prepareModel(linkModels(readDmn(content)))
  if (models.size >= mostRemembered) models.clear()
  models.set(content, model)
  const compiled = compileDecision(model, leadDecision, { fixed })
  const isWhole = !('reason' in compiled) && compiled.needs.every((need) => need.kind === 'fact')
  const portable = isWhole ? makePortable(compiled.table, leadScales) : undefined
  if (portable === undefined) throw screeningErrors.badLeadTable({ decision: leadDecision })
  return portable
}

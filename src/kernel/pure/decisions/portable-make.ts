import { integerOf, type Value } from '#kernel/pure/expressions/index.ts'
import { atScale, type PlanColumn } from './columns-plan.ts'
import { newEvaluation, type CompiledTable } from './compile.ts'
import type { PortableInput, PortableOutput, PortableTable } from './portable-table.ts'

/**
 * A compiled table as plain data; numbers of an input are whole numbers at the decimals of `scales` (0 unless told). Undefined where it cannot
 * travel: another hit policy, more than 1,024 rows, a cell or output that must be asked, an input that is no fact.
 */
export function makePortable(compiled: CompiledTable, scales: Readonly<Record<string, number>> = {}): PortableTable | undefined {
  const { table, plan, results } = compiled
  const [chunk, ...others] = plan.chunks
  const isSimple = compiled.isPlain && others.length === 0 && (table.hitPolicy === 'FIRST' || table.hitPolicy === 'UNIQUE')
  if (chunk === undefined || !isSimple || chunk.asked !== undefined) return undefined
  if (!results.isDefaultConstant || !results.isConstant.every((one) => one)) return undefined
  const inputs = chunk.columns.map((column) => inputOf(compiled, column, scales))
  const outputs = table.rules.map((_, rule) => plainOutputs(results.outputsOf(rule)))
  const found = results.valueOf([], compiled.around.fixed, newEvaluation())
  const otherwise = plainOutputs(table.outputs.length === 1 ? [found] : table.outputs.map(({ name }) => partOf(found, name ?? '')))
  if (inputs.some((one) => one === undefined) || otherwise === undefined || outputs.some((one) => one === undefined)) return undefined
  return {
    inputs: inputs.filter((one) => one !== undefined),
    words: chunk.words,
    all: chunk.all,
    isUnique: table.hitPolicy === 'UNIQUE',
    outputs: outputs.map((one) => one ?? []),
    otherwise,
  }
}

function inputOf({ read }: CompiledTable, column: PlanColumn, scales: Readonly<Record<string, number>>): PortableInput | undefined {
  const { axis, masks } = column
  const name = read.inputs[column.input]?.fact
  if (name === undefined) return undefined
  if (axis.kind === 'words') {
    const { segments, otherSegment, unknownSegment } = axis
    return { kind: 'words', name, segments, otherSegment, unknownSegment, masks }
  }
  if (axis.of !== 'number') return undefined
  const { bounds, masks: scaled, unknownSegment } = atScale(column, axis, scales[name] ?? 0)
  return { kind: 'number', name, bounds, masks: scaled, unknownSegment }
}

function partOf(value: Value, name: string): Value {
  return value instanceof Map ? (value.get(name) ?? null) : null
}

/** Words, truths and whole numbers; undefined for anything else. */
function plainOutputs(values: readonly Value[]): PortableOutput[] | undefined {
  const plain = values.map((value): PortableOutput | undefined => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    const isNumber = typeof value === 'object' && 'kind' in value && value.kind === 'number'
    return isNumber ? (integerOf(value) ?? undefined) : undefined
  })
  return plain.some((one) => one === undefined) ? undefined : plain.map((one) => one ?? null)
}

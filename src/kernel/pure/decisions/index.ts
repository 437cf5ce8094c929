/** Decision tables and graphs of DMN 1.5: read, written, checked, evaluated, compiled. Decision 0015. */
export type { TableFinding, TableFindingCode } from './check.ts'
export { explainDecision, explainRecord, type FiredRow, type TableExplanation } from './check-explain.ts'
export { checkModel, type CheckedElement } from './check-model.ts'
export type { NearMiss, SingleChange } from './check-near.ts'
export { checkTable, type CheckOptions } from './check-table.ts'
export { sayTableFinding } from './check-words.ts'
export { decideColumns, type DecidedColumns, type Facts } from './columns.ts'
export { valueAt, type DayColumn, type InputColumn, type NumberColumn, type ValueColumn, type WordColumn } from './columns-input.ts'
export { contradiction, noRow } from './columns-match.ts'
export { numbersOf, type OutputColumn } from './columns-results.ts'
export { compileTable, decideRecord, type CompiledTable, type CompileOptions, type Decided } from './compile.ts'
export {
  compileDecision,
  decideModelColumns,
  decideModelRecord,
  tableOf,
  type CompiledDecision,
  type NotCompiled,
} from './compile-decision.ts'
export { decisionErrors } from './errors.ts'
export { readJdm } from './jdm-read.ts'
export { type Jdm, type JdmProblem } from './jdm-schema.ts'
export { writeJdm } from './jdm-write.ts'
export { linkModels, type Graph } from './graph.ts'
export type { ModelProblem, ProblemCode } from './graph-check.ts'
export { findingWords, problemWords, sayFinding, sayProblem, xmlWords } from './graph-words.ts'
export { inputsOf, interpret, prepareModel, type Answer, type NeededInput, type PreparedModel, type Question } from './interpret.ts'
export type { DecisionTrace, Finding as AnswerFinding, FindingCode as AnswerFindingCode, TableTrace } from './interpret-trace.ts'
export type * from './model.ts'
export { aggregations, hitPolicies } from './model.ts'
export { readDmn } from './read.ts'
export { makePortable } from './portable-make.ts'
export { judgePortable, type PortableFact, type PortableTable } from './portable-table.ts'
export { writeDmn } from './write.ts'

import type { GatePart, ProblemFile } from './problem-records.ts'

type Parts = Pick<ProblemFile, 'description' | 'cause' | 'unitId' | 'headName' | 'measures' | 'effect' | 'completedOn' | 'evidenceCount'>

/**
 * What a problem still lacks before it may be reported as done and struck off, in the order of the five parts (R15, M-114, M-116: 问题不全面、原因不
 * 清楚、责任不明确不放过): problem, cause, responsibility, measures, effect, completion with evidence. The database asks the same.
 */
export function missingParts(problem: Parts): GatePart[] {
  const has: Record<GatePart, boolean> = {
    description: problem.description.trim() !== '',
    cause: problem.cause.trim() !== '',
    unit: problem.unitId !== null,
    head: problem.headName !== null && problem.headName.trim() !== '',
    measures: problem.measures.trim() !== '',
    effect: problem.effect.trim() !== '',
    'completed-on': problem.completedOn !== null,
    evidence: problem.evidenceCount > 0,
  }
  // Safe: the keys of a Record are the parts.
  return (Object.keys(has) as GatePart[]).filter((part) => !has[part])
}

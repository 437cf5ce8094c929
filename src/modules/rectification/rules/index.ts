export { sourceKinds, isClosedKind, type SourceKind } from './problem-sources.ts'
export { problemStates, isOpen, type ProblemState } from './problem-states.ts'

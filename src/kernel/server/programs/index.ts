export { collectProgram, type Program } from './collect-program.ts'
export { programStart } from './program-start.ts'
export { runProgram, type ProgramLimits } from './run-program.ts'
export { startWorker } from './start-worker.ts'

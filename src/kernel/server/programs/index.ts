import { fileURLToPath } from 'node:url'

export { collectProgram, type Program } from './collect-program.ts'
export { startWorker } from './start-worker.ts'

/** The file with which Node begins a child whose program (`collectProgram`) comes on its standard input as JSON. */
export const programStart: string = fileURLToPath(new URL('./start-program.mjs', import.meta.url))

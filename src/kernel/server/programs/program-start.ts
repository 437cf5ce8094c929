import { fileURLToPath } from 'node:url'

/** The file with which Node begins a child whose program (`collectProgram`) comes on its standard input as JSON. */
export const programStart: string = fileURLToPath(new URL('./start-program.mjs', import.meta.url))

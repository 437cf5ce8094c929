// The program of the thread that searches for duplicates. See duplicates-thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import type { PackedRegister } from '../rules/duplicate-pack.ts'
import { findDuplicates } from '../rules/find-duplicates.ts'
import { makeSyllableOf } from './duplicates-read.ts'
import type { ThreadAnswer } from './duplicates-thread.ts'

const say = (answer: ThreadAnswer): void => parentPort?.postMessage(answer)
// Safe: duplicates-thread.ts starts this program with a packed register.
const register = workerData as PackedRegister
const found = findDuplicates(register, { syllableOf: makeSyllableOf(), onProgress: (step) => say({ kind: 'step', step }) })
say({ kind: 'found', found })

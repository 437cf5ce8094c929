import { Worker } from 'node:worker_threads'
import type { BlockKind } from '../rules/duplicate-blocks.ts'
import type { PackedRegister } from '../rules/duplicate-pack.ts'
import type { FoundDuplicates } from '../rules/find-duplicates.ts'

export type ThreadAnswer = { kind: 'step'; step: BlockKind } | { kind: 'found'; found: FoundDuplicates }

/** Searches a packed register on another core, so that nobody waits for a page meanwhile. The arrays are handed over, not copied. */
export async function searchInThread(register: PackedRegister, onStep: (step: BlockKind) => Promise<void>): Promise<FoundDuplicates> {
  const arrays = Object.values(register).filter((value) => ArrayBuffer.isView(value))
  const worker = new Worker(new URL('./duplicates-worker.ts', import.meta.url), {
    workerData: register,
    transferList: arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
    execArgv: ['--no-warnings'],
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 320 },
  })
  let steps: Promise<void> = Promise.resolve()
  try {
    const found = await new Promise<FoundDuplicates>((resolve, reject) => {
      worker.on('message', (answer: ThreadAnswer) => {
        if (answer.kind === 'found') resolve(answer.found)
        else steps = steps.then(() => onStep(answer.step))
        steps.catch(reject)
      })
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the search for duplicates ended without an answer')))
    })
    await steps
    return found
  } finally {
    await worker.terminate()
  }
}

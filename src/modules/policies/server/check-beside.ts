import { createHash } from 'node:crypto'
import type { Worker } from 'node:worker_threads'
import { startWorker } from '#kernel/server/programs/index.ts'
import type { CheckedText } from '../contract.ts'
import type { CheckQuestion } from '../rules/check-question.ts'
import { finding } from '../rules/check-text.ts'

/** Longest time of one check. Its steps end sooner; this is for texts that were made to last. A request holds its transaction no longer than 30 s. */
const mostMilliseconds = 20_000
/** Memory of the thread: a text of 2 MB needs some 150 MB. */
const memory = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 }
/** One that was stopped may be asked again: the machine may have been busy. Until then its transaction must not wait a second time. */
const stoppedMilliseconds = 60_000
/** A thread that nobody asked for so long is ended. */
const idleMilliseconds = 20_000

const answers = new Map<string, CheckedText>()
const mostAnswers = 30

let thread: Worker | undefined
let turn: Promise<unknown> = Promise.resolve()
let idle: NodeJS.Timeout | undefined

/**
 * Checks a text in another thread, so that the server answers meanwhile; one at a time, the same question once. What lasts too long or needs
 * too much memory is stopped and refused (`not-finished`). The result depends on the question only, so that it is remembered.
 */
export async function checkBeside(question: CheckQuestion): Promise<CheckedText> {
  const key = createHash('sha256').update(JSON.stringify(question)).digest('hex')
  const mine = turn.then(async () => {
    const answer = answers.get(key) ?? (await ask(question))
    remember(key, answer)
    if (answer === stopped) setTimeout(() => answers.delete(key), stoppedMilliseconds).unref()
    return answer
  })
  turn = mine.catch(() => undefined)
  return mine
}

function remember(key: string, answer: CheckedText): void {
  answers.delete(key)
  answers.set(key, answer)
  const [oldest] = answers.keys()
  if (answers.size > mostAnswers && oldest !== undefined) answers.delete(oldest)
}

const stopped: CheckedText = { findings: [finding('not-finished', 'error')], results: [] }

async function ask(question: CheckQuestion): Promise<CheckedText> {
  clearTimeout(idle)
  const worker = (thread ??= startWorker(new URL('./check-worker.ts', import.meta.url), {
    execArgv: ['--no-warnings'],
    resourceLimits: memory,
  }))
  worker.ref()
  let limit: NodeJS.Timeout | undefined
  let forget = (): void => undefined
  try {
    return await new Promise<CheckedText>((resolve, reject) => {
      const fail = (fault: Error): void => {
        if (thread === worker) thread = undefined
        if ('code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(stopped)
        else reject(fault)
      }
      forget = () => void worker.off('message', resolve).off('error', fail)
      worker.on('message', resolve).on('error', fail).postMessage(question)
      limit = setTimeout(() => resolve(endThread(worker).then(() => stopped)), mostMilliseconds)
    })
  } finally {
    clearTimeout(limit)
    forget()
    // It must not keep the process alive.
    worker.unref()
    idle = setTimeout(() => void endThread(worker), idleMilliseconds).unref()
  }
}

async function endThread(worker: Worker): Promise<void> {
  if (thread === worker) thread = undefined
  await worker.terminate()
}

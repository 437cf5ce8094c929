import { useEffect, useRef, useState } from 'react'
import type { WorkerAnswer, WorkerQuestion } from './check-worker.ts'
import type { CheckAnswer, CheckRequest } from './model-check.ts'

export interface ModelCheck {
  /** The newest answer; of the model before while the present one is being looked at. */
  readonly answer: CheckAnswer | undefined
  readonly isRunning: boolean
}

interface Checked {
  readonly of: CheckRequest
  readonly answer: CheckAnswer
}

/** Questions to the worker: one at a time, those overtaken by an edit are dropped. */
interface Waiting {
  worker: Worker | undefined
  sent: number
  asked: CheckRequest | undefined
  next: CheckRequest | undefined
}

/** Checks the model after each edit, beside the page: a check of a large table never holds up a key. */
export function useModelCheck(request: CheckRequest): ModelCheck {
  const waiting = useRef<Waiting>({ worker: undefined, sent: 0, asked: undefined, next: undefined })
  const [checked, setChecked] = useState<Checked>()
  useEffect(() => {
    const state = waiting.current
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    state.worker = worker
    worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
      const { asked, next } = state
      if (event.data.answer !== undefined && asked !== undefined) setChecked({ of: asked, answer: event.data.answer })
      state.asked = undefined
      state.next = undefined
      if (next !== undefined) ask(state, next)
    })
    return () => {
      worker.terminate()
      state.worker = undefined
      state.asked = undefined
    }
  }, [])
  const { definitions, facts, parameters, examples, decision, language } = request
  useEffect(() => {
    const state = waiting.current
    const timer = setTimeout(() => {
      const question = { definitions, facts, parameters, examples, decision, language }
      if (state.asked === undefined) ask(state, question)
      else state.next = question
    }, 120)
    return () => clearTimeout(timer)
  }, [definitions, facts, parameters, examples, decision, language])
  const isRunning = checked === undefined || checked.of.definitions !== definitions || checked.of.examples !== examples
  return { answer: checked?.answer, isRunning }
}

function ask(state: Waiting, request: CheckRequest): void {
  state.sent += 1
  state.asked = request
  state.worker?.postMessage({ number: state.sent, request } satisfies WorkerQuestion)
}

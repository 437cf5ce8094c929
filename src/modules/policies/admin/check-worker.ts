import { checkPolicyModel, type CheckAnswer, type CheckRequest } from './model-check.ts'

/** A question to the worker and its answer, tied by a number. */
export interface WorkerQuestion {
  readonly number: number
  readonly request: CheckRequest
}
export interface WorkerAnswer {
  readonly number: number
  readonly answer: CheckAnswer | undefined
}

// A table of 1,000 rows takes about a second to be checked whole; beside the page it never holds up a key.
addEventListener('message', (event: MessageEvent<WorkerQuestion>) => {
  const { number, request } = event.data
  let answer: CheckAnswer | undefined
  try {
    answer = checkPolicyModel(request)
  } finally {
    postMessage({ number, answer } satisfies WorkerAnswer)
  }
})

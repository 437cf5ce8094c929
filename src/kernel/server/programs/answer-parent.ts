import { isNamedError } from '#kernel/pure/errors/index.ts'

/** In a child of `runProgram`: does the work and sends its answer, JSON, or its named error. */
export async function answerParent(work: () => Promise<unknown>): Promise<void> {
  const answer = await work().then(
    (value) => ({ answer: value ?? null }),
    (fault: unknown) => {
      if (!isNamedError(fault)) throw fault
      return { error: { code: fault.code, status: fault.status, details: fault.details } }
    },
  )
  await new Promise((resolve) => process.stdout.write(JSON.stringify(answer), resolve))
}

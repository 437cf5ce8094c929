// The program of the child process: takes one job over its channel and tells what came of it. See probe-in-child.ts.
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { ProbeJob, ProbeMessage } from './outcome.ts'
import { runProbe } from './run-probe.ts'
import { screeningErrors } from './screening-errors.ts'

function send(message: ProbeMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (fault) => (fault === null ? resolve() : reject(fault)))
  })
}

process.once('disconnect', () => process.exit(0))
process.once('message', (job: ProbeJob) => {
  runProbe(job, send)
    .catch((error: unknown) => {
      const named = isNamedError(error) ? error : screeningErrors.probeFailed({ reason: error instanceof Error ? error.name : 'unknown' })
      return send({ kind: 'error', code: named.code, status: named.status, details: named.details })
    })
    .finally(() => process.disconnect())
})

import pino from 'pino'
import { isNamedError } from '#kernel/pure/errors/index.ts'

/** What a log line may hold: an allow-list, so that no personal data slips in (trust.md §5.9). */
export interface LogFields {
  event: string
  route?: string
  status?: number
  durationMs?: number
  code?: string
  faultId?: string
  count?: number
  module?: string
}

/** Writes lines of JSON to standard error. */
export interface Log {
  info(fields: LogFields): void
  warn(fields: LogFields): void
  error(fields: LogFields, fault?: unknown): void
}

const allowed = ['event', 'route', 'status', 'durationMs', 'code', 'faultId', 'count', 'module'] as const

/** Makes the log of a process. `level` is pino's; tests pass `silent`. */
export function makeLog(level: 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  const target = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
  return {
    info: (fields) => target.info(onlyAllowed(fields)),
    warn: (fields) => target.warn(onlyAllowed(fields)),
    error: (fields, fault) => target.error({ ...onlyAllowed(fields), ...describeFault(fault) }),
  }
}

function onlyAllowed(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(allowed.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]))
}

/** A driver's error holds parameter values; only its class, SQLSTATE and our own stack frames are written (trust.md §1.4). */
function describeFault(fault: unknown): Record<string, unknown> {
  if (fault === undefined) return {}
  if (isNamedError(fault)) return { fault: fault.code }
  if (!(fault instanceof Error)) return { fault: typeof fault }
  const frames = (fault.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
  const fromDriver = 'severity' in fault && 'code' in fault
  const place = fromDriver ? { sqlState: String(fault.code), constraint: 'constraint' in fault ? fault.constraint : undefined } : {}
  return { fault: fault.name, ...place, frames: frames.map((frame) => frame.trim()) }
}

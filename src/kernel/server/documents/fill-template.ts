import { isNamedError } from '#kernel/pure/errors/index.ts'
import { runProgram } from '#kernel/server/programs/index.ts'
import { documentErrors } from './errors.ts'
import type { PaperValues } from './paper-values.ts'

/** Filling runs in a child: a template may be a stranger's (trust.md §3). */
export const childLimits = { megabytes: 256, seconds: 20 } as const

/**
 * Fills a Word template (`{field}`, `{#list}…{/list}`) with values; columns of tables that show only fields of `leftOut` are taken out. Throws
 * `documents.broken-tag`, `.unreadable`, `.too-much`.
 */
export async function fillTemplate(template: Uint8Array, values: PaperValues, leftOut: readonly string[] = []): Promise<Buffer> {
  const given = { work: 'fill', template: Buffer.from(template).toString('base64'), values, leftOut }
  // Safe: the child answers a document in base64.
  return Buffer.from((await askChild(given)) as string, 'base64')
}

/** Runs the child and turns how it failed into what is wrong with the template. */
export async function askChild(given: object): Promise<unknown> {
  try {
    return await runProgram(new URL('./document-child.ts', import.meta.url), given, childLimits)
  } catch (fault) {
    if (!isNamedError(fault) || !fault.code.startsWith('programs.') || fault.code === 'programs.busy') throw fault
    throw fault.code === 'programs.crashed' ? documentErrors.unreadable() : documentErrors.tooMuch({ seconds: childLimits.seconds })
  }
}

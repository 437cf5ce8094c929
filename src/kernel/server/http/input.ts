import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { httpErrors } from './names.ts'
import type { AnyRoute, Input, RequestFacts } from './route.ts'

/** Checks what came in against the route's closed schemas; an unknown field is refused (trust.md §2.6). */
export function parseInput(route: AnyRoute, request: FastifyRequest, facts: RequestFacts): Input<never, never, never> {
  const input = {
    params: parsePart('params', route.params, request.params),
    query: parsePart('query', route.query, request.query),
    body: route.kind === 'upload' ? undefined : parsePart('body', route.body, request.body ?? undefined),
    request: facts,
    ...(route.kind === 'upload' ? { upload: readUpload(request) } : {}),
  }
  // Safe: each part was parsed by the schema that the route's types come from.
  return input as unknown as Input<never, never, never>
}

/** A NUL or half a character as JSON writes them: `\u0000`, `\ud83d` after an even number of backslashes. */
const writtenNoText = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

function parsePart(part: 'params' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) {
    const isEmpty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
    if (!isEmpty) throw httpErrors.badRequest({ part, reason: 'unexpected' })
    return undefined
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) {
    // PostgreSQL keeps neither in a text: such a word is refused here, not by a fault of the database.
    if (writtenNoText.test(JSON.stringify(parsed.data ?? null))) throw httpErrors.badRequest({ part, reason: 'unreadable' })
    return parsed.data
  }
  const fields = parsed.error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), problem: issue.code }))
  throw httpErrors.badRequest({ part, fields })
}

function readUpload(request: FastifyRequest): { stream: Readable; fileName: string } {
  const name = request.headers['x-file-name']
  if (typeof name !== 'string' || request.headers['content-type'] !== 'application/octet-stream') {
    throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
  }
  let fileName: string
  try {
    fileName = decodeURIComponent(name)
  } catch {
    throw httpErrors.badRequest({ part: 'x-file-name', reason: 'unreadable' }) // half a percent sequence
  }
  if (fileName.includes('\0')) throw httpErrors.badRequest({ part: 'x-file-name', reason: 'unreadable' }) // as in texts
  // Safe: the parser for octet streams hands on the payload itself.
  return { stream: request.body as Readable, fileName: fileName.split(/[/\\]/).at(-1)?.slice(0, 200) ?? '' }
}

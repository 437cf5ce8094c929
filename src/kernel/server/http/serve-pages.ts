import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Log } from '../log/index.ts'
import { html, writePage } from './html.ts'
import type { AnyPage, PageAnswer, PageCall, PageRefusal, RawForm } from './page.ts'
import type { Gatekeeper } from './route.ts'

interface PagesOptions {
  pages: readonly AnyPage[]
  gatekeeper: Gatekeeper
  log: Log
}

const mostFormBytes = 64 * 1024
const mostFields = 100
const statusOf = { 'not-found': 404, fields: 422, 'too-large': 413, unreadable: 400, fault: 500 } as const satisfies Record<
  PageRefusal,
  number
>

/** Serves the public pages. They stand apart from the routes: another body, other headers, answers for people. */
export async function servePages(server: FastifyInstance, options: PagesOptions): Promise<void> {
  await server.register(async (inner) => {
    const forms = { parseAs: 'string', bodyLimit: mostFormBytes } as const
    inner.removeAllContentTypeParsers()
    inner.addContentTypeParser<string>('application/x-www-form-urlencoded', forms, (_request, text, done) => done(null, readForm(text)))
    for (const page of options.pages) serve(inner, page, options)
  })
}

function serve(server: FastifyInstance, page: AnyPage, { gatekeeper, log }: PagesOptions): void {
  const { access } = page
  if (!access?.action || !access.object || access.scope !== 'public') throw new Error(`the page ${page.path} does not say who may call it`)
  const policy = contentPolicy(page.style)
  const send = (reply: FastifyReply, answer: PageAnswer, status = 200) => sendPage(reply, { answer, status, page, policy })
  const asCounty = (countyCode: string) => gatekeeper.forPublic({ countyCode, reason: `public.${access.object}.${access.action}` })
  const refuse = async (request: FastifyRequest, reply: FastifyReply, given: { reason: PageRefusal; fields?: readonly string[] }) => {
    const call = callOf(request)
    const code = call.params['countyCode'] ?? ''
    if (!/^\d{6}$/.test(code)) return send(reply, nothingHere, 404)
    const answer = await page
      .refuse(asCounty(code), { ...call, reason: given.reason, fields: given.fields ?? [] })
      .catch((fault: unknown) => {
        log.error({ event: 'fault', route: `${page.method} ${page.path}`, faultId: makeId() }, fault)
        return nothingHere
      })
    return send(reply, answer, statusOf[given.reason])
  }
  server.route({
    method: page.method,
    url: page.path,
    errorHandler: (fault, request, reply) => {
      const reason = reasonOf(fault)
      if (reason === 'fault') log.error({ event: 'fault', route: `${page.method} ${page.path}`, faultId: makeId() }, fault)
      void refuse(request, reply, { reason }) // it catches its own faults
    },
    handler: async (request, reply) => {
      const call = callOf(request)
      const { countyCode = '', ...params } = call.params
      if (!/^\d{6}$/.test(countyCode)) return refuse(request, reply, { reason: 'not-found' })
      const ctx = asCounty(countyCode)
      const limited = await page.limit?.(ctx, call)
      if (limited !== undefined) return send(reply.header('retry-after', '60'), limited, 429)
      const parsed = parseCall(page, { params, query: call.query, form: call.form })
      if ('reason' in parsed) return refuse(request, reply, parsed)
      return send(reply, await page.handle(ctx, { ...parsed, call }))
    },
  })
}

type Parsed = { params: never; query: never; form: never }

/** Checks what came against the page's closed schemas. */
function parseCall(
  page: AnyPage,
  came: { params: unknown; query: RawForm; form: RawForm },
): Parsed | { reason: PageRefusal; fields: readonly string[] } {
  const params = page.params.safeParse(came.params)
  if (!params.success) return { reason: 'not-found', fields: [] }
  const query = parsePart(page.query, came.query)
  const form = parsePart(page.form, came.form)
  if (!query.ok) return { reason: 'not-found', fields: [] }
  if (!form.ok) return { reason: 'fields', fields: form.fields }
  // Safe: each part was parsed by the schema that the page's types come from.
  return { params: params.data, query: query.value, form: form.value } as unknown as Parsed
}

function parsePart(schema: z.ZodType | undefined, came: RawForm): { ok: true; value: unknown } | { ok: false; fields: string[] } {
  if (schema === undefined) return { ok: true, value: undefined }
  const parsed = schema.safeParse(came)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, fields: [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))].slice(0, 20) }
}

/** Reads a form; what no text of the database can hold is taken out, and what passes the number of fields is not read. */
function readForm(text: string): RawForm {
  const form = new Map<string, string | string[]>()
  let count = 0
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1
    if (count > mostFields) break
    const word = value.replaceAll('\0', '')
    const held = form.get(name)
    if (held === undefined) form.set(name, word)
    else if (typeof held === 'string') form.set(name, [held, word])
    else held.push(word)
  }
  return Object.fromEntries(form)
}

function callOf(request: FastifyRequest): PageCall {
  const isForm = typeof request.body === 'object' && request.body !== null
  // Safe: paths name single words, and the only parser of bodies is `readForm`.
  const [params, query, form] = [
    request.params as Record<string, string>,
    request.query as RawForm,
    (isForm ? request.body : {}) as RawForm,
  ]
  return { address: request.ip, origin: `${request.protocol}://${request.host}`, params, query, form }
}

function reasonOf(fault: unknown): PageRefusal {
  if (isNamedError(fault)) return fault.status === 404 ? 'not-found' : 'fault'
  const status = fault instanceof Error && 'statusCode' in fault ? fault.statusCode : 500
  if (status === 413) return 'too-large'
  return typeof status === 'number' && status < 500 ? 'unreadable' : 'fault'
}

/** Nothing but the page's own style and pictures within the page; forms come back here. */
function contentPolicy(style: string): string {
  const digest = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

const nothingHere: PageAnswer = { title: '404', body: html`<p>没有找到这一页。Nothing is here.</p>` }

function sendPage(reply: FastifyReply, given: { answer: PageAnswer; status: number; page: AnyPage; policy: string }): FastifyReply {
  const { answer, status, page, policy } = given
  reply.headers({
    'content-security-policy': policy,
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  })
  if ('seeOther' in answer) return reply.code(303).header('location', answer.seeOther).send()
  const { title, body, language = 'zh-CN' } = answer
  return reply
    .code(answer.status ?? status)
    .type('text/html; charset=utf-8')
    .send(writePage({ title, language, style: page.style, body }))
}

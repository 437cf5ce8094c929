import { existsSync } from 'node:fs'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { isNamedError, type NamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '../audit/index.ts'
import type { Context } from '../caller/index.ts'
import { inTransaction } from '../database/index.ts'
import type { Log } from '../log/index.ts'
import { answerOnce } from './idempotency.ts'
import { parseInput } from './input.ts'
import type { AnyPage } from './page.ts'
import type { AnyRoute, Download, Gatekeeper, RequestFacts } from './route.ts'
import { httpErrors, sessionCookie } from './names.ts'
import { servePages } from './serve-pages.ts'

export interface ServerOptions {
  routes: readonly AnyRoute[]
  /** Public plain pages beside `/api`. */
  pages?: readonly AnyPage[]
  gatekeeper: Gatekeeper
  log: Log
  /** Folder of the built office app; absent in tests of routes. */
  appDirectory?: string
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
} as const

/** Makes the HTTP server. A route without a complete `access` stops the start (trust.md §2.1). */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  // A proxy with a certificate stands on the same machine: behind it, what it says of the caller's address holds; from elsewhere nobody is believed.
  const server = fastify({ bodyLimit: 1024 * 1024, logger: false, trustProxy: 'loopback', routerOptions: { maxParamLength: 200 } })
  await server.register(cookie)
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  server.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  server.setErrorHandler((fault, request, reply) => sendFault({ fault, request, reply, log: options.log }))
  server.get('/healthz', async () => ({ ok: true }))
  for (const route of options.routes) register(server, route, options)
  await servePages(server, { pages: options.pages ?? [], gatekeeper: options.gatekeeper, log: options.log })
  server.all('/api/*', async () => {
    throw httpErrors.notFound()
  })
  if (options.appDirectory !== undefined && existsSync(options.appDirectory)) await serveApp(server, options.appDirectory)
  return server
}

/** The office app: its files by name, its one page for every other address. */
async function serveApp(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: directory,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.setNotFoundHandler((request, reply) => {
    // A page that was open before an upgrade asks for chunks that are gone: it must not be given the page in their place.
    const isMissingFile = request.method !== 'GET' || request.url.startsWith('/assets/')
    if (isMissingFile) return reply.code(404).send({ code: 'http.not-found', details: {} })
    return reply.sendFile('index.html')
  })
}

function register(server: FastifyInstance, route: AnyRoute, options: ServerOptions): void {
  const { access } = route
  if (!access?.action || !access.object || !access.scope || !access.fields) {
    throw new Error(`the route ${route.method} ${route.path} does not say who may call it (access)`)
  }
  server.route({
    method: route.method,
    url: `/api${route.path}`,
    handler: async (request, reply) => {
      const facts = requestFacts(request, reply)
      const ctx = await admit({ route, facts, request, gatekeeper: options.gatekeeper })
      const input = parseInput(route, request, facts)
      const answer = await answerOnce({ route, ctx, input, key: request.headers['idempotency-key'] }).catch(async (fault: unknown) => {
        if (route.notesRefusal === true && isNamedError(fault)) await noteRefusal(ctx, route, fault.code)
        throw fault
      })
      return sendAnswer(reply, answer)
    },
  })
}

/** Decides whether the caller may come in, and as whom. */
async function admit(given: { route: AnyRoute; facts: RequestFacts; request: FastifyRequest; gatekeeper: Gatekeeper }): Promise<Context> {
  const { route, facts, request, gatekeeper } = given
  if (route.method !== 'GET') refuseForeignSite(request)
  if (route.access.scope === 'public') return gatekeeper.forPublic()
  const found = await gatekeeper.recognise(facts.sessionToken)
  if (found === undefined) throw httpErrors.loginNeeded()
  if (found.onlyActions !== undefined && !found.onlyActions.includes(route.access.action)) throw httpErrors.passwordChangeNeeded()
  if (route.access.scope === 'own') return found.ctx
  const isWide = route.access.scope !== 'county' || found.ctx.scope.kind === 'county'
  if (isWide && gatekeeper.allows(found.ctx.caller, route.access)) return found.ctx
  await noteRefusal(found.ctx, route)
  throw httpErrors.notAllowed({ action: route.access.action, object: route.access.object })
}

/** A failed authorisation is an act of its own in the audit (trust.md §6). */
async function noteRefusal(ctx: Context, route: AnyRoute, code = 'http.not-allowed'): Promise<void> {
  const { action, object } = route.access
  await inTransaction(ctx, (db) =>
    audit(db, ctx, { did: 'http.refused', objectKind: 'http.route', objectId: `${object}:${action}`, details: { code } }),
  )
}

/** A write must come from our own pages: browsers say where a request starts. */
function refuseForeignSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw httpErrors.foreignSite()
  const { origin } = request.headers
  if (origin !== undefined && site === undefined && new URL(origin).host !== request.headers.host) throw httpErrors.foreignSite()
}

function requestFacts(request: FastifyRequest, reply: FastifyReply): RequestFacts {
  return {
    sessionToken: request.cookies[sessionCookie],
    address: request.ip,
    setSession: (token) => {
      const secure = request.protocol === 'https'
      if (token === undefined) reply.clearCookie(sessionCookie, { path: '/' })
      else reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure })
    },
  }
}

function isDownload(answer: unknown): answer is Download {
  return typeof answer === 'object' && answer !== null && 'fileName' in answer && 'contentType' in answer && 'body' in answer
}

function sendAnswer(reply: FastifyReply, answer: unknown): FastifyReply {
  if (isDownload(answer)) {
    reply.header('content-type', answer.contentType)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
    return reply.send(answer.body)
  }
  if (answer === undefined || answer === null) return reply.code(204).send()
  return reply.type('application/json; charset=utf-8').send(writeJson(answer))
}

/** JSON of an answer; counts and fen come as bigint from the database and are far below 2^53. */
export function writeJson(answer: unknown): string {
  return JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
}

function sendFault(given: { fault: unknown; request: FastifyRequest; reply: FastifyReply; log: Log }): FastifyReply {
  const { fault, request, reply, log } = given
  const route = `${request.method} ${request.routeOptions.url ?? ''}`
  const named = isNamedError(fault) ? fault : fromFramework(fault)
  if (named !== undefined && named.status < 500) {
    return reply
      .code(named.status)
      .type('application/json; charset=utf-8')
      .send(writeJson({ code: named.code, details: named.details }))
  }
  const faultId = makeId()
  log.error({ event: 'fault', route, faultId }, fault)
  const code = named?.code ?? 'http.fault'
  return reply
    .code(500)
    .type('application/json; charset=utf-8')
    .send(writeJson({ code, details: { faultId } }))
}

/** What fastify itself refuses: a body too large, JSON that does not parse. */
function fromFramework(fault: unknown): NamedError | undefined {
  if (!(fault instanceof Error) || !('statusCode' in fault)) return undefined
  if (fault.statusCode === 413) return httpErrors.tooLarge()
  return typeof fault.statusCode === 'number' && fault.statusCode < 500 ? httpErrors.badRequest({ reason: 'unreadable' }) : undefined
}

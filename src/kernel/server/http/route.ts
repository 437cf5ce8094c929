import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Caller, Context } from '../caller/index.ts'

/**
 * Who may call a route (trust.md §2.1). `object` and `action` are words of the module (`registry.household`, `read`); a role grants them.
 * `scope`: `public` needs no login; `own` concerns the caller's own account; `area` runs within the caller's scope, whatever it is;
 * `county` needs a caller of the county office. `fields`: what personal data the answer may hold.
 */
export interface Access {
  readonly action: string
  readonly object: string
  readonly scope: 'public' | 'own' | 'area' | 'county'
  readonly fields: 'none' | 'masked' | 'plain'
}

/** A file that is sent to the caller. */
export interface Download {
  readonly fileName: string
  readonly contentType: string
  readonly body: Readable | Buffer
}

/** What a handler is handed besides the context. */
export interface Input<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  /** Only for uploads: the bytes of the file and the sender's name for it. */
  upload?: { stream: Readable; fileName: string }
  request: RequestFacts
}

/** What a handler may know of the request itself, and how it sets the session cookie. */
export interface RequestFacts {
  readonly sessionToken: string | undefined
  readonly address: string
  setSession(token: string | undefined): void
}

export interface Route<Params = unknown, Query = unknown, Body = unknown, Answer = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below `/api`, such as `/registry/households/:householdId`. */
  readonly path: string
  readonly access: Access
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  /**
   * An upload takes raw bytes (`application/octet-stream`, name in `x-file-name`) and manages its own transactions. A question only reads,
   * but is sent as POST, because its words must not stand in an address (trust.md §5.9); it needs no idempotency key.
   */
  readonly kind?: 'upload' | 'question'
  /** Body or answer hold a password: neither is kept, not even hashed, and a replay is refused instead of answered again. */
  readonly isSecret?: true
  /** A named refusal of the handler (out of scope, out of budget) is kept in the audit, as a failed authorisation is (trust.md §6). */
  readonly notesRefusal?: true
  /** Runs before the transaction of a write, for what would hold it too long; what it finds it must remember itself, and `handle` looks again. */
  readonly prepare?: (ctx: Context, input: Input<Params, Query, Body>) => Promise<void>
  readonly handle: (ctx: Context, input: Input<Params, Query, Body>) => Promise<Answer>
  /** Runs after the transaction of a write has been committed, for work that goes on in the background. */
  readonly afterCommit?: (ctx: Context, answer: Answer) => void
}

// Routes of all shapes stand in one list; each was checked by `defineRoute`.
export type AnyRoute = Route<never, never, never, unknown>

/** Declares a route; the compiler ties the handler's input to the schemas. A route without `access` does not compile, nor start. */
export function defineRoute<Params, Query, Body, Answer>(route: Route<Params, Query, Body, Answer>): AnyRoute {
  // Safe: the server hands the handler only what the route's own schemas have parsed.
  return route as unknown as AnyRoute
}

/** A caller that authentication has recognised. `onlyActions` narrows a session that must first change its password. */
export interface Recognised {
  ctx: Context
  onlyActions?: readonly string[]
}

/** What the server asks of the module that knows users. */
export interface Gatekeeper {
  recognise(sessionToken: string | undefined): Promise<Recognised | undefined>
  /** A context for public routes, which reach nothing but what they name; for public pages, of the county that their path names. */
  forPublic(where?: { countyCode: string; reason: string }): Context
  allows(caller: Caller, access: Access): boolean
}

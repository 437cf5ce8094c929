import type { z } from 'zod'
import type { Context } from '../caller/index.ts'
import type { Html } from './html.ts'
import type { Access } from './route.ts'

/** A form as it came: a word for each field, several for one that was ticked more than once. Nothing in it was checked. */
export type RawForm = Readonly<Record<string, string | readonly string[]>>

/** What is shown, or where the browser goes instead (after a form was taken: a page that may be opened again). */
export type PageAnswer =
  | { readonly status?: number; readonly title: string; readonly body: Html; readonly language?: 'zh-CN' | 'en' }
  | { readonly seeOther: string }

/** Why a call is refused before its handler: nothing there, fields that do not fit, more than 64 kB, not a form, a fault of ours. */
export type PageRefusal = 'not-found' | 'fields' | 'too-large' | 'unreadable' | 'fault'

/** What a page may know of the call itself. */
export interface PageCall {
  readonly address: string
  /** Where the page stands, for links on paper: `https://example.org`. */
  readonly origin: string
  /** As they came, for the page that says what was wrong; each at most a few characters longer than the path can hold. */
  readonly params: Readonly<Record<string, string>>
  readonly query: RawForm
  readonly form: RawForm
}

/**
 * A public plain page (no login, no cookie, no script) beside `/api`: GET shows it, POST takes a form of at most 64 kB.
 *
 * Every path begins with a word of its own and the county: `/declare/:countyCode/:code`. The handler runs as the system within that county
 * (`ctx.scope` is a system scope with the reason `public.<object>.<action>`), so it must find its object by a code of 128 random bits and
 * show no more than that code entitles to. `params`, `query` and `form` are closed schemas of zod. Pages never render what somebody wrote but
 * through `html`. Security headers, `noindex`, `no-store` and a policy that allows only the page's own style are set for all.
 * A form comes without a check of its origin: there is no login that a foreign site could use. What must happen once carries a number of its own.
 */
export interface Page<Params = unknown, Query = unknown, Form = unknown> {
  readonly method: 'GET' | 'POST'
  readonly path: `/${string}/:countyCode/${string}`
  readonly access: Access & { readonly scope: 'public' }
  /** Besides `countyCode`, which is six digits. */
  readonly params: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly form?: z.ZodType<Form>
  /** The one style sheet; attributes `style` are refused by the browser. */
  readonly style: string
  /** Asked first, for every call: a limit that was passed answers here (429) with what is shown instead; nothing lets the call go on. */
  readonly limit?: (ctx: Context, call: PageCall) => Promise<PageAnswer | undefined>
  readonly handle: (ctx: Context, input: PageInput<Params, Query, Form>) => Promise<PageAnswer>
  /** What is shown instead of the page; a form that was refused is shown again with what was written. The status is set by the reason. */
  readonly refuse: (ctx: Context, refused: PageCall & { reason: PageRefusal; fields: readonly string[] }) => Promise<PageAnswer>
}

export interface PageInput<Params, Query, Form> {
  readonly params: Params
  readonly query: Query
  readonly form: Form
  readonly call: PageCall
}

// Pages of all shapes stand in one list; each was checked by `definePage`.
export type AnyPage = Page<never, never, never>

/** Declares a public page; the compiler ties the handler's input to the schemas. */
export function definePage<Params, Query, Form>(page: Page<Params, Query, Form>): AnyPage {
  // Safe: the server hands the handler only what the page's own schemas have parsed.
  return page as unknown as AnyPage
}

export { html, type Html, type HtmlValue } from './html.ts'
export { httpErrors, sessionCookie } from './names.ts'
export { definePage, type AnyPage, type Page, type PageAnswer, type PageCall, type PageRefusal, type RawForm } from './page.ts'
export { makeServer, type ServerOptions } from './server.ts'
export { addressKey, makeTokenBuckets, type Rate, type TokenBuckets } from './token-buckets.ts'
export {
  defineRoute,
  type Access,
  type AnyRoute,
  type Download,
  type Gatekeeper,
  type Recognised,
  type RequestFacts,
} from './route.ts'
export type { ServerPlug } from './plug.ts'

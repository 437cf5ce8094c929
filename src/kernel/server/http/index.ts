export { httpErrors, sessionCookie } from './names.ts'
export { makeServer, type ServerOptions } from './server.ts'
export {
  defineRoute,
  type Access,
  type AnyRoute,
  type Download,
  type Gatekeeper,
  type Recognised,
  type RequestFacts,
  type ServerPlug,
} from './route.ts'

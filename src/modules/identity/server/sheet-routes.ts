import { defineRoute, httpErrors, type Access, type AnyRoute } from '#kernel/server/http/index.ts'
import { readSheet } from './read-sheet.ts'

/** A file of areas or of accounts is read to rows; the screen shows them and sends back those that are meant. Nothing is kept. */
export function sheetRoutes(): AnyRoute[] {
  const route = (path: string, access: Access) =>
    defineRoute({
      method: 'POST',
      path,
      access,
      kind: 'upload',
      handle: async (_ctx, { upload }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        return readSheet(upload)
      },
    })
  return [
    route('/identity/areas/sheet', { action: 'import', object: 'identity.area', scope: 'county', fields: 'none' }),
    route('/identity/users/sheet', { action: 'manage', object: 'identity.user', scope: 'county', fields: 'plain' }),
  ]
}

import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ListImportRows, MapImport, OfBook, OfBookImport, PasteRows } from '../contract.ts'
import { makeImportFile } from './import-file.ts'
import {
  applyImport,
  discardImport,
  listBookImports,
  listImportRows,
  mapImport,
  readImport,
  stageFile,
  stagePaste,
  undoImport,
} from './imports.ts'
import { access } from './record-routes.ts'
import type { LedgerDeps } from './work-out.ts'

const book = '/ledgers/books/:templateKey'
const one = `${book}/imports/:importId`

/** Routes of imports: the file to fill in, dry runs, applying, taking back. */
export function importRoutes(deps: LedgerDeps): AnyRoute[] {
  const read = { method: 'GET', access: access('import') } as const
  const write = { method: 'POST', access: access('import') } as const
  return [
    defineRoute({ ...read, path: `${book}/import-file`, params: OfBook, handle: (ctx, { params }) => makeImportFile(ctx, deps, params) }),
    defineRoute({
      ...write,
      kind: 'upload',
      path: `${book}/imports`,
      params: OfBook,
      handle: (ctx, { params, upload }) => {
        if (upload === undefined) throw new Error('an upload route was called without an upload')
        return stageFile(ctx, deps, { ...params, ...upload })
      },
    }),
    defineRoute({
      ...write,
      path: `${book}/paste`,
      params: OfBook,
      body: PasteRows,
      handle: (ctx, { params, body }) => stagePaste(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({ ...read, path: `${book}/imports`, params: OfBook, handle: (ctx, { params }) => listBookImports(ctx, params) }),
    defineRoute({ ...read, path: one, params: OfBookImport, handle: (ctx, { params }) => readImport(ctx, params) }),
    defineRoute({
      ...read,
      path: `${one}/rows`,
      params: OfBookImport,
      query: ListImportRows,
      handle: (ctx, { params, query }) => listImportRows(ctx, { ...params, ...query }),
    }),
    defineRoute({
      ...write,
      path: `${one}/map`,
      params: OfBookImport,
      body: MapImport,
      handle: (ctx, { params, body }) => mapImport(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({ ...write, path: `${one}/apply`, params: OfBookImport, handle: (ctx, { params }) => applyImport(ctx, deps, params) }),
    defineRoute({ ...write, path: `${one}/undo`, params: OfBookImport, handle: (ctx, { params }) => undoImport(ctx, deps, params) }),
    defineRoute({ ...write, path: `${one}/discard`, params: OfBookImport, handle: (ctx, { params }) => discardImport(ctx, deps, params) }),
  ]
}

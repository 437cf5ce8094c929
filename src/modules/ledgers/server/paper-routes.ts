import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AskLinked,
  DrawSample,
  ExportRecords,
  OfBook,
  OfField,
  OfFile,
  OfRecord,
  PrintRecord,
  PrintRecords,
  RevealValue,
} from '../contract.ts'
import { drawSample } from './draw-sample.ts'
import { exportRecords } from './export-records.ts'
import { linkedRecords } from './linked-records.ts'
import { printRecord, printRecords } from './print-records.ts'
import { attachFile, downloadFile, removeFile } from './record-files.ts'
import { access } from './record-routes.ts'
import { revealValue } from './reveal-value.ts'
import type { LedgerDeps } from './work-out.ts'

const book = '/ledgers/books/:templateKey'
const one = `${book}/records/:recordId`

/** Routes of what goes out and hangs on: exports, prints, files, samples, records that name something. */
export function paperRoutes(deps: LedgerDeps): AnyRoute[] {
  return [...outRoutes(deps), ...valueRoutes(deps), ...fileRoutes(deps)]
}

function outRoutes(deps: LedgerDeps): AnyRoute[] {
  const question = { method: 'POST', kind: 'question' } as const
  return [
    defineRoute({
      ...question,
      path: `${book}/export`,
      access: access('export'),
      params: OfBook,
      body: ExportRecords,
      handle: (ctx, { params, body }) => exportRecords(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${book}/print`,
      access: access('read'),
      params: OfBook,
      body: PrintRecords,
      handle: (ctx, { params, body }) => printRecords(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${one}/print`,
      access: access('read'),
      params: OfRecord,
      body: PrintRecord,
      handle: (ctx, { params, body }) => printRecord(ctx, { ...params, ...body }),
    }),
  ]
}

function valueRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${book}/sample`,
      access: access('write'),
      params: OfBook,
      body: DrawSample,
      handle: (ctx, { params, body }) => drawSample(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: `${one}/reveal`,
      access: { ...access('reveal'), fields: 'plain' },
      isSecret: true,
      notesRefusal: true,
      params: OfRecord,
      body: RevealValue,
      handle: (ctx, { params, body }) => revealValue(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      method: 'GET',
      path: '/ledgers/linked',
      access: access('read'),
      query: AskLinked,
      handle: (ctx, { query }) => linkedRecords(ctx, query),
    }),
  ]
}

function fileRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      kind: 'upload',
      path: `${one}/fields/:fieldKey/files`,
      access: access('write'),
      params: OfField,
      handle: (ctx, { params, upload }) => {
        if (upload === undefined) throw new Error('an upload route was called without an upload')
        return attachFile(ctx, deps, { ...params, stream: upload.stream })
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${one}/files/:recordFileId`,
      access: access('read'),
      params: OfFile,
      handle: (ctx, { params }) => downloadFile(ctx, deps, params),
    }),
    defineRoute({
      method: 'POST',
      path: `${one}/files/:recordFileId/remove`,
      access: access('write'),
      params: OfFile,
      handle: (ctx, { params }) => removeFile(ctx, deps, params),
    }),
  ]
}

import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import * as z from 'zod'
import {
  CheckTemplate,
  GetTemplate,
  MigrateRecords,
  OfBook,
  PublishTemplate,
  SaveDraft,
  TemplateKey,
  WithdrawTemplate,
} from '../contract.ts'
import { listMigrations, previewMigration, startMigration } from './migrate-records.ts'
import { listTemplates, readTemplateRecord } from './read-templates.ts'
import {
  checkTemplate,
  discardDraft,
  downloadTemplate,
  publishTemplate,
  saveDraft,
  takeTemplateFile,
  withdrawTemplate,
} from './templates.ts'
import { tablesToAsk } from './template-tables.ts'
import { downloadForm, takeForm } from './xlsform-files.ts'

const access = (action: 'read' | 'edit') =>
  ({ action, object: 'ledgers.template', scope: action === 'edit' ? 'county' : 'area', fields: 'none' }) as const
const one = '/ledgers/templates/:templateKey'
const write = { method: 'POST', access: access('edit'), params: OfBook } as const

/** Routes of templates: reading, drafts, files, publishing. */
export function templateRoutes(): AnyRoute[] {
  return [...readRoutes(), ...formRoutes(), ...draftRoutes(), ...publishRoutes(), ...migrationRoutes()]
}

function readRoutes(): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/ledgers/templates', access: access('read'), handle: (ctx) => listTemplates(ctx) }),
    defineRoute({ method: 'GET', path: '/ledgers/templates/tables', access: access('edit'), handle: () => Promise.resolve(tablesToAsk()) }),
    defineRoute({
      method: 'GET',
      path: one,
      access: access('read'),
      params: OfBook,
      query: GetTemplate,
      handle: (ctx, { params, query }) => readTemplateRecord(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: `${one}/file`,
      access: access('read'),
      params: OfBook,
      query: GetTemplate,
      handle: (ctx, { params, query }) => downloadTemplate(ctx, { ...params, ...query }),
    }),
  ]
}

function formRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: `${one}/xlsform`,
      access: access('read'),
      params: OfBook,
      query: GetTemplate,
      handle: (ctx, { params, query }) => downloadForm(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'POST',
      kind: 'upload',
      path: '/ledgers/templates/xlsform',
      access: access('edit'),
      handle: (_ctx, { upload }) => {
        if (upload === undefined) throw new Error('an upload route was called without an upload')
        return takeForm(upload)
      },
    }),
  ]
}

function draftRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      kind: 'question',
      path: '/ledgers/templates/check',
      access: access('edit'),
      body: CheckTemplate,
      handle: (ctx, { body }) => checkTemplate(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      kind: 'upload',
      path: '/ledgers/templates/file',
      access: access('edit'),
      handle: (ctx, { upload }) => {
        if (upload === undefined) throw new Error('an upload route was called without an upload')
        return takeTemplateFile(ctx, upload)
      },
    }),
    defineRoute({
      ...write,
      method: 'PUT',
      path: '/ledgers/templates/:draftKey/draft',
      params: z.strictObject({ draftKey: TemplateKey }),
      body: SaveDraft,
      handle: (ctx, { params, body }) => saveDraft(ctx, { templateKey: params.draftKey, ...body }),
    }),
    defineRoute({ ...write, path: `${one}/draft/discard`, handle: (ctx, { params }) => discardDraft(ctx, params) }),
  ]
}

function publishRoutes(): AnyRoute[] {
  return [
    defineRoute({
      ...write,
      path: `${one}/publish`,
      body: PublishTemplate,
      handle: (ctx, { params, body }) => publishTemplate(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${one}/withdraw`,
      body: WithdrawTemplate,
      handle: (ctx, { params, body }) => withdrawTemplate(ctx, { ...params, ...body }),
    }),
  ]
}

function migrationRoutes(): AnyRoute[] {
  return [
    defineRoute({
      ...write,
      kind: 'question',
      path: `${one}/migration/preview`,
      body: MigrateRecords,
      handle: (ctx, { params, body }) => previewMigration(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${one}/migration`,
      body: MigrateRecords,
      handle: (ctx, { params, body }) => startMigration(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'GET',
      path: `${one}/migrations`,
      access: access('edit'),
      params: OfBook,
      handle: (ctx, { params }) => listMigrations(ctx, params),
    }),
  ]
}

import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AskBoard,
  AskCalendar,
  AskStatistics,
  ChangeMany,
  ChangeRecord,
  ChooseRecord,
  FilterRecords,
  MakeRecord,
  MoveMany,
  MoveRecord,
  OfBook,
  OfRecord,
  RemoveRecord,
  RestoreRecord,
  SearchRecords,
} from '../contract.ts'
import { countRecords, readBoard, readCalendar, readStatistics } from './count-records.ts'
import { changeMany, moveMany } from './many-records.ts'
import { moveRecord } from './move-record.ts'
import { chooseRecords, readBook, readRecord, searchRecords } from './read-records.ts'
import { listBooks } from './read-templates.ts'
import type { LedgerDeps } from './work-out.ts'
import { changeRecord, makeRecord, removeRecord, restoreRecord } from './write-record.ts'

export const access = (action: string) => ({ action, object: 'ledgers.record', scope: 'area', fields: 'masked' }) as const
const book = '/ledgers/books/:templateKey'
const one = `${book}/records/:recordId`
const write = { method: 'POST', access: access('write') } as const

/** Routes of books and their records. */
export function recordRoutes(deps: LedgerDeps): AnyRoute[] {
  return [...readRoutes(), ...questionRoutes(), ...writeRoutes(deps), ...manyRoutes(deps)]
}

function readRoutes(): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/ledgers/books', access: access('read'), handle: (ctx) => listBooks(ctx) }),
    defineRoute({ method: 'GET', path: book, access: access('read'), params: OfBook, handle: (ctx, { params }) => readBook(ctx, params) }),
    defineRoute({
      method: 'GET',
      path: `${book}/choose`,
      access: access('read'),
      params: OfBook,
      query: ChooseRecord,
      handle: (ctx, { params, query }) => chooseRecords(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: one,
      access: access('read'),
      params: OfRecord,
      handle: (ctx, { params }) => readRecord(ctx, params),
    }),
  ]
}

/** Questions that are too long for an address. */
function questionRoutes(): AnyRoute[] {
  const question = { method: 'POST', kind: 'question', access: access('read'), params: OfBook } as const
  return [
    defineRoute({
      ...question,
      path: `${book}/search`,
      body: SearchRecords,
      handle: (ctx, { params, body }) => searchRecords(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${book}/counts`,
      body: FilterRecords,
      handle: (ctx, { params, body }) => countRecords(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${book}/statistics`,
      body: AskStatistics,
      handle: (ctx, { params, body }) => readStatistics(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${book}/board`,
      body: AskBoard,
      handle: (ctx, { params, body }) => readBoard(ctx, { ...params, ...body }),
    }),
    defineRoute({
      ...question,
      path: `${book}/calendar`,
      body: AskCalendar,
      handle: (ctx, { params, body }) => readCalendar(ctx, { ...params, ...body }),
    }),
  ]
}

function writeRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({
      ...write,
      path: `${book}/records`,
      params: OfBook,
      body: MakeRecord,
      handle: (ctx, { params, body }) => makeRecord(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      method: 'PATCH',
      path: one,
      params: OfRecord,
      body: ChangeRecord,
      handle: (ctx, { params, body }) => changeRecord(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${one}/move`,
      params: OfRecord,
      body: MoveRecord,
      handle: (ctx, { params, body }) => moveRecord(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${one}/remove`,
      params: OfRecord,
      body: RemoveRecord,
      handle: (ctx, { params, body }) => removeRecord(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${one}/restore`,
      params: OfRecord,
      body: RestoreRecord,
      handle: (ctx, { params, body }) => restoreRecord(ctx, deps, { ...params, ...body }),
    }),
  ]
}

function manyRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({
      ...write,
      path: `${book}/change-many`,
      params: OfBook,
      body: ChangeMany,
      handle: (ctx, { params, body }) => changeMany(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      ...write,
      path: `${book}/move-many`,
      params: OfBook,
      body: MoveMany,
      handle: (ctx, { params, body }) => moveMany(ctx, deps, { ...params, ...body }),
    }),
  ]
}

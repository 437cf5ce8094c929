import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AddIncomeLines,
  CalculateIncome,
  ExportIncomeSheet,
  ReadIncomeSheet,
  TakeOverIncome,
  WithdrawIncomeLine,
} from '../../rules/income/income-requests.ts'
import { calculateIncome, readCalculation } from './income-calculate.ts'
import { exportIncomeSheet } from './income-export.ts'
import { addIncomeLines, readIncomeSheet, takeOverIncome, withdrawIncomeLine } from './income-sheet.ts'

const reading = { action: 'read', object: 'cases.income', scope: 'area', fields: 'plain' } as const
const editing = { ...reading, action: 'edit' } as const
const oneHousehold = z.strictObject({ householdId: z.uuid() })

/** The income sheet: read, lines added and withdrawn, amounts taken over, computed and kept numbers, the lines as a file. */
export function incomeRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [...readingRoutes(deps), ...editingRoutes()]
}

function readingRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/income-sheets/:householdId',
      access: reading,
      params: oneHousehold,
      query: ReadIncomeSheet,
      handle: (ctx, { params, query }) => readIncomeSheet(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/income-sheets/:householdId/export',
      access: { ...reading, action: 'export', fields: 'masked' },
      params: oneHousehold,
      query: ExportIncomeSheet,
      handle: (ctx, { params, query }) => exportIncomeSheet(ctx, { ...params, query }, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/income-calculations/:incomeCalculationId',
      access: reading,
      params: z.strictObject({ incomeCalculationId: z.uuid() }),
      handle: (ctx, { params }) => readCalculation(ctx, params.incomeCalculationId),
    }),
  ]
}

function editingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/income-sheets/:householdId/lines',
      access: editing,
      params: oneHousehold,
      body: AddIncomeLines,
      handle: (ctx, { params, body }) => addIncomeLines(ctx, { ...params, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/income-sheets/:householdId/take-over',
      access: editing,
      params: oneHousehold,
      body: TakeOverIncome,
      handle: (ctx, { params, body }) => takeOverIncome(ctx, { ...params, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/income-sheets/:householdId/calculations',
      access: editing,
      params: oneHousehold,
      body: CalculateIncome,
      handle: (ctx, { params, body }) => calculateIncome(ctx, { ...params, input: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/income-lines/:incomeLineId/withdraw',
      access: editing,
      params: z.strictObject({ incomeLineId: z.uuid() }),
      body: WithdrawIncomeLine,
      handle: (ctx, { params, body }) => withdrawIncomeLine(ctx, { lineId: params.incomeLineId, ...body }),
    }),
  ]
}

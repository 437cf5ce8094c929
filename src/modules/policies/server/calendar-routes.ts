import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ChangeCalendar, ReadCalendar } from '../rules/calendar-records.ts'
import { editCalendar, readCalendar } from './calendar-year.ts'

/** 放假安排: a year of the county's working days, and its changes. */
export function calendarRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/policies/calendar',
      access: { action: 'read', object: 'policies.calendar', scope: 'area', fields: 'none' },
      query: ReadCalendar,
      handle: (ctx, { query }) => readCalendar(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/calendar',
      access: { action: 'edit', object: 'policies.calendar', scope: 'county', fields: 'none' },
      body: ChangeCalendar,
      handle: (ctx, { body }) => editCalendar(ctx, body),
    }),
  ]
}

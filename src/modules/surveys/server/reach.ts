import type { Context } from '#kernel/server/caller/index.ts'

/** The county's area path. */
export function countyPath({ scope }: Context): string {
  const { countyCode } = scope
  return `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
}

/** The area that an officer works in. */
export function ownPath(ctx: Context): string {
  return ctx.scope.kind === 'area' ? ctx.scope.path : countyPath(ctx)
}

/** The township of an area path: its first four segments. */
export function townshipOf(areaPath: string): string {
  return `${areaPath.split('.').slice(0, 4).join('.')}.`
}

import type { Context } from '#kernel/server/caller/index.ts'
import { areaLevels } from '#modules/identity/contract.ts'
import { listAreas, nameOfProvince } from '#modules/identity/server/index.ts'

/** Areas outside the county whose texts are shipped. */
const shippedAreas: Readonly<Record<string, string>> = { '43.4305.': '湖南省邵阳市', '43.4305.430525.': '湖南省洞口县' }

/** Names of the areas of versions: 国家 for `''`, then as the county knows them, else by the code. */
export async function nameAreas(ctx: Context, paths: readonly string[]): Promise<(areaPath: string) => string> {
  const isUnknown = (path: string) => path !== '' && !/^\d{2}\.$/.test(path)
  const depth = Math.max(0, ...paths.map((path) => path.split('.').length - 1))
  const areas = paths.some(isUnknown) ? await listAreas(ctx, { level: areaLevels[Math.max(2, depth - 1)] ?? 'group' }) : []
  const names = new Map(areas.map((area) => [area.path, area.name]))
  return (areaPath) => {
    if (areaPath === '') return '国家'
    const province = /^(\d{2})\.$/.exec(areaPath)?.[1]
    const code = areaPath.split('.').at(-2) ?? areaPath
    return names.get(areaPath) ?? (province === undefined ? undefined : nameOfProvince(province)) ?? shippedAreas[areaPath] ?? code
  }
}

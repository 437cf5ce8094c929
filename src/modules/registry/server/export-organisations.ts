import type { Context } from '#kernel/server/caller/index.ts'
import type { ExportOrganisations, OrganisationItem } from '#modules/identity/contract.ts'
import { searchOrganisations } from '#modules/identity/server/index.ts'
import { allPages, mapped, type ListToExport } from './export-list.ts'

// The register of organisations. It stands here because every export is recorded in one place, and identity uses no other module.

const rowsAtOnce = 200
const columns = [
  { label: '单位名称', width: 36 },
  { label: '类别', width: 12 },
  { label: '统一社会信用代码', width: 22 },
  { label: '所在地', width: 22 },
  { label: '主营', width: 30 },
  { label: '注销日期', width: 12 },
] as const
const kinds = { office: '机关', department: '部门', firm: '企业', cooperative: '合作社', workshop: '帮扶车间', other: '其他' } as const

/** Organisations as their page lists them. */
export function organisationsToExport(ctx: Context, filter: ExportOrganisations): ListToExport {
  const { kind, under, withClosed } = filter
  const asked = {
    limit: rowsAtOnce,
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(under === undefined ? {} : { under }),
    ...(withClosed === undefined ? {} : { withClosed: true }),
  }
  const pages = allPages((after) => searchOrganisations(ctx, after === undefined ? asked : { ...asked, after }))
  return { list: 'identity.organisations', columns, filter, rows: mapped(pages, toCells) }
}

function toCells({ name, kind, creditCode, areaName, business, closedOn }: OrganisationItem): string[] {
  return [name, kinds[kind], creditCode ?? '', areaName, business ?? '', closedOn ?? '']
}

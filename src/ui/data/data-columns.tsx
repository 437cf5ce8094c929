import type { TableProps } from 'antd'
import { PageLink } from '../plug/page-link.tsx'
import { Value, type Shown } from './value.tsx'

export interface DataColumn<Row> {
  readonly key: string
  readonly title: string
  /** The cell: text, number, or a part such as StatusTag. `undefined`, `null`, '' are shown as —, `unknownValue` as 待核. */
  readonly value: (row: Row) => Shown
  /** `number` stands at the right in tabular figures; `code` in tabular figures at the left (IDs, dates). */
  readonly kind?: 'text' | 'number' | 'code'
  /** Width in rem; without it the content decides. */
  readonly widthRem?: number
}

type Columns<Row> = NonNullable<TableProps<Row>['columns']>

/** antd's columns: first frozen and a link, numbers at the right, empty cells marked. */
export function makeColumns<Row extends object>(
  columns: readonly DataColumn<Row>[],
  openRow?: (row: Row) => { to: string; search?: Readonly<Record<string, unknown>> } | undefined,
): Columns<Row> {
  return columns.map((column, index) => ({
    key: column.key,
    title: column.title,
    align: column.kind === 'number' ? 'right' : 'left',
    className: column.kind === undefined || column.kind === 'text' ? 'bf-cell' : 'bf-cell bf-figures',
    ...(index === 0 ? { fixed: 'left' as const } : {}),
    ...(column.widthRem === undefined ? {} : { width: `${column.widthRem}rem` }),
    render: (_value: unknown, row: Row) => {
      const content = <Value of={column.value(row)} />
      const target = index === 0 ? openRow?.(row) : undefined
      return target === undefined ? (
        content
      ) : (
        <PageLink to={target.to} search={target.search}>
          {content}
        </PageLink>
      )
    },
  }))
}

import { Value, type Shown } from './value.tsx'

export interface Description {
  readonly key: string
  readonly label: string
  readonly value: Shown
  /** Where the value comes from: list, date (ux.md D5). */
  readonly source?: string
}

/** Facts of one record: label above value, source below it. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  return (
    <dl className="bf-facts">
      {items.map(({ key, label, value, source }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            <Value of={value} />
            {source === undefined ? null : <span className="bf-source">{source}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

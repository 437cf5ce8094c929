import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { useAreas } from '#modules/identity/admin/index.ts'
import type { Organisation } from '#modules/identity/contract.ts'
import { useMay } from '#ui/plug/caller.tsx'
import type { UnitRef } from '../rules/problem-requests.ts'

/** A unit as one text: `organisation:id` or `area:path`. */
export function unitOfKey(key: string): UnitRef | undefined {
  const at = key.indexOf(':')
  const kind = key.slice(0, at)
  return kind === 'organisation' || kind === 'area' ? { kind, id: key.slice(at + 1) } : undefined
}

/** Departments, townships and villages that may be responsible or looked at. */
export function useUnitOptions(): { value: string; label: string }[] {
  const mayRead = useMay('identity.organisation:read')
  const areas = useAreas('village')
  const organisations = useQuery({
    queryKey: ['identity', 'organisations'],
    queryFn: async () => (await read<{ items: Organisation[] }>('/identity/organisations')).items,
    enabled: mayRead,
    staleTime: 300_000,
  })
  const list = (areas.data ?? []).filter(({ level }) => level === 'township' || level === 'village')
  const names = new Map(list.map((area) => [area.path, area.name]))
  return [
    ...(organisations.data ?? []).map((one) => ({ value: `organisation:${one.organisationId}`, label: one.name })),
    ...list.map((area) => ({
      value: `area:${area.path}`,
      label: area.level === 'village' ? `${names.get(area.parentPath) ?? ''} ${area.name}`.trim() : area.name,
    })),
  ]
}

/** One of them, found by typing any part of the name. */
export function UnitSelect(props: {
  id: string
  value: string
  onChange: (key: string) => void
  'aria-describedby'?: string
  'aria-invalid'?: true
}) {
  const { value, onChange, ...rest } = props
  const options = useUnitOptions()
  return (
    <Select
      {...rest}
      value={value === '' ? null : value}
      onChange={(key: string | null | undefined) => onChange(key ?? '')}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useMemo } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Area, AreaLevel } from '../contract.ts'

interface AreaSelectProps {
  id: string
  /** An area path; '' is none. */
  value: string
  onChange: (path: string) => void
  /** The lowest level offered. */
  level?: AreaLevel
  placeholder?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

/** The areas the caller may see, down to a level. */
export function useAreas(level: AreaLevel = 'village') {
  return useQuery({
    queryKey: ['identity', 'areas', level],
    queryFn: async () => (await read<{ items: Area[] }>('/identity/areas', { level })).items,
    staleTime: 300_000,
  })
}

/** A box to choose an area from the caller's own, found by typing any part of its name. Villages are shown with their township. */
export function AreaSelect({ value, onChange, level = 'village', ...rest }: AreaSelectProps) {
  const areas = useAreas(level)
  const options = useMemo(() => toOptions(areas.data ?? []), [areas.data])
  return (
    <Select
      {...rest}
      value={value === '' ? null : value}
      onChange={(path: string | null | undefined) => onChange(path ?? '')}
      options={options}
      loading={areas.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      style={{ width: '100%' }}
    />
  )
}

function toOptions(areas: readonly Area[]): { value: string; label: string }[] {
  const names = new Map(areas.map((area) => [area.path, area]))
  return areas
    .filter((area) => area.level !== 'province' && area.level !== 'prefecture')
    .map((area) => {
      const parent = names.get(area.parentPath)
      const isBelowTownship = parent !== undefined && (area.level === 'village' || area.level === 'group')
      return { value: area.path, label: isBelowTownship ? `${parent.name} / ${area.name}` : area.name }
    })
}

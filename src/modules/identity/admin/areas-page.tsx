import { Button, Input } from 'antd'
import { useMemo } from 'react'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { Area } from '../contract.ts'
import { useAreas } from './area-select.tsx'
import { areaWords } from './area-words.ts'
import { FilingSection } from './filing-section.tsx'
import { OrganisationSection } from './organisations.tsx'

const areaSearch = { q: searchText }

/** The tree of areas: each township opens to its villages and their groups. */
export function AreasPage() {
  const t = useT(areaWords)
  const go = useGo()
  const areas = useAreas('group')
  const mayFile = useMay('identity.county:edit')
  const mayOrganise = useMay('identity.organisation:read')
  const mayImport = useMay('identity.area:import')
  const [{ q }, setSearch] = usePageSearch(areaSearch)
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      actions={
        mayImport ? (
          <Button type="primary" onClick={() => go('/identity/areas/import')}>
            {t('importButton')}
          </Button>
        ) : undefined
      }
    >
      <div className="bf-filters">
        <Field label={t('find')} hint={t('findHint')}>
          {(control) => <Input {...control} value={q} allowClear onChange={(event) => setSearch({ q: event.target.value })} />}
        </Field>
      </div>
      <Loaded query={areas}>{(list) => <AreaTree areas={list} wanted={q.trim()} />}</Loaded>
      {mayOrganise ? <OrganisationSection /> : null}
      {mayFile ? <FilingSection /> : null}
    </PageFrame>
  )
}

function AreaTree({ areas, wanted }: { areas: readonly Area[]; wanted: string }) {
  const t = useT(areaWords)
  const children = useMemo(() => groupByParent(areas), [areas])
  const shown = useMemo(() => findShown(areas, wanted), [areas, wanted])
  const paths = new Set(areas.filter((area) => area.level !== 'province' && area.level !== 'prefecture').map((area) => area.path))
  const roots = areas.filter((area) => paths.has(area.path) && !paths.has(area.parentPath) && shown.has(area.path))
  if (roots.length === 0) return <EmptyFace todo={t('none')} />
  const hasTownships = areas.some((area) => area.level === 'township' || area.level === 'village')
  return (
    <Section>
      <ul className="bf-tree">
        {roots.map((area) => (
          <AreaNode key={area.path} area={area} childrenOf={children} shown={shown} isSearching={wanted !== ''} />
        ))}
      </ul>
      {hasTownships ? null : <EmptyFace todo={t('emptyCounty')} />}
    </Section>
  )
}

interface AreaNodeProps {
  area: Area
  childrenOf: ReadonlyMap<string, readonly Area[]>
  shown: ReadonlySet<string>
  isSearching: boolean
}

function AreaNode({ area, childrenOf, shown, isSearching }: AreaNodeProps) {
  const t = useT(areaWords)
  const children = (childrenOf.get(area.path) ?? []).filter((child) => shown.has(child.path))
  const label = (
    <>
      <span>{area.name}</span> <span className="bf-quiet bf-figures">{area.officialCode ?? `${area.code}（${t('ownCode')}）`}</span>
      {area.level === 'township' ? <span className="bf-quiet"> {t('villages', { n: children.length })}</span> : null}
      {area.level === 'village' && children.length > 0 ? <span className="bf-quiet"> {t('groups', { n: children.length })}</span> : null}
    </>
  )
  if (children.length === 0) return <li className="bf-leaf">{label}</li>
  const isCounty = area.level === 'county'
  return (
    <li>
      <details open={isCounty || isSearching}>
        <summary>{label}</summary>
        <ul className="bf-tree">
          {children.map((child) => (
            <AreaNode key={child.path} area={child} childrenOf={childrenOf} shown={shown} isSearching={isSearching} />
          ))}
        </ul>
      </details>
    </li>
  )
}

function groupByParent(areas: readonly Area[]): Map<string, Area[]> {
  const children = new Map<string, Area[]>()
  for (const area of areas) {
    const siblings = children.get(area.parentPath)
    if (siblings === undefined) children.set(area.parentPath, [area])
    else siblings.push(area)
  }
  return children
}

/** The areas that fit, what lies above them and what lies below. */
function findShown(areas: readonly Area[], wanted: string): Set<string> {
  if (wanted === '') return new Set(areas.map((area) => area.path))
  const hits = areas
    .filter((area) => area.name.includes(wanted) || (area.officialCode ?? area.code).startsWith(wanted))
    .map((area) => area.path)
  const above = new Set(hits.flatMap((path) => prefixesOf(path)))
  const isHit = new Set(hits)
  const below = areas.filter((area) => prefixesOf(area.path).some((path) => isHit.has(path))).map((area) => area.path)
  return new Set([...above, ...below])
}

/** '43.4305.' → ['43.', '43.4305.'] */
function prefixesOf(path: string): string[] {
  const parts = path.split('.').slice(0, -1)
  return parts.map((_part, index) => `${parts.slice(0, index + 1).join('.')}.`)
}

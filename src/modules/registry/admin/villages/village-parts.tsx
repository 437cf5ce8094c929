import type { ReactNode } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { VillagePageRecord } from '../../rules/villages/village-records.ts'
import { writeValue } from '../fact-text.ts'
import { nameCode } from '../household-search.ts'
import { listTags } from '../tag-words.ts'
import { villagePageWords } from './village-page-words.ts'

interface Line {
  key: string
  name: ReactNode
  numbers: readonly number[]
}
interface Props {
  record: VillagePageRecord
}

/** A short table: names at the left, numbers at the right. */
function NumberTable({ name, numbers, lines }: { name: string; numbers: readonly string[]; lines: readonly Line[] }) {
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {numbers.map((one) => (
              <th key={one} scope="col" className="bf-number">
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.name}</th>
              {line.numbers.map((value, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- the columns of a line are in a fixed order
                <td key={at} className="bf-number">
                  {value.toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Households and persons by type of household; each leads to its list. */
export function TypeTable({ record: { areaPath, byType } }: Props) {
  const t = useT(villagePageWords)
  const language = useLanguage()
  const lines = byType.map(({ key, households, persons }) => ({
    key: key ?? '',
    name: (
      <PageLink to="/registry/households" search={{ under: areaPath, type: key ?? 'unknown' }}>
        {key === undefined ? t('unknown') : nameCode('householdType', key, language)}
      </PageLink>
    ),
    numbers: [households, persons],
  }))
  return <NumberTable name={t('what')} numbers={[t('countHouseholds'), t('countPersons')]} lines={lines} />
}

/** Monitored households and their members by category; each leads to its list. */
export function CategoryTable({ record: { areaPath, byCategory } }: Props) {
  const t = useT(villagePageWords)
  const language = useLanguage()
  if (byCategory.length === 0) return <p className="bf-quiet">{t('noneMonitored')}</p>
  const lines = byCategory.map(({ key = '', households, persons }) => ({
    key,
    name: (
      <PageLink to="/registry/households" search={{ under: areaPath, monitored: key }}>
        {nameCode('monitorCategory', key, language)}
      </PageLink>
    ),
    numbers: [households, persons],
  }))
  return <NumberTable name={t('what')} numbers={[t('countHouseholds'), t('countPersons')]} lines={lines} />
}

/** Households and persons by group. */
export function GroupTable({ record: { byGroup } }: Props) {
  const t = useT(villagePageWords)
  const lines = byGroup.map(({ key, households, persons }) => ({
    key: key ?? '',
    name: key ?? t('noGroup'),
    numbers: [households, persons],
  }))
  return <NumberTable name={t('group')} numbers={[t('countHouseholds'), t('countPersons')]} lines={lines} />
}

/** Persons by what they can do. */
export function LabourTable({ record: { byLabour } }: Props) {
  const t = useT(villagePageWords)
  const language = useLanguage()
  const lines = [...byLabour]
    .sort((one, other) => other.persons - one.persons)
    .map(({ key, persons }) => ({ key: key ?? '', name: writeValue('laborSkill', key, language) ?? t('unknown'), numbers: [persons] }))
  return <NumberTable name={t('skill')} numbers={[t('countPersons')]} lines={lines} />
}

/** Tags of today with the number of households; each leads to its list. */
export function TagLines({ record: { areaPath, byTag } }: Props) {
  const language = useLanguage()
  const names = new Map(listTags(language).map(({ value, label }) => [value, label]))
  return (
    <ul className="bf-plain-lines">
      {byTag.map(({ tag, households }) => (
        <li key={tag}>
          <PageLink to="/registry/households" search={{ under: areaPath, tag }}>
            {names.get(tag) ?? tag}
          </PageLink>{' '}
          <span className="bf-figures">{households.toLocaleString('en')}</span>
        </li>
      ))}
    </ul>
  )
}

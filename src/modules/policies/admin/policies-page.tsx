import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchFlag, searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyCard } from '../contract.ts'
import { loadPolicies } from './policy-calls.ts'
import { PolicyStyles } from './policy-styles.tsx'
import { policyWords } from './policy-words.ts'

/** Topics in the order of the catalogue. */
export const topics = ['identification', 'classification', 'assistance', 'money', 'teams', 'targets', 'screening', 'income'] as const
type Topic = (typeof topics)[number]

const pageSearch = { q: searchText, topic: searchOneOf(topics), open: searchFlag }

/** 政策规则: all policies by topic, what is in force, and what waits. */
export function PoliciesPage() {
  const t = useT(policyWords)
  const policies = useQuery({ queryKey: ['policies', 'catalogue'], queryFn: loadPolicies })
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <PolicyStyles />
      <Loaded query={policies} lines={12}>
        {({ items }) => <Catalogue policies={items} />}
      </Loaded>
    </PageFrame>
  )
}

function Catalogue({ policies }: { policies: readonly PolicyCard[] }) {
  const t = useT(policyWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const text = search.q.trim().toLowerCase()
  const found = policies.filter((one) => textOf(one).includes(text))
  const shown = found.filter((one) => (search.topic === undefined || one.topic === search.topic) && (!search.open || one.open > 0))
  const groups = topics
    .map((topic) => ({ topic, policies: shown.filter((one) => one.topic === topic) }))
    .filter((one) => one.policies.length > 0)
  const chosen: Topic | 'all' | 'open' = search.open ? 'open' : (search.topic ?? 'all')
  return (
    <>
      <div className="bf-row">
        <Input
          className="policies-search"
          allowClear
          aria-label={t('search')}
          placeholder={t('search')}
          value={search.q}
          onChange={(event) => setSearch({ q: event.target.value })}
        />
        <ChoiceChips<Topic | 'all' | 'open'>
          label={t('topics')}
          chosen={chosen}
          choose={(key) => setSearch({ topic: key === 'all' || key === 'open' ? undefined : key, open: key === 'open' })}
          choices={[
            { key: 'all', label: t('all'), count: found.length },
            { key: 'open', label: t('mine'), count: found.filter((one) => one.open > 0).length },
            ...topics
              .map((topic) => ({ key: topic, label: t(`topic.${topic}`), count: found.filter((one) => one.topic === topic).length }))
              .filter((one) => one.count > 0),
          ]}
        />
      </div>
      {groups.length === 0 ? <EmptyFace todo={t('nothingFound')} /> : null}
      {groups.map((group) => (
        <Section key={group.topic} title={t(`topic.${group.topic}`)}>
          <PolicyTable label={t(`topic.${group.topic}`)} policies={group.policies} />
        </Section>
      ))}
    </>
  )
}

function textOf({ zh, en, key, answers, current }: PolicyCard): string {
  return [zh, en, key, ...answers, current?.documentNo ?? '', current?.documentTitle ?? ''].join('\n').toLowerCase()
}

function PolicyTable({ label, policies }: { label: string; policies: readonly PolicyCard[] }) {
  const t = useT(policyWords)
  const language = useLanguage()
  return (
    <ScrollBox>
      <table className="bf-table policies-catalogue" aria-label={label}>
        <thead>
          <tr>
            <th className="policies-wide">{t('name')}</th>
            <th className="policies-minor">{t('form')}</th>
            <th className="policies-minor">{t('subject')}</th>
            <th>{t('since')}</th>
            <th className="policies-wide policies-minor">{t('document')}</th>
            <th className="policies-minor">{t('whose')}</th>
            <th>{t('open')}</th>
          </tr>
        </thead>
        <tbody>
          {policies.map((one) => (
            <tr key={one.key}>
              <td>
                <PageLink to={`/policies/${one.key}`} className="policies-name">
                  {one[language]}
                </PageLink>
              </td>
              <td className="policies-minor">{t(`form.${one.form}`)}</td>
              <td className="policies-minor">{one.form === 'parameters' ? '—' : t(`subject.${one.subject}`)}</td>
              <td className="bf-figures">
                {one.current === null ? <span className="bf-unknown">{t('noCurrent')}</span> : one.current.effectiveFrom}
              </td>
              <td className="policies-minor">{paperOf(one.current)}</td>
              <td className="policies-minor">{one.current?.areaName ?? '—'}</td>
              <td>
                {one.open === 0 ? (
                  '—'
                ) : (
                  <PageLink to={`/policies/${one.key}`} search={{ tab: 'publish' }}>
                    <StatusTag level="amber" text={t('openCount', { n: one.open })} />
                  </PageLink>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function paperOf(version: PolicyCard['current']): string {
  if (version === null) return '—'
  const paper = [version.documentNo, version.documentTitle].filter((one) => one !== '').join(' ')
  return paper === '' ? '—' : paper
}

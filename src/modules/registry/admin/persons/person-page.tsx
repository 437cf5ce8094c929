import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSlot } from '#ui/plug/slots.ts'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import type { PersonRecord } from '../../rules/persons/person-records.ts'
import { personSections } from '../../rules/persons/person-sections.ts'
import { CorrectButton } from '../correct-dialog.tsx'
import { FactList } from '../fact-list.tsx'
import { ChangeList, CorrectionList } from '../household-history.tsx'
import { householdPageWords } from '../household-page-words.ts'
import { nameCode } from '../household-search.ts'
import { Looks } from '../member-details.tsx'
import { RegisterStyles } from '../register-styles.tsx'
import { KinList, PastHouseholds, PersonHead } from './person-parts.tsx'
import { personSlot, type PersonPanel } from './person-slot.ts'
import { personWords } from './person-words.ts'

/** One person, one page: who it is, whose household, what files and lists say, the case, the ledgers. */
export function PersonPage() {
  const t = useT(personWords)
  const go = useGo()
  const language = useLanguage()
  const personId = usePageParam('personId')
  const person = useQuery({
    queryKey: ['registry', 'person', personId],
    queryFn: () => read<PersonRecord>(`/registry/persons/${personId}`),
  })
  const record = person.data
  return (
    <PageFrame
      title={record?.person.name ?? t('unnamed')}
      extra={
        record === undefined ? null : (
          <>
            {record.mergedInto === undefined ? null : <StatusTag level="grey" text={t('merged')} />}
            {record.person.leftOn === undefined ? null : <StatusTag level="grey" text={t('left', { day: record.person.leftOn })} />}
            {record.household.monitorCategory === undefined ? null : (
              <StatusTag level="amber" text={nameCode('monitorCategory', record.household.monitorCategory, language)} />
            )}
            <span className="bf-spring" />
            <Button onClick={() => go(`/registry/households/${record.household.householdId}`)}>{t('toHousehold')}</Button>
          </>
        )
      }
    >
      <RegisterStyles />
      <Loaded query={person} lines={10}>
        {(found) => <Person record={found} />}
      </Loaded>
    </PageFrame>
  )
}

function Person({ record }: { record: PersonRecord }) {
  const t = useT(personWords)
  const pageT = useT(householdPageWords)
  const { person, household, mergedInto, kin, memberships, corrections, changes, can } = record
  const named = { personId: person.personId, householdId: household.householdId }
  return (
    <div className="registry-columns">
      <div className="bf-stack">
        {mergedInto === undefined ? null : <PageLink to={`/registry/persons/${mergedInto}`}>{t('mergedInto')}</PageLink>}
        <Section
          title={t('head')}
          extra={
            can['correct'] === true ? (
              <CorrectButton householdId={household.householdId} personId={person.personId} name={person.name} />
            ) : undefined
          }
        >
          <PersonHead record={record} />
        </Section>
        <Facts record={record} />
        <Panels {...named} place="more" />
      </div>
      <div className="bf-stack">
        <Panels {...named} place="side" />
        <Section title={t('kin')}>
          <KinList kin={kin} />
        </Section>
        {memberships.length < 2 ? null : (
          <Section title={t('past')}>
            <PastHouseholds memberships={memberships} />
          </Section>
        )}
        <CorrectionList corrections={corrections} />
        {changes.length === 0 ? null : <ChangeList changes={changes} />}
        <Section title={pageT('looks')}>
          <Looks personId={person.personId} />
        </Section>
      </div>
    </div>
  )
}

/** What files say, part by part; parts of which nobody has said anything are left out. */
function Facts({ record: { person } }: { record: PersonRecord }) {
  const t = useT(personWords)
  const known = new Set(person.facts.map((fact) => fact.key))
  const sections = personSections.filter((section) => section.fields.some((key) => known.has(key)))
  if (sections.length === 0) return <p className="bf-quiet">{t('noFacts')}</p>
  return sections.map((section) => (
    <Section key={section.key} title={t(`section.${section.key}`)}>
      <FactList facts={person.facts} core={[]} more={section.fields} />
    </Section>
  ))
}

/** What other modules have hung here. */
function Panels({ personId, householdId, place }: { personId: string; householdId: string; place: PersonPanel['place'] }) {
  const say = useSay()
  const { rights } = useCaller()
  const panels = useSlot(personSlot).filter((one) => one.place === place && (one.needs === undefined || rights.includes(one.needs)))
  return panels.map(({ key, words, isBare, panel: Panel }) =>
    isBare === true ? (
      <Panel key={key} personId={personId} householdId={householdId} />
    ) : (
      <Section key={key} title={say(words)}>
        <Panel personId={personId} householdId={householdId} />
      </Section>
    ),
  )
}

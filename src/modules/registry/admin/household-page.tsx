import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { MaskedValue } from '#ui/data/masked-value.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { unknownValue } from '#ui/data/value.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSlot } from '#ui/plug/slots.ts'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import { householdSections, type HouseholdSection } from '../rules/household-sections.ts'
import { countAtSchool, countInsured, type MemberCount } from '../rules/member-safeguards.ts'
import type { HouseholdRecord } from '../rules/register-records.ts'
import { CorrectButton } from './correct-dialog.tsx'
import { FactList } from './fact-list.tsx'
import { HouseholdEventButton } from './household-event-dialog.tsx'
import { HouseholdEventList } from './household-event-list.tsx'
import { ChangeList, CorrectionList } from './household-history.tsx'
import { householdPageWords } from './household-page-words.ts'
import { nameCode } from './household-search.ts'
import { householdSlot, type HouseholdPanel } from './household-slot.ts'
import { MemberTable, reveal } from './member-table.tsx'
import { RegisterStyles } from './register-styles.tsx'
import { TagList } from './tag-list.tsx'
import { VillageLink } from './village-link.tsx'
import { WhyText } from './why-text.tsx'

/** One household, one page (一户一档, D5): who it is, why it matters, its members and facts with their sources, and what changed. */
export function HouseholdPage() {
  const t = useT(householdPageWords)
  const go = useGo()
  const householdId = usePageParam('householdId')
  const household = useQuery({
    queryKey: ['registry', 'household', householdId],
    queryFn: () => read<HouseholdRecord>(`/registry/households/${householdId}`),
  })
  const name = household.data === undefined ? '' : (household.data.headName ?? t('nameless'))
  return (
    <PageFrame
      title={household.data === undefined ? t('unnamed') : t('title', { name })}
      extra={
        <>
          {household.data === undefined ? null : <HeadTags record={household.data} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/registry/households')}>{t('backToList')}</Button>
        </>
      }
    >
      <RegisterStyles />
      <Loaded query={household} lines={12}>
        {(record) => <Household record={record} name={name} />}
      </Loaded>
    </PageFrame>
  )
}

function Household({ record, name }: { record: HouseholdRecord; name: string }) {
  const t = useT(householdPageWords)
  const { householdId } = record
  const [why, ...sections] = householdSections
  const side = usePanels('side')
  const isQuiet = record.corrections.length === 0 && side.length === 0
  return (
    <>
      <div className={isQuiet ? 'bf-stack' : 'registry-columns'}>
        <div className="bf-stack">
          <Section
            title={t('headSection')}
            extra={
              <span className="bf-row">
                {record.can['event'] === true ? <HouseholdEventButton record={record} name={name} /> : null}
                {record.can['correct'] === true ? <CorrectButton householdId={householdId} name={name} /> : null}
              </span>
            }
          >
            <HeadFacts record={record} />
            <TagList householdId={householdId} tags={record.tags} mayAdd={record.can['tag'] === true} />
          </Section>
          <Section title={t('section.why')}>
            <WhyText record={record} />
            {why === undefined ? null : <FactList facts={record.facts} core={why.core} more={why.more} />}
            <Panels householdId={householdId} place="why" />
          </Section>
        </div>
        {isQuiet ? null : (
          <div className="bf-stack">
            <Panels householdId={householdId} place="side" />
            <CorrectionList corrections={record.corrections} />
          </div>
        )}
      </div>
      <Section title={t('membersSection')}>
        <MemberTable householdId={householdId} members={record.members} />
      </Section>
      <div className="registry-columns">
        <div className="bf-stack">
          {sections.map((section) => (
            <FactSection key={section.key} section={section} record={record} />
          ))}
          <Panels householdId={householdId} place="more" />
        </div>
        <div className="bf-stack">
          <HouseholdEventList householdId={householdId} />
          <ChangeList changes={record.changes} />
        </div>
      </div>
    </>
  )
}

function HeadTags({ record }: { record: HouseholdRecord }) {
  const language = useLanguage()
  return (
    <>
      {record.type === undefined ? null : <StatusTag level="grey" text={nameCode('householdType', record.type, language)} />}
      {record.monitorCategory === undefined ? null : (
        <StatusTag level="amber" text={nameCode('monitorCategory', record.monitorCategory, language)} />
      )}
    </>
  )
}

function HeadFacts({ record }: { record: HouseholdRecord }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const head = record.members.find((member) => member.isHead) ?? record.members[0]
  const mayReveal = record.can['reveal'] === true && head !== undefined
  const phone =
    record.phoneMasked === undefined ? undefined : (
      <MaskedValue
        label={t('phone')}
        masked={record.phoneMasked}
        {...(mayReveal ? { reveal: (reason: string) => reveal(head.personId, 'household-phone', reason) } : {})}
      />
    )
  const exit =
    record.exitStatus === undefined ? (record.type === undefined ? unknownValue : t('exit.never')) : t(`exit.${record.exitStatus}`)
  return (
    <DescriptionList
      items={[
        { key: 'no', label: t('householdNo'), value: <span className="bf-figures">{record.householdNo}</span> },
        { key: 'place', label: t('place'), value: <VillageLink place={record} /> },
        {
          key: 'type',
          label: t('type'),
          value: record.type === undefined ? unknownValue : nameCode('householdType', record.type, language),
        },
        { key: 'exit', label: t('exitStatus'), value: exit },
        { key: 'members', label: t('memberCount'), value: t('people', { n: record.memberCount }) },
        { key: 'phone', label: t('phone'), value: phone ?? unknownValue },
      ]}
    />
  )
}

/** A part with its facts; the safeguards also count what the members' rows say of school and insurance. */
function FactSection({ section, record }: { section: HouseholdSection; record: HouseholdRecord }) {
  const t = useT(householdPageWords)
  const isEmpty = section.core.length === 0 && !section.more.some((key) => record.facts.some((fact) => fact.key === key))
  if (isEmpty) return null
  return (
    <Section title={t(`section.${section.key}`)}>
      {section.key === 'safeguards' ? <MemberSafeguards record={record} /> : null}
      <FactList facts={record.facts} core={section.core} more={section.more} />
    </Section>
  )
}

function MemberSafeguards({ record }: { record: HouseholdRecord }) {
  const t = useT(householdPageWords)
  const school = countAtSchool(record.members)
  const write = ({ yes, no, unknown }: MemberCount) => t('countedMembers', { yes, no, unknown })
  return (
    <DescriptionList
      items={[
        { key: 'school', label: t('atSchool'), value: school.yes + school.no + school.unknown === 0 ? t('noChildren') : write(school) },
        { key: 'insured', label: t('insured'), value: write(countInsured(record.members)) },
      ]}
    />
  )
}

/** The panels of a place that the caller may see. */
function usePanels(place: HouseholdPanel['place']): HouseholdPanel[] {
  const { rights } = useCaller()
  return useSlot(householdSlot).filter((one) => one.place === place && (one.needs === undefined || rights.includes(one.needs)))
}

/** What other modules have hung here. */
function Panels({ householdId, place }: { householdId: string; place: HouseholdPanel['place'] }) {
  const say = useSay()
  return usePanels(place).map(({ key, words, isBare, panel: Panel }) =>
    isBare === true ? (
      <Panel key={key} householdId={householdId} />
    ) : place === 'why' ? (
      <div key={key}>
        <h3>{say(words)}</h3>
        <Panel householdId={householdId} />
      </div>
    ) : (
      <Section key={key} title={say(words)}>
        <Panel householdId={householdId} />
      </Section>
    ),
  )
}

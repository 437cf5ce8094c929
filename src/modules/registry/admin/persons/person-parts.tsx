import { DescriptionList } from '#ui/data/description-list.tsx'
import { MaskedValue } from '#ui/data/masked-value.tsx'
import { unknownValue } from '#ui/data/value.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { KinRecord, PastMembership, PersonRecord } from '../../rules/persons/person-records.ts'
import { writeValue } from '../fact-text.ts'
import { reveal } from '../member-table.tsx'
import { VillageLink } from '../village-link.tsx'
import { personWords } from './person-words.ts'

/** Who it is: household, place, relation, age, labour, numbers masked. */
export function PersonHead({ record: { person, household } }: { record: PersonRecord }) {
  const t = useT(personWords)
  const language = useLanguage()
  const masked = (field: 'id-number' | 'phone', value: string | undefined) =>
    value === undefined ? (
      unknownValue
    ) : (
      <MaskedValue
        label={`${person.name} ${t(field === 'phone' ? 'phone' : 'idNumber')}`}
        masked={value}
        {...(person.can['reveal'] === true ? { reveal: (reason: string) => reveal(person.personId, field, reason) } : {})}
      />
    )
  const { age, bornOn, sex } = person
  return (
    <DescriptionList
      items={[
        {
          key: 'household',
          label: t('household'),
          value: (
            <PageLink to={`/registry/households/${household.householdId}`}>
              {t('householdOf', { name: household.headName ?? '—', no: household.householdNo })}
            </PageLink>
          ),
        },
        { key: 'place', label: t('place'), value: <VillageLink place={household} /> },
        {
          key: 'relation',
          label: t('relation'),
          value: person.isHead ? t('isHead') : (writeValue('relationToHead', person.relation, language) ?? unknownValue),
        },
        { key: 'sex', label: t('sex'), value: sex === undefined ? unknownValue : t(sex) },
        {
          key: 'age',
          label: t('age'),
          value: age === undefined || bornOn === undefined ? unknownValue : t('ageBorn', { age, day: bornOn }),
        },
        { key: 'labour', label: t('labour'), value: writeValue('laborSkill', person.labourSkill, language) ?? unknownValue },
        { key: 'id', label: t('idNumber'), value: masked('id-number', person.idMasked) },
        { key: 'phone', label: t('phone'), value: masked('phone', person.phoneMasked) },
        { key: 'no', label: t('personNo'), value: <span className="bf-figures">{person.personNo}</span> },
      ]}
    />
  )
}

/** The others of the household, each with a page. */
export function KinList({ kin }: { kin: readonly KinRecord[] }) {
  const t = useT(personWords)
  const language = useLanguage()
  if (kin.length === 0) return <p className="bf-quiet">{t('noKin')}</p>
  return (
    <ul className="bf-plain-lines">
      {kin.map((one) => (
        <li key={one.personId}>
          <PageLink to={`/registry/persons/${one.personId}`}>{one.name}</PageLink>{' '}
          <span className="bf-quiet">
            {[
              one.isHead ? t('isHead') : writeValue('relationToHead', one.relation, language),
              one.sex === undefined ? undefined : t(one.sex),
              one.age === undefined ? undefined : t('kinAge', { age: one.age }),
            ]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Where a person belonged before, the latest first. */
export function PastHouseholds({ memberships }: { memberships: readonly PastMembership[] }) {
  const t = useT(personWords)
  const language = useLanguage()
  return (
    <ul className="bf-plain-lines">
      {memberships.map((one) => (
        <li key={`${one.householdId} ${one.validFrom}`}>
          <PageLink to={`/registry/households/${one.householdId}`}>
            {t('householdOf', { name: one.headName ?? '—', no: one.householdNo })}
          </PageLink>
          <span className="bf-source">
            {[
              one.validTo === undefined ? t('span', { from: one.validFrom }) : t('spanTo', { from: one.validFrom, to: one.validTo }),
              writeValue('relationToHead', one.relation, language),
              one.place,
            ]
              .filter((part) => part !== undefined && part !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

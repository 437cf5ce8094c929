import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Timeline } from '#ui/data/timeline.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { MemberRecord, RevealRecord } from '../rules/register-records.ts'
import { CorrectButton } from './correct-dialog.tsx'
import { FactList } from './fact-list.tsx'
import { householdPageWords } from './household-page-words.ts'
import { nameRoles } from './role-names.ts'
import { showMoment } from './import-show.ts'

const core = [
  'birthDate',
  'educationLevel',
  'studentStatus',
  'healthStatus',
  'laborSkill',
  'residentMedicalInsurance',
  'residentPension',
  'currentlyWorking',
  'monthlyWage',
]
const inTable = new Set(['name', 'seqNo', 'sex', 'relationToHead', ...core])

/** All that is known of one member, who saw the full numbers, and a correction. */
export function MemberDetails({ householdId, member }: { householdId: string; member: MemberRecord }) {
  const t = useT(householdPageWords)
  const more = member.facts.map((fact) => fact.key).filter((key) => !inTable.has(key))
  return (
    <div className="bf-stack">
      <FactList facts={member.facts} core={core} more={more} />
      {member.can['correct'] === true ? <CorrectButton householdId={householdId} personId={member.personId} name={member.name} /> : null}
      <h3>{t('looks')}</h3>
      <Looks personId={member.personId} />
    </div>
  )
}

/** Who saw a person's full number or telephone, when and why; the person may ask for this list. */
export function Looks({ personId }: { personId: string }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const looks = useQuery({
    queryKey: ['registry', 'reveals', personId],
    queryFn: () => read<{ items: RevealRecord[] }>(`/registry/persons/${personId}/reveals`),
  })
  return (
    <Loaded query={looks} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('noLooks')}</p>
        ) : (
          <Timeline
            label={t('looks')}
            entries={items.map((look, index) => ({
              key: String(index),
              at: showMoment(look.at),
              title: [look.callerName, nameRoles(look.roles, language), look.unit]
                .filter((part) => part !== undefined && part !== '')
                .join(' · '),
              note: t('look', { field: t(`field.${look.field}`), reason: look.reason }),
            }))}
          />
        )
      }
    </Loaded>
  )
}

import { Button, Modal } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { MaskedValue } from '#ui/data/masked-value.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { unknownValue, Value } from '#ui/data/value.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { valueOf } from '../rules/member-safeguards.ts'
import type { MemberRecord } from '../rules/register-records.ts'
import type { RevealField } from '../contract.ts'
import { writeValue } from './fact-text.ts'
import { householdPageWords } from './household-page-words.ts'
import { MemberDetails } from './member-details.tsx'

const columns = ['name', 'relation', 'sex', 'age', 'idNumber', 'ownPhone', 'labour', 'health', 'details'] as const

/** Asks the server for a full number with the reason. */
export async function reveal(personId: string, field: RevealField, reason: string): Promise<string> {
  return (await write<{ value: string }>('POST', `/registry/persons/${personId}/reveal`, { field, reason })).value
}

/** Who belongs to the household, numbers masked; those who have left stand last. */
export function MemberTable({ householdId, members }: { householdId: string; members: readonly MemberRecord[] }) {
  const t = useT(householdPageWords)
  const [shown, setShown] = useState<MemberRecord>()
  return (
    <ScrollBox>
      <table className="bf-table registry-members">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={column === 'age' ? 'bf-number' : ''}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.personId} member={member} open={() => setShown(member)} />
          ))}
        </tbody>
      </table>
      <Modal
        open={shown !== undefined}
        title={t('detailsOf', { name: shown?.name ?? '' })}
        footer={null}
        onCancel={() => setShown(undefined)}
        destroyOnHidden
        width="52rem"
      >
        {shown === undefined ? null : <MemberDetails householdId={householdId} member={shown} />}
      </Modal>
    </ScrollBox>
  )
}

function MemberRow({ member, open }: { member: MemberRecord; open: () => void }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const masked = (field: 'id-number' | 'phone', value: string | undefined) =>
    value === undefined ? (
      <Value of={field === 'id-number' ? unknownValue : undefined} />
    ) : (
      <MaskedValue
        label={`${member.name} ${t(`field.${field}`)}`}
        masked={value}
        {...(member.can['reveal'] === true ? { reveal: (reason: string) => reveal(member.personId, field, reason) } : {})}
      />
    )
  return (
    <tr className={member.leftOn === undefined ? '' : 'registry-former'}>
      <th scope="row">
        <PageLink to={`/registry/persons/${member.personId}`}>{member.name}</PageLink>
        {member.leftOn === undefined ? null : <span className="bf-source">{t('former', { day: member.leftOn })}</span>}
      </th>
      <td>
        <Value of={writeValue('relationToHead', member.relation, language) ?? unknownValue} />
      </td>
      <td>
        <Value of={member.sex === undefined ? unknownValue : t(member.sex)} />
      </td>
      <td className="bf-number">
        <Value of={member.age ?? unknownValue} />
      </td>
      <td>{masked('id-number', member.idMasked)}</td>
      <td>{masked('phone', member.phoneMasked)}</td>
      <td>
        <Value of={writeValue('laborSkill', member.labourSkill, language) ?? unknownValue} />
      </td>
      <td>
        <Value of={writeValue('healthStatus', valueOf(member, 'healthStatus'), language) ?? unknownValue} />
      </td>
      <td>
        <Button size="small" onClick={open} aria-label={t('detailsOf', { name: member.name })}>
          {t('details')}
        </Button>
      </td>
    </tr>
  )
}

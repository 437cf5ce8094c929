import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Problem } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CallSheet } from '../rules/survey-records.ts'
import { callWords } from './call-screen-words.ts'
import { showPhone } from './survey-queries.ts'

/** The members, and the telephone: masked until it is asked for, which is recorded and counted. */
export function CallPhone({ sheet }: { sheet: CallSheet }) {
  const t = useT(callWords)
  const { household, can, target } = sheet
  if (household === undefined) return null
  const own = household.members.filter((member) => member.hasPhone)
  return (
    <>
      <p>
        {household.members.map((member, at) => (
          <span key={member.personId}>
            {at === 0 ? '' : '、'}
            {member.name}
            <span className="bf-quiet">
              {' '}
              {[member.relation, member.age === undefined ? undefined : t('age', { n: member.age })]
                .filter((part) => part !== undefined)
                .join(' ')}
            </span>
          </span>
        ))}
      </p>
      {household.phoneMasked === undefined && own.length === 0 ? <p className="bf-quiet">{t('noPhone')}</p> : null}
      {household.phoneMasked === undefined ? null : (
        <Number
          masked={household.phoneMasked}
          label={t('phone')}
          isShown={can['phone'] === true}
          ask={() => showPhone(target.targetId, undefined)}
        />
      )}
      {own.map((member) => (
        <Number
          key={member.personId}
          masked={`${member.name} ${member.phoneMasked ?? ''}`}
          label={t('phoneOf', { name: member.name })}
          isShown={can['phone'] === true}
          ask={() => showPhone(target.targetId, member.personId)}
        />
      ))}
      {can['phone'] === true ? <p className="bf-quiet">{t('phoneNote')}</p> : null}
    </>
  )
}

function Number(props: { masked: string; label: string; isShown: boolean; ask: () => Promise<{ value: string }> }) {
  const { masked, label, isShown, ask } = props
  const show = useMutation({ mutationFn: ask })
  return (
    <div className="survey-phone">
      {show.data === undefined ? (
        <>
          <span className="bf-figures">{masked}</span>
          {isShown ? (
            <Button size="small" loading={show.isPending} onClick={() => show.mutate()}>
              {label}
            </Button>
          ) : null}
        </>
      ) : (
        <a className="survey-number" href={`tel:${show.data.value}`}>
          {show.data.value}
        </a>
      )}
      <Problem error={show.error} />
    </div>
  )
}

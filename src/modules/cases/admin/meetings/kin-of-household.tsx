import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import { kinRelationWords, kinRelations, sayKinPath, statedRelations } from '../../rules/meetings/kin-relations.ts'
import type { KinRecord } from '../../rules/meetings/meeting-records.ts'
import type { StateKin, WithdrawKin } from '../../rules/meetings/meeting-requests.ts'
import { CaseStyles } from '../case-styles.tsx'
import { HouseholdPicker, type FoundHousehold } from './kin-household-picker.tsx'
import { kinWords } from './kin-words.ts'
import { MeetingStyles } from './meeting-styles.tsx'

/** Who is kin to a household: stated by people, learnt from household events; for recusal. */
export function KinOfHousehold({ householdId }: { householdId: string }) {
  const t = useT(kinWords)
  const mayState = useMay('cases.kin:state')
  const [isOpen, setOpen] = useState(false)
  const kin = useQuery({
    queryKey: ['cases', 'kin', householdId],
    queryFn: () => read<{ items: KinRecord[] }>(`/cases/kin/households/${householdId}`),
  })
  return (
    <Loaded query={kin} lines={2}>
      {({ items }) => (
        <div className="bf-stack">
          <MeetingStyles />
          <CaseStyles />
          {items.length === 0 ? <p className="bf-quiet">{t('tiesNone')}</p> : null}
          <ul className="case-list-plain">
            {items.map((one) => (
              <Tie key={one.otherHouseholdId} householdId={householdId} one={one} mayState={mayState} />
            ))}
          </ul>
          {mayState && !isOpen ? <Button onClick={() => setOpen(true)}>{t('addTie')}</Button> : null}
          {isOpen ? <TieForm householdId={householdId} close={() => setOpen(false)} /> : null}
        </div>
      )}
    </Loaded>
  )
}

function Tie({ householdId, one, mayState }: { householdId: string; one: KinRecord; mayState: boolean }) {
  const t = useT(kinWords)
  const language = useLanguage()
  const [isAsked, setAsked] = useState(false)
  const name = one.otherName ?? one.otherNo ?? t('elsewhere')
  const { otherHouseholdId } = one
  return (
    <li>
      {one.otherNo === null ? name : <PageLink to={`/registry/households/${otherHouseholdId}`}>{name}</PageLink>} ·{' '}
      {sayKinPath([one.relation], language)}{' '}
      {mayState ? (
        <button type="button" className="bf-link" aria-label={t('withdrawOf', { name })} onClick={() => setAsked(true)}>
          {t('withdraw')}
        </button>
      ) : null}
      {one.source === 'household-event' ? <span className="bf-source">{t('learnt')}</span> : null}
      <ConfirmDialog
        isOpen={isAsked}
        title={t('withdraw')}
        confirmText={t('withdraw')}
        isDangerous
        reason={{ label: t('withdrawReason'), minLength: 2 }}
        confirm={async (reason) => {
          await write('POST', '/cases/kin/ties/withdraw', { householdId, otherHouseholdId, reason } satisfies WithdrawKin)
        }}
        close={() => setAsked(false)}
      >
        {t('withdrawAsk')}
      </ConfirmDialog>
    </li>
  )
}

function TieForm({ householdId, close }: { householdId: string; close: () => void }) {
  const t = useT(kinWords)
  const ui = useT(uiWords)
  const say = useSay()
  const [found, setFound] = useState<FoundHousehold>()
  const [relation, setRelation] = useState<StateKin['relation']>('sibling')
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: (otherHouseholdId: string) =>
      write('POST', '/cases/kin/ties', { householdId, otherHouseholdId, relation, reason: reason.trim() } satisfies StateKin),
    onSuccess: close,
  })
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (found !== undefined) save.mutate(found.householdId)
      }}
    >
      {found === undefined ? (
        <HouseholdPicker label={t('other')} choose={setFound} without={householdId} />
      ) : (
        <p>
          <strong>{found.headName}</strong> <span className="bf-figures">{found.householdNo}</span> {found.village} {found.group}
        </p>
      )}
      <Field label={t('otherIs')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={relation}
            onChange={(event) => {
              const chosen = kinRelations.find((one) => one === event.target.value)
              if (chosen !== undefined && chosen !== 'split' && chosen !== 'married') setRelation(chosen)
            }}
          >
            {statedRelations.map((one) => (
              <option key={one} value={one}>
                {say(kinRelationWords[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('reason')} isRequired>
        {(control) => (
          <input {...control} className="bf-input" maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <Problem error={save.error} />
      <div className="bf-row">
        <Button type="primary" htmlType="submit" disabled={found === undefined || reason.trim().length < 2} loading={save.isPending}>
          {ui('save')}
        </Button>
        <Button onClick={close}>{ui('cancel')}</Button>
      </div>
    </form>
  )
}

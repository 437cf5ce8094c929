import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import { ownRelations, sayKinPath, type OwnRelation } from '../../rules/meetings/kin-relations.ts'
import type { OwnHousehold } from '../../rules/meetings/meeting-records.ts'
import type { NameOwnHousehold, WithdrawOwnHousehold } from '../../rules/meetings/meeting-requests.ts'
import { CaseStyles } from '../case-styles.tsx'
import { HouseholdPicker, type FoundHousehold } from './kin-household-picker.tsx'
import { kinWords, ownRelationWords } from './kin-words.ts'
import { MeetingStyles } from './meeting-styles.tsx'

/** 我的亲属: the households on whose cases the caller may not act, because they are his own or his near relatives'. */
export function KinPage() {
  const t = useT(kinWords)
  const mine = useQuery({ queryKey: ['cases', 'kin', 'mine'], queryFn: () => read<{ items: OwnHousehold[] }>('/cases/kin/mine') })
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <MeetingStyles />
      <CaseStyles />
      <Section title={t('mine')}>
        <Loaded query={mine} lines={3}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="bf-quiet">{t('none')}</p>
            ) : (
              <ul className="case-list-plain">
                {items.map((one) => (
                  <Named key={one.householdId} one={one} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <Section title={t('add')}>
        <NameForm />
      </Section>
    </PageFrame>
  )
}

const wordsOf = (relation: string) => ownRelationWords[ownRelations.find((one) => one === relation) ?? 'other']

function Named({ one }: { one: OwnHousehold }) {
  const t = useT(kinWords)
  const say = useSay()
  const language = useLanguage()
  const [isAsked, setAsked] = useState(false)
  const name = one.headName ?? t('elsewhere')
  const near = one.kin.map(({ headName, path }) => t('nearOne', { name: headName ?? '—', path: sayKinPath(path, language) }))
  return (
    <li>
      <strong>{name}</strong> {one.village} · {say(wordsOf(one.relation))}{' '}
      <button type="button" className="bf-link" aria-label={t('withdrawOf', { name })} onClick={() => setAsked(true)}>
        {t('withdraw')}
      </button>
      <span className="bf-source">{t('since', { day: one.statedAt.slice(0, 10) })}</span>
      {near.length === 0 ? null : (
        <span className="bf-source">
          {t('near')}
          {near.join('、')}
        </span>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        title={t('withdraw')}
        confirmText={t('withdraw')}
        isDangerous
        reason={{ label: t('withdrawReason'), minLength: 2 }}
        confirm={async (reason) => {
          await write('POST', '/cases/kin/mine/withdraw', { householdId: one.householdId, reason } satisfies WithdrawOwnHousehold)
        }}
        close={() => setAsked(false)}
      >
        {t('withdrawAsk')}
      </ConfirmDialog>
    </li>
  )
}

function NameForm() {
  const t = useT(kinWords)
  const say = useSay()
  const [found, setFound] = useState<FoundHousehold>()
  const [relation, setRelation] = useState<OwnRelation>('own')
  const [count, setCount] = useState(0)
  const save = useMutation({
    mutationFn: (householdId: string) => write('POST', '/cases/kin/mine', { householdId, relation } satisfies NameOwnHousehold),
    onSuccess: () => {
      setFound(undefined)
      setCount(count + 1)
    },
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
        <HouseholdPicker key={count} label={t('household')} choose={setFound} />
      ) : (
        <p>
          <strong>{found.headName}</strong> <span className="bf-figures">{found.householdNo}</span> {found.village} {found.group}{' '}
          <button type="button" className="bf-link" onClick={() => setFound(undefined)}>
            ✕
          </button>
        </p>
      )}
      <Field label={t('relation')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={relation}
            onChange={(event) => setRelation(ownRelations.find((one) => one === event.target.value) ?? 'own')}
          >
            {ownRelations.map((one) => (
              <option key={one} value={one}>
                {say(ownRelationWords[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Problem error={save.error} />
      <div className="bf-row">
        <Button type="primary" htmlType="submit" disabled={found === undefined} loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

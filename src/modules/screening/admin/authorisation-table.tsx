import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AuthorisationRecord } from '../rules/compare-records.ts'
import { authorisationsKey, revokeAuthorisation } from './authorisation-calls.ts'
import { authorisationWords } from './authorisation-words.ts'
import { placeOf, useRuleNames } from './lead-parts.tsx'

const levels = { current: 'green', future: 'amber', expired: 'grey', revoked: 'grey' } as const

/** Authorisations with their days, what they are for and how they stand. */
export function AuthorisationTable({ items, withHousehold }: { items: readonly AuthorisationRecord[]; withHousehold: boolean }) {
  const t = useT(authorisationWords)
  const names = useRuleNames()
  const [revoking, setRevoking] = useState<AuthorisationRecord>()
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            {withHousehold ? <th scope="col">{t('household')}</th> : null}
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('period')}</th>
            <th scope="col">{t('scope')}</th>
            <th scope="col">{t('paper')}</th>
            <th scope="col">{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.authorisationId}>
              {withHousehold ? (
                <td>
                  <PageLink to={`/registry/households/${one.householdId}`}>{one.household?.headName ?? '—'}</PageLink>
                  <span className="bf-source">{placeOf(one.household)}</span>
                </td>
              ) : null}
              <td>{one.personName ?? t('whole')}</td>
              <td className="bf-figures">
                {one.givenOn} — {one.validUntil}
              </td>
              <td>{one.lists.length === 0 ? t('allLists') : one.lists.map((list) => names.list(list)).join('、')}</td>
              <td>
                {one.paper}
                <span className="bf-source">{one.notedBy}</span>
              </td>
              <td>
                <StatusTag level={levels[one.state]} text={t(`state.${one.state}`)} />{' '}
                {one.revokeReason === null ? null : (
                  <span className="bf-source">
                    {one.revokedOn} {one.revokeReason}
                  </span>
                )}
                {one.can.revoke && one.state !== 'expired' ? (
                  <Button
                    size="small"
                    aria-label={`${t('revoke')}：${one.personName ?? t('whole')} ${one.paper}`}
                    onClick={() => setRevoking(one)}
                  >
                    {t('revoke')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Revoking of={revoking} close={() => setRevoking(undefined)} />
    </ScrollBox>
  )
}

function Revoking({ of, close }: { of: AuthorisationRecord | undefined; close: () => void }) {
  const t = useT(authorisationWords)
  const queries = useQueryClient()
  return (
    <ConfirmDialog
      isOpen={of !== undefined}
      title={t('revokeTitle')}
      confirmText={t('revoke')}
      isDangerous
      reason={{ label: t('revokeReason'), minLength: 2 }}
      confirm={async (reason) => {
        await revokeAuthorisation(of?.authorisationId ?? '', { revokedOn: todayHere(), reason })
        await queries.invalidateQueries({ queryKey: authorisationsKey })
      }}
      close={close}
    >
      <p>{t('revokeText')}</p>
    </ConfirmDialog>
  )
}

/** Today's date as the calendar on the wall shows it. */
export function todayHere(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

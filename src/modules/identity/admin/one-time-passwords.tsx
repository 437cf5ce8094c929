import { Button } from 'antd'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { NewAccount } from '../contract.ts'
import { userWords } from './user-words.ts'

interface OneTimePasswordsProps {
  accounts: readonly (NewAccount & { roleName?: string })[]
  done: () => void
}

/** The one-time passwords, shown this once, with a print of them; leaving the page forgets them. */
export function OneTimePasswords({ accounts, done }: OneTimePasswordsProps) {
  const t = useT(userWords)
  const ui = useT(uiWords)
  const hasRoles = accounts.some((account) => account.roleName !== undefined)
  return (
    <div className="bf-stack">
      <Notice kind="warning">{t('passwordsOnce')}</Notice>
      <ScrollBox>
        <table className="bf-table">
          <thead>
            <tr>
              {hasRoles ? <th scope="col">{t('roles')}</th> : null}
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('loginName')}</th>
              <th scope="col">{t('oneTimePassword')}</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account.userId}>
                {hasRoles ? <td>{account.roleName}</td> : null}
                <td>{account.name}</td>
                <td className="bf-figures">{account.loginName}</td>
                <td className="bf-secret">{account.oneTimePassword}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <div className="bf-dialog-actions bf-no-print">
        <Button onClick={() => window.print()}>{ui('print')}</Button>
        <Button type="primary" onClick={done}>
          {t('passwordsDone')}
        </Button>
      </div>
    </div>
  )
}

import { Button } from 'antd'
import { useState } from 'react'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useT } from '#ui/words/use-t.ts'
import { useAuthorisations } from './authorisation-calls.ts'
import { AuthorisationForm } from './authorisation-form.tsx'
import { AuthorisationTable } from './authorisation-table.tsx'
import { authorisationWords } from './authorisation-words.ts'

/** The 授权书 of one household, and a form for a new one, for the household page. */
export function HouseholdAuthorisations({ householdId }: { householdId: string }) {
  const t = useT(authorisationWords)
  const [isOpen, setOpen] = useState(false)
  const found = useAuthorisations({ householdId })
  return (
    <Loaded query={found} lines={2}>
      {({ items, can }) => (
        <div className="bf-stack">
          {items.length === 0 ? (
            <p className="bf-quiet">{t('householdNone')}</p>
          ) : (
            <AuthorisationTable items={items} withHousehold={false} />
          )}
          {!can.note ? null : isOpen ? (
            <AuthorisationForm householdId={householdId} close={() => setOpen(false)} />
          ) : (
            <div className="bf-row">
              <Button onClick={() => setOpen(true)}>{t('add')}</Button>
            </div>
          )}
        </div>
      )}
    </Loaded>
  )
}

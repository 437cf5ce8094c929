import { Field as Labelled } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Field } from '../rules/template.ts'
import { moreWords } from './designer-more-words.ts'
import { RoleChecks } from './designer-roles.tsx'

/** Who sees the field: all who see the record, or some roles only. */
export function ReadBy({ field, set }: { field: Field; set: (patch: Partial<Field>) => void }) {
  const t = useT(moreWords)
  const { readBy } = field
  return (
    <div className="bf-stack">
      <Labelled label={t('readBy')}>
        {(control) => (
          <select
            {...control}
            className="bf-input ledger-short"
            value={readBy === undefined ? '' : 'some'}
            onChange={(event) => set({ readBy: event.target.value === '' ? undefined : ['county-data-officer'] })}
          >
            <option value="">{t('readByAll')}</option>
            <option value="some">{t('readBySome')}</option>
          </select>
        )}
      </Labelled>
      {readBy === undefined ? null : (
        <RoleChecks legend={t('readBySome')} chosen={readBy} change={(roles) => roles.length > 0 && set({ readBy: roles })} />
      )}
    </div>
  )
}

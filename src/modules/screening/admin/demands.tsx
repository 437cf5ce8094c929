import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ListDemand } from '../rules/compare-records.ts'
import { setDemand } from './authorisation-calls.ts'
import { todayHere } from './authorisation-table.tsx'
import { authorisationWords } from './authorisation-words.ts'
import { demandsKey, useDemands } from './compare-calls.ts'
import { useRuleNames } from './lead-parts.tsx'

/** Which lists the county compares only with an authorisation. */
export function Demands() {
  const t = useT(authorisationWords)
  const demands = useDemands()
  const names = useRuleNames()
  const [changing, setChanging] = useState<ListDemand>()
  return (
    <Section title={t('demands')}>
      <Loaded query={demands}>
        {({ items, can }) => (
          <ScrollBox>
            <table className="bf-table">
              <thead>
                <tr>
                  <th scope="col">{t('list')}</th>
                  <th scope="col">{t('demand')}</th>
                  <th scope="col">{t('basis')}</th>
                  <th scope="col">{t('current')}</th>
                  {can.set ? <th scope="col">{t('change')}</th> : null}
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.list}>
                    <td>{names.list(one.list)}</td>
                    <td>
                      <StatusTag level={one.isDemanded ? 'amber' : 'grey'} text={t(one.isDemanded ? 'yes' : 'no')} />
                      <span className="bf-source bf-figures">{t('since', { day: one.from })}</span>
                      {one.next === null ? null : (
                        <span className="bf-source">{t('next', { day: one.next.from, what: t(one.next.isDemanded ? 'yes' : 'no') })}</span>
                      )}
                    </td>
                    <td>
                      {one.reason ?? t('shipped')}
                      {one.setBy === null ? null : <span className="bf-source">{one.setBy}</span>}
                    </td>
                    <td className="bf-figures">{t('currentText', { households: one.households, persons: one.persons })}</td>
                    {can.set ? (
                      <td>
                        <Button size="small" aria-label={`${t('change')}：${names.list(one.list)}`} onClick={() => setChanging(one)}>
                          {t('change')}
                        </Button>
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        )}
      </Loaded>
      <Modal
        open={changing !== undefined}
        title={changing === undefined ? '' : t('changeTitle', { list: names.list(changing.list) })}
        footer={null}
        onCancel={() => setChanging(undefined)}
        destroyOnHidden
        width="34rem"
      >
        {changing === undefined ? null : <DemandForm demand={changing} close={() => setChanging(undefined)} />}
      </Modal>
    </Section>
  )
}

function DemandForm({ demand, close }: { demand: ListDemand; close: () => void }) {
  const t = useT(authorisationWords)
  const queries = useQueryClient()
  const [isDemanded, setDemanded] = useState(!demand.isDemanded)
  const [effectiveFrom, setFrom] = useState(todayHere())
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () => setDemand({ list: demand.list, isDemanded, effectiveFrom, reason }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: demandsKey })
      close()
    },
  })
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Field label={t('demand')} isRequired>
        {(control) => (
          <Select
            {...control}
            value={isDemanded ? 'yes' : 'no'}
            onChange={(value) => setDemanded(value === 'yes')}
            options={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(one) }))}
          />
        )}
      </Field>
      <Field label={t('from')} isRequired>
        {(control) => <Input {...control} type="date" value={effectiveFrom} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
      <Field label={t('reason')} isRequired>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <Problem error={save.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={reason.trim().length < 4 || effectiveFrom === ''}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

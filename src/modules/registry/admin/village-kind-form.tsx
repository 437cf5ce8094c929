import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { VillageKind } from '../contract.ts'
import type { VillageKindRecord, VillageRecord } from '../rules/register-records.ts'
import { villageWords } from './village-words.ts'

/** The kinds of a village over time, and a new one with its day and source. */
export function VillageKindForm({ village, close }: { village: VillageRecord; close: () => void }) {
  const t = useT(villageWords)
  const [kind, setKind] = useState<VillageKind>()
  const [validFrom, setValidFrom] = useState('')
  const [source, setSource] = useState('')
  const save = useMutation({
    mutationFn: () => write<VillageKindRecord>('POST', '/registry/village-kinds', { areaPath: village.areaPath, kind, validFrom, source }),
    onSuccess: close,
  })
  return (
    <div className="bf-stack">
      <KindHistory kinds={village.kinds} />
      {village.can['edit'] === true ? (
        <form
          className="bf-form"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <Field label={t('newKind')} isRequired>
            {(control) => (
              <Select
                {...control}
                value={kind ?? null}
                options={VillageKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
                onChange={(chosen) => setKind(VillageKind.options.find((one) => one === chosen))}
              />
            )}
          </Field>
          <Field label={t('validFrom')} isRequired>
            {(control) => <Input {...control} type="date" value={validFrom} onChange={(event) => setValidFrom(event.target.value)} />}
          </Field>
          <Field label={t('source')} isRequired>
            {(control) => <Input {...control} value={source} maxLength={100} onChange={(event) => setSource(event.target.value)} />}
          </Field>
          <Problem error={save.error} />
          <div className="bf-dialog-actions">
            <Button
              type="primary"
              htmlType="submit"
              loading={save.isPending}
              disabled={kind === undefined || validFrom === '' || source.trim() === ''}
            >
              {t('save')}
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  )
}

function KindHistory({ kinds }: { kinds: readonly VillageKindRecord[] }) {
  const t = useT(villageWords)
  if (kinds.length === 0) return <p className="bf-quiet">{t('noKind')}</p>
  return (
    <ul className="registry-kind-history">
      {kinds.map(({ villageKindId, kind, validFrom, validTo, source }) => (
        <li key={villageKindId}>
          {validTo === undefined
            ? t('span', { kind: t(`kind.${kind}`), from: validFrom })
            : t('spanEnded', { kind: t(`kind.${kind}`), from: validFrom, to: validTo })}
          <span className="bf-source">{source}</span>
        </li>
      ))}
    </ul>
  )
}

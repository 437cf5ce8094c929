import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { VillageKind } from '../contract.ts'
import type { VillageKindRecord, VillageRecord } from '../rules/register-records.ts'
import { KindHistory } from './village-kind-history.tsx'
import { villageWords } from './village-words.ts'

/** A kind with the day from which it holds and the paper that says so. */
export interface NewKind {
  kind: VillageKind
  validFrom: string
  source: string
}

/** Gives a village a kind. Throws what the server refuses. */
export function setKind(village: Pick<VillageRecord, 'areaPath'>, { kind, validFrom, source }: NewKind): Promise<VillageKindRecord> {
  return write<VillageKindRecord>('POST', '/registry/village-kinds', { areaPath: village.areaPath, kind, validFrom, source })
}

/** The kinds of a village over time, and a new one with its day and source. */
export function VillageKindForm({ village, close }: { village: VillageRecord; close: () => void }) {
  const t = useT(villageWords)
  const mayEdit = village.can['edit'] === true
  const save = useMutation({ mutationFn: (given: NewKind) => setKind(village, given), onSuccess: close })
  return (
    <div className="bf-stack">
      <h3>{t('history')}</h3>
      <KindHistory kinds={village.kinds} mayEnd={mayEdit} done={close} />
      {mayEdit ? (
        <>
          <h3>{t('newKindTitle')}</h3>
          <NewKindForm save={(given) => save.mutate(given)} isSaving={save.isPending} error={save.error} saveText={t('save')} />
        </>
      ) : null}
    </div>
  )
}

interface NewKindFormProps {
  save: (given: NewKind) => void
  isSaving: boolean
  error: unknown
  saveText: string
}

/** Asks for kind, day and source; the same for one village and for many. */
export function NewKindForm({ save, isSaving, error, saveText }: NewKindFormProps) {
  const t = useT(villageWords)
  const [kind, setKindChosen] = useState<VillageKind>()
  const [validFrom, setValidFrom] = useState('')
  const [source, setSource] = useState('')
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (kind !== undefined) save({ kind, validFrom, source })
      }}
    >
      <Field label={t('newKind')} hint={t('newKindHint')} isRequired>
        {(control) => (
          <Select
            {...control}
            value={kind ?? null}
            options={VillageKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            onChange={(chosen) => setKindChosen(VillageKind.options.find((one) => one === chosen))}
          />
        )}
      </Field>
      <Field label={t('validFrom')} isRequired>
        {(control) => <Input {...control} type="date" value={validFrom} onChange={(event) => setValidFrom(event.target.value)} />}
      </Field>
      <Field label={t('source')} isRequired>
        {(control) => <Input {...control} value={source} maxLength={100} onChange={(event) => setSource(event.target.value)} />}
      </Field>
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={isSaving}
          disabled={kind === undefined || validFrom === '' || source.trim() === ''}
        >
          {saveText}
        </Button>
      </div>
    </form>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { Winner, type ImportBatch, type WinnerChoices } from '../contract.ts'
import type { DifferenceField } from '../rules/import-records.ts'
import { useRefresh } from './import-ended.tsx'
import { chooseWinners, useDifferenceFields } from './import-mend-calls.ts'
import { importMendWords } from './import-mend-words.ts'
import { nameField, showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

const byRule = ''

/** Whose value wins: for the whole batch, and where it matters for single fields. Kept choices are compared anew. */
export function ImportWinners({ batch }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const fields = useDifferenceFields(batch)
  const refresh = useRefresh()
  const [choices, setChoices] = useState<WinnerChoices>()
  const shown = choices ?? batch.choices
  const save = useMutation({
    mutationFn: () => chooseWinners(batch.batchId, shown),
    onSuccess: async () => {
      setChoices(undefined)
      await refresh()
    },
  })
  const chooseField = (field: string, winner: Winner | undefined) => {
    const { [field]: _before, ...others } = shown.fields
    setChoices({ ...shown, fields: winner === undefined ? others : { ...others, [field]: winner } })
  }
  const chooseAll = (all: Winner | undefined) => {
    const { all: _before, ...rest } = shown
    setChoices(all === undefined ? rest : { ...rest, all })
  }
  const isPlain = shown.all === undefined && Object.keys(shown.fields).length === 0
  if (fields.data?.length === 0 && isPlain && choices === undefined) return null // nothing differs, so there is nothing to choose
  return (
    <Section title={t('winners')}>
      <p className="bf-quiet">{t('winnersNote')}</p>
      <div className="bf-filters">
        <Field label={t('winnerOfAll')}>
          {(control) => <WinnerSelect {...control} value={shown.all} mayChoose={batch.can.choose} choose={chooseAll} />}
        </Field>
      </div>
      <Loaded query={fields} lines={3}>
        {(found) =>
          found.length === 0 ? (
            <p className="bf-quiet">{t('noFieldDiffers')}</p>
          ) : (
            <FieldTable fields={found} choices={shown} mayChoose={batch.can.choose} choose={chooseField} />
          )
        }
      </Loaded>
      {choices === undefined ? null : (
        <div className="bf-bulk" role="group" aria-label={t('winnersChanged')}>
          <strong>{t('winnersChanged')}</strong>
          <span className="bf-spring" />
          <Button onClick={() => setChoices(undefined)}>{t('giveUp')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
            {t('winnersSave')}
          </Button>
          <Problem error={save.error} />
        </div>
      )}
    </Section>
  )
}

interface FieldTableProps {
  fields: readonly DifferenceField[]
  choices: WinnerChoices
  mayChoose: boolean
  choose: (field: string, winner: Winner | undefined) => void
}

function FieldTable({ fields, choices, mayChoose, choose }: FieldTableProps) {
  const t = useT(importMendWords)
  const say = useT(importStateWords)
  const language = useLanguage()
  return (
    <div className="bf-scroll import-tall">
      <table className="bf-table" aria-label={t('winners')}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('ofWhat')}</th>
            <th scope="col" className="bf-number">
              {t('taken')}
            </th>
            <th scope="col" className="bf-number">
              {t('kept')}
            </th>
            <th scope="col">{t('winner')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ entity, field, taken, kept }) => (
            <tr key={`${entity} ${field}`}>
              <th scope="row">{nameField(field, language)}</th>
              <td>{say(`entity.${entity}`)}</td>
              <td className="bf-number">{showCount(taken)}</td>
              <td className="bf-number">{showCount(kept)}</td>
              <td>
                <WinnerSelect
                  label={t('winnerOf', { field: nameField(field, language) })}
                  value={choices.fields[field]}
                  mayChoose={mayChoose}
                  choose={(winner) => choose(field, winner)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface WinnerSelectProps {
  id?: string
  label?: string
  value: Winner | undefined
  mayChoose: boolean
  choose: (winner: Winner | undefined) => void
}

function WinnerSelect({ id, label, value, mayChoose, choose }: WinnerSelectProps) {
  const t = useT(importMendWords)
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="import-winner"
      value={value ?? byRule}
      disabled={!mayChoose}
      options={[{ value: byRule, label: t('winner.rule') }, ...Winner.options.map((one) => ({ value: one, label: t(`winner.${one}`) }))]}
      onChange={(chosen) => choose(Winner.options.find((one) => one === chosen))}
    />
  )
}

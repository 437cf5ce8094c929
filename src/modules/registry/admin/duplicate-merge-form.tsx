import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { DuplicateRecord, MergeField, MergePreview, MergeRefusal } from '../rules/duplicate-records.ts'
import type { FactRecord } from '../rules/register-records.ts'
import { useMergePreview } from './duplicate-calls.ts'
import { duplicateWords } from './duplicate-words.ts'
import { nameField, writeValue } from './fact-text.ts'

type Taken = 'stays' | 'leaves'

/** Which row stays, whose value survives of each field in which they differ, and why. */
export function MergeForm({ pair, cancel, done }: { pair: DuplicateRecord; cancel: () => void; done: () => Promise<void> }) {
  const t = useT(duplicateWords)
  const [stays, setStays] = useState('')
  const preview = useMergePreview(pair.pairId, stays)
  return (
    <Section title={t('mergeTitle')} extra={<Button onClick={cancel}>{t('notNow')}</Button>}>
      <p className="bf-quiet">{t('mergeNote')}</p>
      <Loaded query={preview}>{(data) => <Fields key={data.staysId} {...{ pair, preview: data, chooseStay: setStays, done }} />}</Loaded>
    </Section>
  )
}

interface FieldsProps {
  pair: DuplicateRecord
  preview: MergePreview
  chooseStay: (personId: string) => void
  done: () => Promise<void>
}

function Fields({ pair, preview, chooseStay, done }: FieldsProps) {
  const t = useT(duplicateWords)
  const [chosen, setChosen] = useState<Readonly<Record<string, Taken>>>({})
  const takenOf = (field: MergeField): Taken => chosen[field.key] ?? field.suggested
  const [stays, leaves] = preview.staysId === pair.persons[0].personId ? pair.persons : [pair.persons[1], pair.persons[0]]
  const take = preview.fields.filter((field) => takenOf(field) === 'leaves').map((field) => field.key)
  return (
    <>
      <div className="bf-row" role="radiogroup" aria-label={t('stays')}>
        {pair.persons.map((person) => (
          <label key={person.personId}>
            <input type="radio" name="stays" checked={person.personId === preview.staysId} onChange={() => chooseStay(person.personId)} />{' '}
            {t('stays')}：{person.name} <span className="bf-figures">{person.idMasked}</span> {person.place}
          </label>
        ))}
      </div>
      {preview.fields.length === 0 ? (
        <p>{t('noDifference')}</p>
      ) : (
        <FieldTable
          fields={preview.fields}
          names={{ stays: `${stays.name}（${t('stays')}）`, leaves: `${leaves.name}（${t('leaves')}）` }}
          takenOf={takenOf}
          choose={(key, taken) => setChosen({ ...chosen, [key]: taken })}
        />
      )}
      {preview.same > 0 ? <p className="bf-quiet">{t('sameFields', { n: preview.same })}</p> : null}
      {preview.emptied === undefined ? null : <Notice kind="warning">{t('emptied', { no: preview.emptied })}</Notice>}
      {preview.refusals.map((refusal) => (
        <Refusal key={`${refusal.by} ${refusal.why}`} refusal={refusal} />
      ))}
      {preview.refusals.length > 0 ? null : (
        <ConfirmForm
          confirmText={t('mergeDo')}
          reason={{ label: t('mergeReason'), minLength: 4 }}
          close={() => undefined}
          confirm={async (reason) => {
            const body = { revision: pair.revision, staysId: preview.staysId, take, reason }
            await write('POST', `/registry/duplicates/${pair.pairId}/merge`, body)
            await done()
          }}
        >
          {t('after')}
        </ConfirmForm>
      )}
    </>
  )
}

function Refusal({ refusal }: { refusal: MergeRefusal }) {
  const t = useT(duplicateWords)
  return (
    <Notice kind="error">
      {refusal.why === 'head-elsewhere' ? t('refusal.head-elsewhere') : t('refusal', { by: refusal.by, why: refusal.why })}
    </Notice>
  )
}

interface FieldTableProps {
  fields: readonly MergeField[]
  names: Record<Taken, string>
  takenOf: (field: MergeField) => Taken
  choose: (key: string, taken: Taken) => void
}

function FieldTable({ fields, names, takenOf, choose }: FieldTableProps) {
  const t = useT(duplicateWords)
  const language = useLanguage()
  const show = (fact: FactRecord | undefined) =>
    fact === undefined ? undefined : (writeValue(fact.key, fact.value, language) ?? fact.asWritten)
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('mergeTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{names.stays}</th>
            <th scope="col">{names.leaves}</th>
            <th scope="col">{t('reasonWhy')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key}>
              <th scope="row">{nameField(field.key, language)}</th>
              {(['stays', 'leaves'] as const).map((side) => (
                <td key={side}>
                  <label>
                    <input
                      type="radio"
                      name={`take-${field.key}`}
                      checked={takenOf(field) === side}
                      onChange={() => choose(field.key, side)}
                      aria-label={`${nameField(field.key, language)}：${t('keepOf', { name: names[side] })}`}
                    />{' '}
                    {show(field[side]) ?? <span className="bf-quiet">{t('nothing')}</span>}
                  </label>
                </td>
              ))}
              <td className="bf-quiet">{takenOf(field) === field.suggested ? t(`survives.${field.why}`) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

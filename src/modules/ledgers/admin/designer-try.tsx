import { useMemo } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { readValues } from '../rules/read-values.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import { sampleValue } from './designer-samples.ts'
import { designerWords } from './designer-words.ts'
import { today, useRecordForm } from './form-state.ts'
import { FormFields, WholeProblems } from './form-view.tsx'
import { StateTag } from './list-columns.tsx'
import { textOf } from './value-text.ts'

/** The form as it will be, to be tried, and the list with sample rows. Nothing is kept. */
export function TryPart({ open, withList }: { open: OpenTemplate | undefined; withList: boolean }) {
  const t = useT(designerWords)
  if (open === undefined) return <Notice kind="info">{t('tryAfter')}</Notice>
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{t('tryNote')}</p>
      <TryForm key={JSON.stringify(open.template.fields)} open={open} />
      {withList ? <SampleRows open={open} /> : null}
    </div>
  )
}

function TryForm({ open }: { open: OpenTemplate }) {
  const form = useRecordForm({ open })
  return (
    <>
      <FormFields form={form} />
      <WholeProblems form={form} />
    </>
  )
}

const sampleCount = 5

function SampleRows({ open }: { open: OpenTemplate }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const { template } = open
  const columns = template.list.columns.flatMap((key) => template.fields.filter((field) => field.key === key))
  const rows = useMemo(() => Array.from({ length: sampleCount }, (_, at) => sampleRow(open, at)), [open])
  return (
    <>
      <h3>{t('trySamples')}</h3>
      <ScrollBox>
        <table className="bf-table" aria-label={t('trySamples')}>
          <thead>
            <tr>
              {columns.map((field) => (
                <th key={field.key} scope="col">
                  {field.name[language]}
                </th>
              ))}
              <th scope="col">{t('byState')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((values, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- samples have no name of their own
              <tr key={at}>
                {columns.map((field) => (
                  <td key={field.key}>{textOf(field, values[field.key], language) || '—'}</td>
                ))}
                <td>
                  <StateTag template={template} state={template.states[at % template.states.length]?.key ?? ''} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

/** One invented row, worked out as a real one would be. */
function sampleRow(open: OpenTemplate, at: number) {
  const entered = Object.fromEntries(
    open.template.fields.filter((field) => !isWorkedOut(field)).map((field) => [field.key, sampleValue(field, at)]),
  )
  const { values } = readValues(open, entered)
  const state = open.template.states[at % open.template.states.length]?.key ?? ''
  return judgeRecord(open, { values, state, today: today(), madeOn: today(), isNew: true }).values
}

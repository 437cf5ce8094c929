import { Button, Select } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ColumnMapping, RecognisedSheet } from '../contract.ts'
import type { ListKindChoice } from '../rules/compare-requests.ts'
import { compareWords } from './compare-words.ts'
import { wizardWords } from './wizard-words.ts'

interface MappingProps {
  kind: ListKindChoice
  sheet: RecognisedSheet
  /** Some values of each column, their middles hidden. */
  samples: readonly (readonly string[])[]
  /** The kind itself was chosen just now, so there is something to save. */
  isNew: boolean
  save: (columns: ColumnMapping) => void
}

/** Which column of the sheet holds each field; a person's choice goes before the program's. */
export function MappingTable({ kind, sheet, samples, isNew, save }: MappingProps) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const [columns, setColumns] = useState<ColumnMapping>(sheet.columns)
  const options = [
    { value: -1, label: t('noColumn') },
    ...sheet.labels.map((label, column) => ({ value: column, label: label === '' ? `（${column + 1}）` : label })),
  ]
  const choose = (key: string, column: number) =>
    setColumns((before) => {
      const { [key]: _replaced, ...rest } = before
      return column < 0 ? rest : { ...rest, [key]: column }
    })
  const isChanged = isNew || JSON.stringify(columns) !== JSON.stringify(sheet.columns)
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{w('mapNote')}</p>
      <ScrollBox>
        <table className="bf-table">
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{w('example')}</th>
              <th scope="col" className="bf-number">
                {t('confidence')}
              </th>
            </tr>
          </thead>
          <tbody>
            {kind.fields.map((field) => {
              const confidence = sheet.columnConfidence[field.key]
              const isOwn = columns[field.key] !== sheet.columns[field.key]
              return (
                <tr key={field.key}>
                  <td>
                    {field.label} {field.isNeeded ? <span className="bf-required">*</span> : null}
                  </td>
                  <td>
                    <Select
                      aria-label={field.label}
                      style={{ minWidth: '14rem' }}
                      value={columns[field.key] ?? -1}
                      onChange={(value) => choose(field.key, value)}
                      options={options}
                    />
                  </td>
                  <td className="bf-quiet">{(samples[columns[field.key] ?? -1] ?? []).filter((one) => one !== '').join('、')}</td>
                  <td className="bf-number">{confidence === undefined || isOwn ? '—' : `${Math.round(confidence * 100)}%`}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
      <div className="bf-row">
        <Button type="primary" disabled={!isChanged} onClick={() => save(columns)}>
          {t('saveMapping')}
        </Button>
      </div>
    </div>
  )
}

import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { Latitude, type ParameterValue, type PolicyText } from '../contract.ts'
import { parameterWords } from './parameter-words.ts'
import { policyWords } from './policy-words.ts'

interface ParameterTableProps {
  values: readonly ParameterValue[]
  /** What is in force on the version's first day, and who says it. */
  superiors: PolicyText['parameters']
  change: ((values: readonly ParameterValue[]) => void) | undefined
}

/** Each value with its unit, what those below may do with it, and what the superior says. */
export function ParameterTable({ values, superiors, change }: ParameterTableProps) {
  const t = useT(parameterWords)
  const words = useT(policyWords)
  const language = useLanguage()
  const put = (at: number, next: Partial<ParameterValue>) =>
    change?.(values.map((one, place) => (place === at ? { ...one, ...next } : one)))
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('table')}>
        <thead>
          <tr>
            <th className="policies-wide">{t('name')}</th>
            <th>{t('value')}</th>
            <th>{t('unit')}</th>
            <th className="policies-wide">{t('superior')}</th>
            <th>{t('latitude')}</th>
            <th className="policies-wide">{t('note')}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((one, at) => {
            const problem = problemOfValue(one)
            const superior = superiors.find((other) => other.name === one.name)
            return (
              <tr key={one.name}>
                <th scope="row">{language === 'zh' ? one.name : `${one.name} (${one.en})`}</th>
                <td className="policies-parameter">
                  {change === undefined ? (
                    <span className="bf-figures">{textOfValue(one.value)}</span>
                  ) : (
                    <input
                      className="bf-input bf-figures"
                      aria-label={t('valueOf', { name: one.name })}
                      aria-invalid={problem ? true : undefined}
                      placeholder={t('none')}
                      title={t('notSet')}
                      value={one.value === null ? '' : textOfValue(one.value)}
                      onChange={(event) => put(at, { value: valueOfText(event.target.value, one.value) })}
                    />
                  )}
                  {problem ? <span className="bf-problem">{t('notNumber', { decimals: one.decimals })}</span> : null}
                </td>
                <td>{one.unit === '' ? '—' : one.unit}</td>
                <td>
                  {superior === undefined || superior.value === null
                    ? t('none')
                    : t('superiorOf', {
                        value: textOfValue(superior.value),
                        area: superior.areaName,
                        document: superior.documentNo === '' ? '' : `，${superior.documentNo}`,
                      })}
                </td>
                <td>
                  {change === undefined ? (
                    words(`latitude.${one.latitude}`)
                  ) : (
                    <select
                      className="bf-input policies-medium"
                      aria-label={t('latitudeOf', { name: one.name })}
                      value={one.latitude}
                      onChange={(event) =>
                        put(at, { latitude: Latitude.options.find((option) => option === event.target.value) ?? one.latitude })
                      }
                    >
                      {Latitude.options.map((option) => (
                        <option key={option} value={option}>
                          {words(`latitude.${option}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </td>
                <td>
                  {change === undefined ? (
                    one.note === '' ? (
                      '—'
                    ) : (
                      one.note
                    )
                  ) : (
                    <input
                      className="bf-input"
                      aria-label={t('noteOf', { name: one.name })}
                      value={one.note}
                      onChange={(event) => put(at, { note: event.target.value })}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** A value as its field shows it; what is not set is a dash. */
export function textOfValue(value: ParameterValue['value']): string {
  if (value === null) return '—'
  return Array.isArray(value) ? value.join('、') : String(value)
}

/** A list stays a list, anything else is written as it stands; empty is "not set". */
function valueOfText(text: string, before: ParameterValue['value']): ParameterValue['value'] {
  if (text.trim() === '') return null
  return Array.isArray(before) ? text.split(/[、,，]/).map((one) => one.trim()) : text.trim()
}

/** A value with a unit is a number with so many decimals. */
function problemOfValue({ value, unit, decimals }: ParameterValue): boolean {
  if (value === null || Array.isArray(value) || unit === '') return false
  const match = /^-?\d+(?:\.(\d+))?$/.exec(String(value))
  return match === null || (match[1] ?? '').length > decimals
}

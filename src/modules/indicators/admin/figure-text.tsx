import { useT } from '#ui/words/use-t.ts'
import type { Figure } from '../contract.ts'
import { indicatorWords } from './indicator-words.ts'

/** A number with its unit, and below it part and base of a ratio; without one, why. */
export function FigureText({ figure, unit }: { figure: Figure; unit: string }) {
  const t = useT(indicatorWords)
  const { shown, why, part, base } = figure
  if (shown === null) return <span className="bf-source">{why === undefined ? '—' : t(`why.${why}`)}</span>
  return (
    <>
      <strong className="bf-figures">{shown}</strong> {unit}
      {part === undefined || base === undefined ? null : <span className="bf-source bf-figures">{t('partOf', { part, base })}</span>}
    </>
  )
}

/** The name of a module or of the pack of a ledger: the first word of a key. */
export function useOwnerName(): (key: string) => string {
  const t = useT(indicatorWords)
  return (key) => {
    const owner = key.split('.')[0] ?? ''
    const known = ['registry', 'screening', 'quality', 'cases', 'surveys', 'rectification', 'ledgers'] as const
    const found = known.find((one) => one === owner)
    return t(found === undefined ? 'of.other' : `of.${found}`)
  }
}

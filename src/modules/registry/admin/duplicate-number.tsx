import { useT } from '#ui/words/use-t.ts'
import type { DuplicatePerson } from '../rules/duplicate-records.ts'
import { duplicateWords } from './duplicate-words.ts'

/** A masked number with the remark that it is wrong: two masked ones may look alike though they differ. */
export function MaskedNumber({ person }: { person: DuplicatePerson }) {
  const t = useT(duplicateWords)
  if (person.idMasked === undefined) return <>—</>
  return (
    <span className="bf-figures">
      {person.idMasked}
      {person.isNumberRight ? null : <span className="bf-quiet">{t('wrongNumber')}</span>}
    </span>
  )
}

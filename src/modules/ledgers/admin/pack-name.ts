import { useT } from '#ui/words/use-t.ts'
import { ledgerWords } from './ledger-words.ts'

/** Says a pack's name; one that the catalogue does not know stands as it is. */
export function usePackName(): (pack: string) => string {
  const t = useT(ledgerWords)
  return (pack) => {
    const key = `pack.${pack}`
    return key in ledgerWords ? t(key as keyof typeof ledgerWords) : pack // safe: just looked up
  }
}

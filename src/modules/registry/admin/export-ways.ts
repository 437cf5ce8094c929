import { write, type Query } from '#kernel/browser/api/index.ts'
import { downloadWay, type ExportWay } from '#ui/data/export-button.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { exportWords } from './export-words.ts'

/** How the ledger can go out: households, their members, and, for who may see whole numbers, those with them. */
export function useLedgerWays(query: Query, households: number): readonly ExportWay[] {
  const t = useT(exportWords)
  const go = useGo()
  const maySeeWhole = useMay('registry.person:reveal')
  const n = households.toLocaleString('en')
  const masked = [
    downloadWay({
      key: 'households',
      label: t('households'),
      note: t('householdsNote', { n }),
      path: '/registry/households/export',
      query,
    }),
    downloadWay({ key: 'persons', label: t('persons'), note: t('personsNote', { n }), path: '/registry/persons/export', query }),
  ]
  if (!maySeeWhole) return masked
  const ask: ExportWay = {
    key: 'ask',
    label: t('ask'),
    note: t('askNote'),
    action: t('askAction'),
    run: async (terms) => {
      await write('POST', '/registry/exports', { ...query, ...terms })
      go('/registry/exports')
    },
  }
  return [
    ...masked,
    downloadWay({ key: 'whole', label: t('whole'), note: t('wholeNote'), path: '/registry/persons/export-whole', query }),
    ask,
  ]
}

/** The one way in which another list of the register goes out. */
export function useListWay(list: 'villages' | 'corrections' | 'duplicates', query: Query): readonly ExportWay[] {
  const t = useT(exportWords)
  return [downloadWay({ key: list, label: t(list), note: t(`${list}Note`), path: `/registry/${list}/export`, query })]
}

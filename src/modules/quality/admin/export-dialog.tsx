import { download } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { PlaceWork } from '../rules/worklist-records.ts'
import { qualityWords } from './quality-words.ts'

/** A village's list as a workbook; the purpose stands in the audit and in the last line of the sheet. */
export function ExportDialog({ place, close }: { place: Pick<PlaceWork, 'path' | 'name'>; close: () => void }) {
  const t = useT(qualityWords)
  return (
    <ConfirmDialog
      isOpen
      title={t('exportTitle', { name: place.name })}
      confirmText={t('export')}
      reason={{ label: t('purpose'), minLength: 4 }}
      confirm={(purpose) => download('/quality/worklist.xlsx', { area: place.path, purpose })}
      close={close}
    >
      {t('exportText')}
    </ConfirmDialog>
  )
}

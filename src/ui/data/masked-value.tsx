import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '../feedback/confirm-dialog.tsx'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

interface MaskedValueProps {
  /** What it is: 证件号, 手机号. */
  label: string
  /** As the server sent it, such as 990301********0014. */
  masked: string
  /** Asks the server for the plain value with the reason; absent when the record's `can` does not allow it. */
  reveal?: (reason: string) => Promise<string>
}

/** A masked number with a button that asks why before it shows the whole; the plain value lives only as long as the page. */
export function MaskedValue({ label, masked, reveal }: MaskedValueProps) {
  const t = useT(uiWords)
  const [plain, setPlain] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  return (
    <span className="bf-masked">
      <span className="bf-figures">{plain ?? masked}</span>
      {reveal === undefined || plain !== undefined ? null : (
        <Button size="small" onClick={() => setAsking(true)} aria-label={`${t('reveal')}：${label}`}>
          {t('reveal')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={t('revealTitle', { label })}
        confirmText={t('reveal')}
        reason={{ label: t('revealReason'), minLength: 4 }}
        confirm={async (reason) => setPlain(await reveal?.(reason))}
      >
        {t('revealReasonNeeded')}
      </ConfirmDialog>
    </span>
  )
}

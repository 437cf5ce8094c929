import { Button } from 'antd'
import type { ReactNode } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

interface PrintSheetProps {
  title: string
  /** Left below the title: village, month; right: who printed it and when. */
  left?: string
  right?: string
  /** Wide tables lie on their side. */
  isLandscape?: boolean
  /** Further buttons beside 打印; not printed. */
  actions?: ReactNode
  children: ReactNode
}

/** A page made for paper: A4, title in the middle, tables repeat their head on each sheet; the buttons stay on the screen. */
export function PrintSheet({ title, left, right, isLandscape = false, actions, children }: PrintSheetProps) {
  const t = useT(uiWords)
  return (
    <div className={isLandscape ? 'bf-sheet bf-sheet-wide' : 'bf-sheet'}>
      {isLandscape ? <style>{'@page { size: A4 landscape }'}</style> : null}
      <div className="bf-no-print bf-page-actions">
        {actions}
        <Button type="primary" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <h1>{title}</h1>
      <p className="bf-sheet-line">
        <span>{left}</span>
        <span>{right}</span>
      </p>
      {children}
    </div>
  )
}

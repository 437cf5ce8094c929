import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { DensityChoice, LanguageSwitch } from '#ui/layout/reading-choices.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Start } from '../contract.ts'
import { doorWords } from './door-words.ts'

/** What may be known before the login: the county's name and whether one may be founded here. */
export function useStart() {
  return useQuery({ queryKey: ['identity', 'start'], queryFn: () => read<Start>('/identity/start'), staleTime: 60_000 })
}

/** The frame of the pages before the login: reading choices above, complaints and filing number below. */
export function DoorFrame({ title, isWide = false, children }: { title: string; isWide?: boolean; children: ReactNode }) {
  const t = useT(doorWords)
  const start = useStart()
  const filing = start.data?.county?.filingNumber
  useEffect(() => {
    document.title = `${title} · 帮扶`
  }, [title])
  return (
    <div className="bf-door">
      <div className="bf-door-top bf-no-print">
        <DensityChoice />
        <LanguageSwitch />
      </div>
      <main className={isWide ? 'bf-door-card bf-door-wide' : 'bf-door-card'}>{children}</main>
      <footer className="bf-door-foot bf-no-print">
        <span>{t('complaints')}</span>
        <span>{filing === undefined || filing === '' ? t('noFiling') : t('filing', { number: filing })}</span>
      </footer>
    </div>
  )
}

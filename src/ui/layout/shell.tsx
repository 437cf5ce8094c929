import { useState, type ReactNode } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { useCaller } from '../plug/caller.tsx'
import type { MenuEntry } from '../plug/plug.ts'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'
import { Header } from './header.tsx'
import { MainMenu } from './main-menu.tsx'
import { Watermark } from './watermark.tsx'

interface ShellProps {
  menu: readonly MenuEntry[]
  /** Address of the page where the caller changes the password. */
  passwordPath: string
  logOut: () => void
  children: ReactNode
}

/** Header, menu and content around every page behind the login. */
export function Shell({ menu, passwordPath, logOut, children }: ShellProps) {
  const t = useT(uiWords)
  const caller = useCaller()
  const [today] = useState(() => dayOf(Date.now()))
  return (
    <div className="bf-shell">
      <a className="bf-skip" href="#content">
        {t('skipToContent')}
      </a>
      <Header passwordPath={passwordPath} logOut={logOut} />
      {caller.isDemo ? (
        <div className="bf-demo" role="note">
          ◆ {t('demoBanner')}
        </div>
      ) : null}
      <div className="bf-body">
        <MainMenu menu={menu} />
        <main id="content" className="bf-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Watermark text={`${caller.name} ${caller.areaName} ${today}`} />
    </div>
  )
}

import { useQueries } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { setPreferences } from '#kernel/browser/session/index.ts'
import { PageLink } from '../plug/page-link.tsx'
import { useCaller } from '../plug/caller.tsx'
import { dataDaySlot } from '../plug/data-day.ts'
import { useSlot } from '../plug/slots.ts'
import { uiWords } from '../words/ui-words.ts'
import { usePreferences, useT } from '../words/use-t.ts'
import { DensityChoice, LanguageSwitch } from './reading-choices.tsx'

interface HeaderProps {
  passwordPath: string
  logOut: () => void
}

/** County, region and the day of the data at the left; language, type size and the caller's own menu at the right. */
export function Header({ passwordPath, logOut }: HeaderProps) {
  const caller = useCaller()
  return (
    <header className="bf-header">
      <PageLink to="/" className="bf-brand">
        帮扶
      </PageLink>
      <span className="bf-county">{caller.countyName}</span>
      {caller.areaName === caller.countyName ? null : <span className="bf-region">{caller.areaName}</span>}
      <DataAsOf />
      <span className="bf-spring" />
      <DensityChoice />
      <LanguageSwitch />
      <CallerMenu passwordPath={passwordPath} logOut={logOut} />
    </header>
  )
}

function DataAsOf() {
  const t = useT(uiWords)
  const caller = useCaller()
  const days = useSlot(dataDaySlot).filter((day) => day.needs === undefined || caller.rights.includes(day.needs))
  const queries = useQueries({
    queries: days.map((day) => ({ queryKey: ['data-day', caller.id, day.key], queryFn: async () => (await day.load()) ?? '' })),
  })
  const latest = queries
    .map((query) => query.data ?? '')
    .sort()
    .pop()
  return latest === undefined || latest === '' ? null : <span className="bf-as-of bf-figures">{t('dataAsOf', { day: latest })}</span>
}

/** A disclosure: a button that opens a short list of links and buttons. */
function CallerMenu({ passwordPath, logOut }: HeaderProps) {
  const t = useT(uiWords)
  const caller = useCaller()
  const { singleKeys } = usePreferences()
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape and leaving close what the button opened
    <div
      className="bf-caller"
      role="group"
      aria-label={t('myMenu', { name: caller.name })}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <button
        type="button"
        className="bf-header-button"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-label={t('myMenu', { name: caller.name })}
        onClick={() => setOpen(!isOpen)}
      >
        {caller.name} <span aria-hidden="true">▾</span>
      </button>
      <div id={listId} className="bf-caller-menu" hidden={!isOpen}>
        <p className="bf-quiet">{caller.roleNames}</p>
        <label className="bf-check">
          <input type="checkbox" checked={singleKeys} onChange={(event) => setPreferences({ singleKeys: event.target.checked })} />{' '}
          {t('singleKeys')}
        </label>
        <PageLink to={passwordPath}>{t('changePassword')}</PageLink>
        <button type="button" className="bf-link" onClick={logOut}>
          {t('logout')}
        </button>
      </div>
    </div>
  )
}

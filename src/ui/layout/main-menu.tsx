import { Link, useLocation } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useCaller } from '../plug/caller.tsx'
import { menuGroups, type MenuEntry, type MenuGroup } from '../plug/plug.ts'
import { uiWords } from '../words/ui-words.ts'
import { useLanguage, useSay, useT } from '../words/use-t.ts'
import { useIsTight } from './use-is-tight.ts'

/**
 * The navigation: the groups of ux.md §3, of which only what exists and what the role may is shown. At the left all groups stand open, short
 * entries two in a line and longer ones alone, for as long as they fit on the screen; else all but the present one fold. Narrow screens open it by a button.
 */
export function MainMenu({ menu }: { menu: readonly MenuEntry[] }) {
  const t = useT(uiWords)
  const say = useSay()
  const address = useLocation({ select: (location) => location.pathname })
  const groups = useGroups(menu)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  // Where it was opened: another page has been chosen since, so it is closed there.
  const [openedAt, setOpenedAt] = useState<string>()
  const isOpen = openedAt === address
  const [unfolded, setUnfolded] = useState<ReadonlySet<MenuGroup>>(new Set())
  const isTight = useIsTight(list)
  const here = presentEntry(
    groups.flatMap((one) => one.entries),
    address,
  )
  const turn = (group: MenuGroup) =>
    setUnfolded(new Set(unfolded.has(group) ? [...unfolded].filter((one) => one !== group) : [...unfolded, group]))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes what the button opened
    <nav className="bf-menu" aria-label={t('mainMenu')} onKeyDown={(event) => event.key === 'Escape' && setOpenedAt(undefined)}>
      <button
        type="button"
        className="bf-menu-button"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpenedAt(isOpen ? undefined : address)}
      >
        <span aria-hidden="true">☰</span> {t('menu')}
        {here === undefined ? null : <span className="bf-menu-here">{say(here.words)}</span>}
      </button>
      <div ref={list} id={listId} className={isOpen ? 'bf-menu-groups bf-menu-open' : 'bf-menu-groups'}>
        {groups.map(({ group, entries }) => (
          <Group
            key={group}
            group={group}
            entries={entries}
            here={here}
            fold={
              isTight && group !== 'work' && group !== here?.group ? { isOpen: unfolded.has(group), turn: () => turn(group) } : undefined
            }
          />
        ))}
      </div>
    </nav>
  )
}

/** What the caller may open, by group. */
function useGroups(menu: readonly MenuEntry[]): { group: MenuGroup; entries: MenuEntry[] }[] {
  const caller = useCaller()
  const isOpen = (entry: MenuEntry) =>
    (entry.needs === undefined || caller.rights.includes(entry.needs)) && (entry.countyOnly !== true || caller.isCountyWide)
  return menuGroups
    .map((group) => ({ group, entries: menu.filter((entry) => entry.group === group && isOpen(entry)) }))
    .filter(({ entries }) => entries.length > 0)
}

/** The entry whose page, or a page below it, is open: the longest that fits. */
function presentEntry(entries: readonly MenuEntry[], address: string): MenuEntry | undefined {
  const fits = entries.filter(({ path }) => address === path || (path !== '/' && address.startsWith(`${path}/`)))
  return fits.sort((one, other) => other.path.length - one.path.length)[0]
}

interface GroupProps {
  group: MenuGroup
  entries: readonly MenuEntry[]
  /** The entry whose page is open; one whose address begins another's is not it. */
  here: MenuEntry | undefined
  /** Present where the group folds for want of room. */
  fold: { isOpen: boolean; turn: () => void } | undefined
}

function Group({ group, entries, here, fold }: GroupProps) {
  const t = useT(uiWords)
  const say = useSay()
  const language = useLanguage()
  const listId = useId()
  const name = t(`group.${group}`)
  const isPaired = entries.filter((entry) => isShort(entry.words[language])).length > 1
  return (
    <section>
      {group === 'work' ? null : (
        <h2>
          {fold === undefined ? (
            name
          ) : (
            <button type="button" aria-expanded={fold.isOpen} aria-controls={listId} onClick={fold.turn}>
              {name} <span aria-hidden="true">{fold.isOpen ? '▾' : '▸'}</span>
            </button>
          )}
        </h2>
      )}
      <ul id={listId} className={`${isPaired ? 'bf-menu-pairs' : ''} ${fold?.isOpen === false ? 'bf-menu-folded' : ''}`}>
        {entries.map((entry) => (
          <li key={entry.key} className={isPaired && !isShort(entry.words[language]) ? 'bf-menu-long' : undefined}>
            <Link
              to={entry.path}
              search={{}}
              activeProps={{ 'aria-current': 'page' }}
              activeOptions={{ exact: entry !== here, includeSearch: false }}
            >
              {say(entry.words)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whether two such entries fit into one line: five Chinese characters, or as many letters as are that wide. */
function isShort(text: string): boolean {
  const width = Array.from(text).reduce((sum, character) => sum + (character > '\u02ff' ? 1 : 0.56), 0)
  return width <= 5.2
}

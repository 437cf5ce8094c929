import { Link } from '@tanstack/react-router'
import { useCaller } from '../plug/caller.tsx'
import { menuGroups, type MenuEntry } from '../plug/plug.ts'
import { uiWords } from '../words/ui-words.ts'
import { useSay, useT } from '../words/use-t.ts'

/** The left navigation: the groups of ux.md §3, of which only what exists and what the role may is shown. */
export function MainMenu({ menu }: { menu: readonly MenuEntry[] }) {
  const t = useT(uiWords)
  const say = useSay()
  const caller = useCaller()
  const isOpen = (entry: MenuEntry) =>
    (entry.needs === undefined || caller.rights.includes(entry.needs)) && (entry.countyOnly !== true || caller.isCountyWide)
  const groups = menuGroups
    .map((group) => ({ group, entries: menu.filter((entry) => entry.group === group && isOpen(entry)) }))
    .filter(({ entries }) => entries.length > 0)
  return (
    <nav className="bf-menu" aria-label={t('mainMenu')}>
      {groups.map(({ group, entries }) => (
        <section key={group}>
          {group === 'work' ? null : <h2>{t(`group.${group}`)}</h2>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.key}>
                <Link
                  to={entry.path}
                  search={{}}
                  activeProps={{ 'aria-current': 'page' }}
                  activeOptions={{ exact: entry.path === '/', includeSearch: false }}
                >
                  {say(entry.words)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

import type { ComponentType } from 'react'
import type { Catalogue, Words } from '#kernel/pure/words/index.ts'
import type { SlotFill } from './slots.ts'

/** The groups of the left navigation, in their order on the screen (ux.md §3). */
export const menuGroups = ['work', 'map', 'leads', 'people', 'help', 'data', 'supervision', 'reports', 'settings'] as const
export type MenuGroup = (typeof menuGroups)[number]

/** A right as `object:action`, such as `registry.household:read`: the words of a route's `access`. */
export type Right = `${string}:${string}`

export interface MenuEntry {
  readonly key: string
  readonly words: Words
  /** The page's address, such as `/registry/households`. */
  readonly path: string
  readonly group: MenuGroup
  /** The entry is shown to whoever has this right; without it to everybody. */
  readonly needs?: Right
  /** Only for callers whose scope is the whole county. */
  readonly countyOnly?: boolean
}

export interface PageRoute {
  /** `/registry/households/$householdId`: parameters begin with `$`; read them with `usePageParam`. */
  readonly path: string
  /** Loads the page's code when it is first opened: `() => import('./household-page.tsx').then((page) => page.HouseholdPage)`. */
  readonly page: () => Promise<ComponentType>
  /** Pages before the login (login, founding) stand without the shell. */
  readonly beforeLogin?: boolean
  /** Pages to be printed or opened by themselves: logged in, but without navigation. */
  readonly withoutShell?: boolean
}

/** What a module switches on in the office app (house.md, "Doors and plugs"). Its addresses all begin with `/<name>`. */
export interface AdminPlug {
  readonly name: string
  readonly menu: readonly MenuEntry[]
  readonly routes: readonly PageRoute[]
  readonly slots?: readonly SlotFill[]
  /** Sentences of the module's error codes: what happened, what to do, whom to call. */
  readonly errorWords?: Catalogue
}

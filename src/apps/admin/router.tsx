import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Skeleton } from '#ui/feedback/faces.tsx'
import type { AdminPlug, MenuEntry, PageRoute } from '#ui/plug/plug.ts'
import { BrokenPage, MissingPage } from './broken-page.tsx'
import { ForCallers, InShell } from './inside.tsx'
import { inMenuOrder } from './menu-order.ts'
import { todayWords } from './today-words.ts'

const todayEntry: MenuEntry = { key: 'today', words: todayWords.menu, path: '/', group: 'work' }
const todayRoute: PageRoute = { path: '/', page: () => import('./today-page.tsx').then((page) => page.TodayPage) }

/** The routes of all plugs: before the login, in the shell, and by themselves. Every page is a chunk of its own. */
export function makeRouter(plugs: readonly AdminPlug[], queries: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage })
  const callers = createRoute({ getParentRoute: () => root, id: 'callers', component: () => <ForCallers queries={queries} /> })
  const menu = inMenuOrder([todayEntry, ...plugs.flatMap((plug) => plug.menu)])
  const shell = createRoute({ getParentRoute: () => callers, id: 'shell', component: () => <InShell menu={menu} queries={queries} /> })
  const routes = [todayRoute, ...plugs.flatMap((plug) => plug.routes)]
  const make = (parent: typeof root | typeof callers | typeof shell, wanted: readonly PageRoute[]) =>
    wanted.map(({ path, page }) =>
      createRoute({
        getParentRoute: () => parent,
        path,
        component: lazyRouteComponent(async () => ({ default: await page() })),
      }),
    )
  const tree = root.addChildren([
    ...make(
      root,
      routes.filter((route) => route.beforeLogin === true),
    ),
    callers.addChildren([
      ...make(
        callers,
        routes.filter((route) => route.withoutShell === true),
      ),
      shell.addChildren(
        make(
          shell,
          routes.filter((route) => route.beforeLogin !== true && route.withoutShell !== true),
        ),
      ),
    ]),
  ])
  return createRouter({
    routeTree: tree,
    defaultPendingComponent: Skeleton,
    defaultErrorComponent: BrokenPage,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

import { useQuery, type QueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isApiError, onSessionEnd, read, write } from '#kernel/browser/api/index.ts'
import type { Me } from '#modules/identity/contract.ts'
import { FailedFace, Skeleton } from '#ui/feedback/faces.tsx'
import { Shell } from '#ui/layout/shell.tsx'
import { CallerContext } from '#ui/plug/caller.tsx'
import type { MenuEntry } from '#ui/plug/plug.ts'
import { Redirect } from '#ui/plug/redirect.tsx'
import { useLanguage } from '#ui/words/use-t.ts'
import { factsOf } from './caller-facts.ts'

const loginPath = '/identity/login'
const passwordPath = '/identity/password'

/** Lets nobody past who is not logged in; a one-time password leads to the change of it and nowhere else. */
export function ForCallers({ queries }: { queries: QueryClient }) {
  const language = useLanguage()
  const navigate = useNavigate()
  const me = useQuery({ queryKey: ['identity', 'me'], queryFn: () => read<Me>('/identity/me'), staleTime: 60_000 })
  useEffect(
    () =>
      onSessionEnd((code) => {
        if (code === 'http.password-change-needed')
          void navigate({ to: passwordPath }) // a page of our own
        else {
          queries.removeQueries({ queryKey: ['identity', 'me'] })
          void navigate({ to: loginPath, search: { next: window.location.pathname + window.location.search } }) // a page of our own
        }
      }),
    [navigate, queries],
  )
  if (me.isError) {
    if (isApiError(me.error) && me.error.status === 401) return <Redirect to={loginPath} keepHere />
    return (
      <div className="bf-main">
        <FailedFace error={me.error} retry={() => void me.refetch()} />
      </div>
    )
  }
  if (me.data === undefined)
    return (
      <div className="bf-main">
        <Skeleton />
      </div>
    )
  if (me.data.mustChangePassword) return <Redirect to={passwordPath} />
  return (
    <CallerContext value={factsOf(me.data, language)}>
      <Outlet />
    </CallerContext>
  )
}

/** The pages that stand in the shell. */
export function InShell({ menu, queries }: { menu: readonly MenuEntry[]; queries: QueryClient }) {
  const navigate = useNavigate()
  const logOut = async () => {
    try {
      await write('POST', '/identity/logout')
    } finally {
      queries.clear() // nothing of this caller stays for the next one
      await navigate({ to: loginPath })
    }
  }
  return (
    <Shell
      menu={menu}
      passwordPath={passwordPath}
      logOut={() => void logOut().catch(() => undefined) /* without a connection the cookie ends by itself */}
    >
      <Outlet />
    </Shell>
  )
}

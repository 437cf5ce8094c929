import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * Sends the reader to another page, once. The router's own `Navigate` goes again with every drawing, which never ends when the
 * page it stands on is drawn anew while the next one loads. `keepHere` hands on the address that was wanted as `next`.
 */
export function Redirect({ to, keepHere = false }: { to: string; keepHere?: boolean }) {
  const navigate = useNavigate()
  useEffect(() => {
    const next = window.location.pathname + window.location.search
    void navigate({ to, search: keepHere && next !== '/' ? { next } : {}, replace: true }) // a page that fails to load shows its own failed face
  }, [navigate, to, keepHere])
  return null
}

import { useSyncExternalStore } from 'react'

const query = '(max-width: 40rem)'

function listen(changed: () => void): () => void {
  const list = window.matchMedia(query)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

/** Whether the page is as narrow as a phone's. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(listen, () => window.matchMedia(query).matches)
}

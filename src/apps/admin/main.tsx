import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isApiError, onWritten, registerErrorWords } from '#kernel/browser/api/index.ts'
import { SlotContext } from '#ui/plug/slots.ts'
import { ThemeProvider } from '#ui/theme/theme-provider.tsx'
import { plugs } from './plugs.ts'
import { makeRouter } from './router.tsx'

for (const plug of plugs) if (plug.errorWords !== undefined) registerErrorWords(plug.errorWords)

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only a lost connection is worth asking again.
      retry: (count, error) => count < 2 && isApiError(error) && error.status === 0,
    },
  },
})
// After a write everything on screen is read again; what is not on screen is read when it is next opened.
onWritten(() => void queries.invalidateQueries()) // each query shows its own failure
const router = makeRouter(plugs, queries)
const slots = plugs.flatMap((plug) => plug.slots ?? [])
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <SlotContext value={slots}>
          <RouterProvider router={router} />
        </SlotContext>
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
)

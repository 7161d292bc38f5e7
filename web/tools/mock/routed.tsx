import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { Capability } from '@/api/types'
import { MayContext } from '@/lib/may'

export const OPERATOR: Capability[] = ['use', 'company', 'serve', 'review', 'measure', 'data', 'operate', 'examine', 'learned', 'learn', 'promote', 'library', 'rights', 'people', 'configure']

/** Renders with what links and queries need; an address that no page of the test has stays where it is. Shown to an operator unless said otherwise. */
export function renderRouted(children: ReactNode, may: readonly Capability[] = OPERATOR): { queries: QueryClient; router: { state: { location: { href: string } } } } {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const rootRoute = createRootRoute({ component: () => children, notFoundComponent: () => children })
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory({ initialEntries: ['/'] }) })
  render(
    <QueryClientProvider client={queries}>
      <MayContext value={may}>
        <RouterProvider router={router as never} />
      </MayContext>
    </QueryClientProvider>,
  )
  return { queries, router }
}

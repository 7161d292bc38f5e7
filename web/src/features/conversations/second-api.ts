/** Calls of second opinions. */

import { useQuery } from '@tanstack/react-query'
import type { SecondOpinion } from '@/api/types'
import { api, data } from '@/lib/http'

const PATH = '/api/v1/admin/second-opinions'

/** Under `reviews`, so that what is decided there renews this, too. */
export function useSecondDesk() {
  return useQuery({ queryKey: ['reviews', 'second'], queryFn: ({ signal }) => data(api.GET(PATH, { signal })), staleTime: 15_000 })
}

export function useSecond(reviewId: string | undefined) {
  return useQuery({
    queryKey: ['second', reviewId],
    queryFn: ({ signal }) => data(api.GET(`${PATH}/{review_id}`, { params: { path: { review_id: reviewId ?? '' } }, signal })),
    enabled: reviewId !== undefined,
  })
}

export function giveSecond(reviewId: string, opinion: SecondOpinion): Promise<{ agreed: boolean }> {
  return data(api.POST(`${PATH}/{review_id}`, { params: { path: { review_id: reviewId } }, body: opinion }))
}

export function settle(reviewId: string, right: 'erste' | 'zweite'): Promise<unknown> {
  return data(api.POST(`${PATH}/{review_id}/settlement`, { params: { path: { review_id: reviewId } }, body: { right } }))
}

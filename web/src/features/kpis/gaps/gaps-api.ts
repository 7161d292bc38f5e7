/** Calls for what was asked and not answered, and for what is done about it. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Gap, GapDetail, GapStep, NewGapStep, Unanswered } from '@/api/types'
import { ApiError, api, data } from '@/lib/http'
import { sendForm } from '@/lib/send-form'

/** A gap, or one question. */
export type About = { gapId: string } | { answerId: string }

const SOON_MS = 1500

/** While a step's questions are being asked again, it is looked again soon. */
function soon(steps: GapStep[] | undefined): number | false {
  return steps?.some(isAsking) ? SOON_MS : false
}

export function isAsking(step: GapStep): boolean {
  return step.asks_again && step.measured_at === null && step.undone_at === null
}

export function useGaps(state: Gap['state']) {
  return useQuery({
    queryKey: ['gaps', state],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/gaps', { params: { query: { state, limit: 100 } }, signal })),
    refetchInterval: (query) => soon(query.state.data?.gaps.flatMap((gap) => gap.last_step ?? [])),
  })
}

export function useGap(gapId: string | undefined) {
  return useQuery<GapDetail>({
    queryKey: ['gap', gapId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/gaps/{gap_id}', { params: { path: { gap_id: gapId ?? '' } }, signal })),
    enabled: gapId !== undefined,
    refetchInterval: (query) => soon(query.state.data?.steps),
  })
}

export function useUnanswered(state: Unanswered['state'], why: Unanswered['why'] | undefined) {
  return useQuery({
    queryKey: ['unanswered', 'list', state, why ?? ''],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/unanswered', { params: { query: { state, limit: 100, ...(why ? { why } : {}) } }, signal })),
    placeholderData: (old) => old,
    refetchInterval: (query) => soon(query.state.data?.questions.flatMap((one) => one.steps)),
  })
}

export function useQuestion(answerId: string | undefined) {
  return useQuery<Unanswered>({
    queryKey: ['unanswered', 'one', answerId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/unanswered/{answer_id}', { params: { path: { answer_id: answerId ?? '' } }, signal })),
    enabled: answerId !== undefined,
    refetchInterval: (query) => soon(query.state.data?.steps),
  })
}

/** The sections that may answer, nearest first. */
export function useSections(about: About, words: string) {
  const query = words.trim().length > 1 ? { q: words.trim() } : {}
  return useQuery({
    queryKey: ['near', about, query.q ?? ''],
    queryFn: ({ signal }) =>
      'gapId' in about
        ? data(api.GET('/api/v1/admin/gaps/{gap_id}/sections', { params: { path: { gap_id: about.gapId }, query }, signal }))
        : data(api.GET('/api/v1/admin/unanswered/{answer_id}/sections', { params: { path: { answer_id: about.answerId }, query }, signal })),
    staleTime: 60_000,
    placeholderData: (old) => old,
  })
}

export function takeStep(about: About, body: NewGapStep): Promise<GapStep> {
  return 'gapId' in about
    ? data(api.POST('/api/v1/admin/gaps/{gap_id}/steps', { params: { path: { gap_id: about.gapId } }, body }))
    : data(api.POST('/api/v1/admin/unanswered/{answer_id}/steps', { params: { path: { answer_id: about.answerId } }, body }))
}

export function undoStep(stepId: string, remove = false): Promise<GapStep> {
  return data(api.DELETE('/api/v1/admin/gap-steps/{step_id}', { params: { path: { step_id: stepId }, query: { remove } } }))
}

export function askAgain(stepId: string): Promise<GapStep> {
  return data(api.POST('/api/v1/admin/gap-steps/{step_id}/again', { params: { path: { step_id: stepId } } }))
}

/** Takes a document in for the company; one that is there already is as good. */
export async function takeIn(file: File): Promise<string> {
  const form = new FormData()
  form.set('file', file)
  try {
    return (await sendForm<{ item_id: string }>('/api/v1/ingest/doc', form, () => undefined).answer).item_id
  } catch (error) {
    if (error instanceof ApiError && error.code === 'duplicate' && typeof error.facts.item_id === 'string') return error.facts.item_id
    throw error
  }
}

/** Asks anew for everything that a step changes. */
export function useRenewGaps(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(['gaps', 'gap', 'unanswered', 'tickets', 'ticket', 'near'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }
}

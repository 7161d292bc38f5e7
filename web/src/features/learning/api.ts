/** Calls for what was learned, for prompts, and for the proofs of what was done. */

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditVerdict, Erasure, LearnedEntry, LearnedPeople, Promotion, PromptDetail } from '@/api/types'
import { api, data } from '@/lib/http'

const AUDIT_PAGE = 50

export const LEDGER_PAGE = 50

export function useLedger(page: number) {
  return useQuery({
    queryKey: ['learning', page],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/learning', { params: { query: { limit: LEDGER_PAGE, offset: page * LEDGER_PAGE } }, signal })),
    refetchInterval: 30_000,
    placeholderData: (old) => old,
  })
}

export function useLearned(entryId: string | undefined) {
  return useQuery({
    queryKey: ['learned', entryId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/learning/{entry_id}', { params: { path: { entry_id: entryId ?? '' } }, signal })),
    enabled: entryId !== undefined,
  })
}

/** Looking it up is noted in the audit log. */
export function learnedPeople(entryId: string): Promise<LearnedPeople> {
  return data(api.GET('/api/v1/admin/learning/{entry_id}/people', { params: { path: { entry_id: entryId } } }))
}

export function runLearning(): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/learning/run'))
}

export function switchLearning(on: boolean): Promise<unknown> {
  return on ? data(api.POST('/api/v1/admin/learning/start', { body: {} })) : data(api.POST('/api/v1/admin/learning/stop'))
}

export function undoLearned(entryId: string): Promise<LearnedEntry> {
  return data(api.POST('/api/v1/admin/learning/{entry_id}/undo', { params: { path: { entry_id: entryId } } }))
}

export function decideTerm(entryId: string, approved: boolean): Promise<LearnedEntry> {
  return data(api.POST('/api/v1/admin/learning/{entry_id}/decide', { params: { path: { entry_id: entryId } }, body: { approved } }))
}

export function usePrompts() {
  return useQuery({ queryKey: ['prompts'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/prompts', { signal })) })
}

export function usePrompt(version: string | undefined) {
  return useQuery({
    queryKey: ['prompt', version],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/prompts/{prompt}', { params: { path: { prompt: version ?? '' } }, signal })),
    enabled: version !== undefined,
  })
}

export function addPrompt(yaml: string, note: string): Promise<PromptDetail> {
  return data(api.POST('/api/v1/admin/prompts', { body: { yaml, note } })) as Promise<PromptDetail>
}

export function tryPrompt(version: string, share: number): Promise<unknown> {
  return data(api.POST('/api/v1/admin/prompts/{prompt}/try', { params: { path: { prompt: version } }, body: { share } }))
}

/** Without `seal` only the comparison comes; the seal in it promotes exactly what was seen. */
export function promotePrompt(version: string, seal = ''): Promise<Promotion> {
  return data(api.POST('/api/v1/admin/prompts/{prompt}/promote', { params: { path: { prompt: version } }, body: { seal } }))
}

export function rollBackPrompt(version: string): Promise<unknown> {
  return data(api.POST('/api/v1/admin/prompts/{prompt}/rollback', { params: { path: { prompt: version } } }))
}

export function useAuditLog(filter: { action?: string | undefined; actor?: string | undefined }) {
  return useInfiniteQuery({
    queryKey: ['audit', filter.action ?? '', filter.actor ?? ''],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/admin/audit', { params: { query: { limit: AUDIT_PAGE, before: pageParam, ...(filter.action ? { action: filter.action } : {}), ...(filter.actor ? { actor: filter.actor } : {}) } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.entries.length === AUDIT_PAGE ? page.entries.at(-1)?.seq : undefined),
  })
}

export function useActions() {
  return useQuery({ queryKey: ['audit', 'actions'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/audit/actions', { signal })), staleTime: 300_000 })
}

export function verifyAudit(): Promise<AuditVerdict> {
  return data(api.GET('/api/v1/admin/audit/verify'))
}

export const PEOPLE_PAGE = 50

export function useConsents(page: number) {
  return useQuery({
    queryKey: ['consents', page],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/consents', { params: { query: { limit: PEOPLE_PAGE, offset: page * PEOPLE_PAGE } }, signal })),
    placeholderData: (old) => old,
  })
}

export const ERASURES_PAGE = 50

export function useErasures(page: number) {
  return useQuery({
    queryKey: ['erasures', page],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/erasures', { params: { query: { limit: ERASURES_PAGE, offset: page * ERASURES_PAGE } }, signal })),
    refetchInterval: 15_000,
    placeholderData: (old) => old,
  })
}

export function retryErasure(erasureId: string): Promise<Erasure> {
  return data(api.POST('/api/v1/admin/erasures/{erasure_id}/retry', { params: { path: { erasure_id: erasureId } } }))
}

export function eraseSubject(subject: string, purgeSnapshots: boolean): Promise<unknown> {
  return data(api.POST('/api/v1/admin/erasures', { body: { subject, purge_snapshots: purgeSnapshots } }))
}

export function useRenew(...keys: string[]): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }
}

/** Calls for thresholds, alerts and tickets. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Backtest, Evaluation, Thresholds, Ticket, TicketDetail, TicketPatch } from '@/api/types'
import { api, data } from '@/lib/http'

export function useAlerts() {
  return useQuery({ queryKey: ['alerts'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/alerts', { signal })), refetchInterval: 60_000 })
}

const HISTORY = 50

export function useAlertHistory() {
  return useQuery({ queryKey: ['alerts', 'history'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/alerts/history', { params: { query: { limit: HISTORY } }, signal })) })
}

export function evaluate(dryRun: boolean): Promise<Evaluation> {
  return data(api.POST('/api/v1/admin/alerts/run', { body: { dry_run: dryRun } }))
}

export function silence(rule: string, hours: number): Promise<unknown> {
  return data(api.POST('/api/v1/admin/alerts/{rule}/silence', { params: { path: { rule } }, body: { hours } }))
}

export function useThresholds() {
  return useQuery({ queryKey: ['thresholds'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/thresholds', { signal })), staleTime: 60_000 })
}

/** A text that was saved before. */
export function savedThresholds(version: string): Promise<Thresholds> {
  return data(api.GET('/api/v1/admin/thresholds', { params: { query: { version } } }))
}

export function saveThresholds(text: string, version: string): Promise<Thresholds> {
  return data(api.PUT('/api/v1/admin/thresholds', { body: { text, version } }))
}

export function backtest(text: string, days: number): Promise<Backtest> {
  return data(api.POST('/api/v1/admin/thresholds/backtest', { body: { text, days } }))
}

/** How many tickets there are, by state. */
export function useTicketCounts() {
  return useQuery({ queryKey: ['tickets', 'counts'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/tickets', { params: { query: { limit: 1 } }, signal })), refetchInterval: 60_000 })
}

/** The tickets of one state: what is open stays on the board however much is closed. */
export function useTickets(state: Ticket['state'], limit: number, enabled: boolean) {
  return useQuery({
    queryKey: ['tickets', state, limit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/tickets', { params: { query: { state, limit } }, signal })),
    enabled,
    refetchInterval: 60_000,
    placeholderData: (old) => old,
  })
}

export function useTicket(ticketId: string | undefined) {
  return useQuery({
    queryKey: ['ticket', ticketId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/tickets/{ticket_id}', { params: { path: { ticket_id: ticketId ?? '' } }, signal })),
    enabled: ticketId !== undefined,
  })
}

export function changeTicket(ticketId: string, patch: TicketPatch): Promise<TicketDetail> {
  return data(api.PATCH('/api/v1/admin/tickets/{ticket_id}', { params: { path: { ticket_id: ticketId } }, body: patch }))
}

export function openTicket(body: { title: string; text: string; kind: TicketDetail['kind']; owner: TicketDetail['owner']; gap_id?: string | null }): Promise<TicketDetail> {
  return data(api.POST('/api/v1/admin/tickets', { body }))
}

/** Asks anew for everything that an alert or a ticket changes. */
export function useRenewAlerts(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(['alerts', 'tickets', 'ticket', 'thresholds', 'gaps', 'gap', 'unanswered'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }
}

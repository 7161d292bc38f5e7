/** Calls of the page of people. */

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { freshly } from '@/account'
import type { InvitationLink, PersonRole, PersonRow } from '@/api/types'
import { api, data } from '@/lib/http'
import { sendForm } from '@/lib/send-form'
import type { PeopleSearch } from './search'

export const PEOPLE_A_PAGE = 50

export function usePeople({ suche = '', stand, rolle, seite = 1 }: PeopleSearch) {
  const query = { text: suche, ...(stand ? { state: [stand] } : {}), ...(rolle ? { role: [rolle] } : {}), limit: PEOPLE_A_PAGE, offset: (seite - 1) * PEOPLE_A_PAGE }
  return useQuery({ queryKey: ['people', query], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/people', { params: { query }, signal })), placeholderData: keepPreviousData })
}

export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => data(api.GET('/api/v1/roles', { signal })), staleTime: Infinity })
}

export function useRenewPeople(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['people'] })
}

export function invite(user: string, name: string, role: PersonRole): Promise<InvitationLink> {
  return freshly(() => data(api.POST('/api/v1/admin/people', { body: { user, name, role } })))
}

export function inviteAgain(userId: string): Promise<InvitationLink> {
  return freshly(() => data(api.POST('/api/v1/admin/people/{user_id}/invitation', { params: { path: { user_id: userId } } })))
}

export function changePerson(userId: string, change: { name: string } | { role: PersonRole } | { left: boolean }): Promise<unknown> {
  return freshly(() => data(api.PATCH('/api/v1/admin/people/{user_id}', { params: { path: { user_id: userId } }, body: change })))
}

export async function signOutEverywhere(userId: string): Promise<number> {
  return (await data(api.DELETE('/api/v1/admin/people/{user_id}/sessions', { params: { path: { user_id: userId } } }))).ended
}

export interface Rows {
  dry_run: boolean
  rows: PersonRow[]
}

/** With `trial` nothing stays. */
export function importPeople(file: File, trial: boolean): Promise<Rows> {
  const form = new FormData()
  form.append('file', file)
  return freshly(() => sendForm<Rows>(`/admin/people/import?dry_run=${trial}`, form, () => undefined).answer)
}

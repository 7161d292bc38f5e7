/** Calls of the page of an invitation. */

import { makePasskey } from '@/account'
import type { Invitation, NewFactor } from '@/api/types'
import { api, ApiError, data } from '@/lib/http'

/** Somebody is in, or makes a second factor first; `codes` are for paper. */
export interface Joined {
  factor?: NewFactor | null
  codes?: string[]
}

export function lookAtInvitation(secret: string): Promise<Invitation> {
  return data(api.POST('/api/v1/invitations/look', { body: { secret } }))
}

export function joinByPassword(secret: string, password: string): Promise<Joined> {
  return data(api.POST('/api/v1/invitations/password', { body: { secret, password } }))
}

export async function joinByCode(step: string, code: string): Promise<Joined> {
  try {
    return await data(api.POST('/api/v1/invitations/code', { body: { step, code } }))
  } catch (error) {
    throw error instanceof ApiError && error.status === 401 ? new Error(error.message) : error
  }
}

export async function joinByPasskey(secret: string, name: string): Promise<Joined> {
  const { step, options } = await data(api.POST('/api/v1/invitations/passkey/options', { body: { secret } }))
  const credential = await makePasskey(options)
  return data(api.POST('/api/v1/invitations/passkey', { body: { step, credential, name } }))
}

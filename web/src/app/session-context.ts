/** Who is signed in and what runs here, for the routes. */

import { createContext, useContext } from 'react'
import type { Session, SystemInfo } from '@/api/types'

export interface SignedInContext {
  session: Session
  info: SystemInfo
}

export const SessionContext = createContext<SignedInContext | null>(null)

export function useSignedIn(): SignedInContext {
  const value = useContext(SessionContext)
  if (!value) throw new Error('useSignedIn outside of a signed-in page')
  return value
}

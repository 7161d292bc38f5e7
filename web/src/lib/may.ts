/** What the signed-in person is allowed, for the parts of pages that only some may use; the API enforces it. */

import { createContext, useContext } from 'react'
import type { Capability } from '@/api/types'

export const MayContext = createContext<readonly Capability[]>([])

export function useMay(): (capability: Capability) => boolean {
  const may = useContext(MayContext)
  return (capability) => may.includes(capability)
}

/** Luna's light irony for empty, idle and confirm texts, and its plain twin. */

import { createContext, useContext } from 'react'

export type Tone = 'luna' | 'sachlich'

export const ToneContext = createContext<Tone>('luna')

/** Picks the text for the chosen tone; never for errors, privacy, money or numbers. */
export function useTone(): (luna: string, plain: string) => string {
  const tone = useContext(ToneContext)
  return (luna, plain) => (tone === 'luna' ? luna : plain)
}

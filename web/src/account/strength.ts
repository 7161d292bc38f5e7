/** What can be told of a password while it is typed; whether it is good enough the server judges. */

import type { Shade } from '@/lib/words'

export const SHORTEST = 12

export interface Strength {
  /** 0 to 4. */
  level: number
  shade: Shade
  text: string
}

const COMMON = /passwor[dt]|kennwort|geheim|hallo|qwert|asdf|abc|schatz|sommer|winter|herbst|frühling|stadtwerk|energie|strom|nova|luna|willkommen/giu
const ROW = /(.)\1{2,}|0123|1234|2345|3456|4567|5678|6789|(?:19|20)\d\d/gu

/** How much of it a guesser would have to find out: what everybody tries first counts as one letter. */
function worth(password: string, known: readonly string[]): number {
  let rest = password.toLowerCase()
  for (const one of known.flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u)).filter((part) => part.length > 2)) rest = rest.replaceAll(one, '*')
  rest = rest.replace(COMMON, '*').replace(ROW, '*')
  return Math.min(rest.length, new Set(rest).size * 2)
}

/** `known` are words that others know of its owner. */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const length = password.normalize('NFKC').length
  if (length === 0) return { level: 0, shade: 'neutral', text: `Mindestens ${SHORTEST} Zeichen. Vier Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten.` }
  if (length < SHORTEST) return { level: 1, shade: 'warn', text: `Noch ${SHORTEST - length} Zeichen.` }
  const held = worth(password, known)
  if (held < SHORTEST) return { level: 2, shade: 'warn', text: 'Lang genug, aber leicht zu erraten. Nehmen Sie ein Wort dazu, das nicht zu den anderen passt.' }
  if (held < 16) return { level: 3, shade: 'ok', text: 'Lang genug. Nova prüft beim Weiter, ob es leicht zu erraten ist.' }
  return { level: 4, shade: 'ok', text: 'Das sieht gut aus. Nova prüft es beim Weiter noch einmal.' }
}

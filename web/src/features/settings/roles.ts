/** What a person is, and what that lets them do; the handbook says the same. */

import type { AccessToken } from '@/api/types'

export type TokenRole = AccessToken['role']

export const ROLES: Record<TokenRole, { label: string; may: string }> = {
  customer: { label: 'Kundschaft', may: 'Fragt Luna, lädt eigene Dokumente hoch und bestimmt über die eigenen Daten.' },
  employee: { label: 'Mitarbeit', may: 'Fragt Luna, sieht Zähler und Lieferungen der Firma und übernimmt Gespräche.' },
  reviewer: { label: 'Redaktion', may: 'Liest und durchsucht Gespräche, deren Auswertung zugestimmt wurde, und sieht Antworten durch.' },
  engineer: { label: 'Datentechnik', may: 'Sieht Kennzahlen, Alarme, Tickets, Wissenslücken und Gelerntes und den Betrieb und steuert Daten, Quellen und Simulator.' },
  auditor: { label: 'Revision', may: 'Liest Protokoll, Einwilligungen, Löschbelege und Gelerntes, und prüft das Protokoll nach.' },
  admin: { label: 'Betriebsverwaltung', may: 'Betreibt und verantwortet Nova.' },
  service: { label: 'Dienstkonto', may: 'Ein Programm: löst Kennzeichen auf, sonst nichts.' },
}

/** The pages of each area, as the side bar, the bottom bar and the palette show them. */

import { Activity, CircleHelp, FileText, MessageSquare, Settings, type LucideIcon } from 'lucide-react'
import type { Role } from '@/api/types'

export interface NavEntry {
  to: '/fragen' | '/dokumente' | '/hilfe' | '/einstellungen' | '/admin/korpus' | '/admin/betrieb' | '/admin/einstellungen'
  label: string
  icon: LucideIcon
}

const ASK: NavEntry = { to: '/fragen', label: 'Fragen', icon: MessageSquare }

const PAGES: Record<Role, NavEntry[]> = {
  customer: [
    ASK,
    { to: '/dokumente', label: 'Dokumente', icon: FileText },
    { to: '/hilfe', label: 'Hilfe', icon: CircleHelp },
    { to: '/einstellungen', label: 'Einstellungen', icon: Settings },
  ],
  admin: [
    ASK,
    { to: '/admin/korpus', label: 'Korpus', icon: FileText },
    { to: '/admin/betrieb', label: 'Betrieb', icon: Activity },
    { to: '/admin/einstellungen', label: 'Einstellungen', icon: Settings },
  ],
}

export function pagesOf(role: Role): NavEntry[] {
  return PAGES[role]
}

/** The pages of each area, as the side bar, the bottom bar and the palette show them. */

import { Activity, ChartCandlestick, CircleHelp, Database, FileText, LayoutDashboard, Lightbulb, MessageSquare, Settings, Zap, type LucideIcon } from 'lucide-react'
import type { Role } from '@/api/types'

export interface NavEntry {
  to:
    | '/'
    | '/fragen'
    | '/energie'
    | '/markt'
    | '/empfehlungen'
    | '/dokumente'
    | '/hilfe'
    | '/einstellungen'
    | '/admin/korpus'
    | '/admin/daten'
    | '/admin/betrieb'
    | '/admin/einstellungen'
  label: string
  icon: LucideIcon
}

const DAILY: NavEntry[] = [
  { to: '/', label: 'Übersicht', icon: LayoutDashboard },
  { to: '/fragen', label: 'Fragen', icon: MessageSquare },
  { to: '/energie', label: 'Energie', icon: Zap },
  { to: '/markt', label: 'Markt', icon: ChartCandlestick },
  { to: '/empfehlungen', label: 'Empfehlungen', icon: Lightbulb },
]

const PAGES: Record<Role, NavEntry[]> = {
  customer: [
    ...DAILY,
    { to: '/dokumente', label: 'Dokumente', icon: FileText },
    { to: '/hilfe', label: 'Hilfe', icon: CircleHelp },
    { to: '/einstellungen', label: 'Einstellungen', icon: Settings },
  ],
  admin: [
    ...DAILY,
    { to: '/admin/korpus', label: 'Korpus', icon: FileText },
    { to: '/admin/daten', label: 'Daten & Simulator', icon: Database },
    { to: '/admin/betrieb', label: 'Betrieb', icon: Activity },
    { to: '/admin/einstellungen', label: 'Einstellungen', icon: Settings },
  ],
}

export function pagesOf(role: Role): NavEntry[] {
  return PAGES[role]
}

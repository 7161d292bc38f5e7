/** The pages of each role, as the side bar, the bottom bar and the palette show them. */

import {
  Activity,
  ChartCandlestick,
  CircleHelp,
  Database,
  FileText,
  Gauge,
  GraduationCap,
  LayoutDashboard,
  Lightbulb,
  MessageSquare,
  MessagesSquare,
  Settings,
  ShieldCheck,
  Zap,
  type LucideIcon,
} from 'lucide-react'
import type { Role } from '@/api/types'

export interface NavEntry {
  to:
    | '/'
    | '/fragen'
    | '/energie'
    | '/markt'
    | '/empfehlungen'
    | '/dokumente'
    | '/meine-daten'
    | '/hilfe'
    | '/einstellungen'
    | '/admin/korpus'
    | '/admin/daten'
    | '/admin/gespraeche'
    | '/admin/kpis'
    | '/admin/lernen'
    | '/admin/betrieb'
    | '/admin/einstellungen'
  label: string
  icon: LucideIcon
  /** Begins the pages beyond daily work: a quiet heading stands above it. */
  heads?: string
}

const DAILY: NavEntry[] = [
  { to: '/', label: 'Übersicht', icon: LayoutDashboard },
  { to: '/fragen', label: 'Fragen', icon: MessageSquare },
  { to: '/energie', label: 'Energie', icon: Zap },
  { to: '/markt', label: 'Markt', icon: ChartCandlestick },
  { to: '/empfehlungen', label: 'Empfehlungen', icon: Lightbulb },
]

const TALKS: NavEntry = { to: '/admin/gespraeche', label: 'Gespräche', icon: MessagesSquare }
const QUALITY: NavEntry = { to: '/admin/kpis', label: 'KPIs & Alarme', icon: Gauge }
const LEARNING: NavEntry = { to: '/admin/lernen', label: 'Lernen & Protokoll', icon: GraduationCap }

function headed(heads: string, entries: NavEntry[]): NavEntry[] {
  return entries.map((entry, index) => (index === 0 ? { ...entry, heads } : entry))
}

/** What everybody has who signs in as a person, around what their role adds. */
function personal(...added: NavEntry[]): NavEntry[] {
  return [
    ...DAILY,
    { to: '/dokumente', label: 'Dokumente', icon: FileText },
    ...headed('Aufgaben', added),
    ...headed('Persönlich', [{ to: '/meine-daten', label: 'Meine Daten', icon: ShieldCheck }]),
    { to: '/hilfe', label: 'Hilfe', icon: CircleHelp },
    { to: '/einstellungen', label: 'Einstellungen', icon: Settings },
  ]
}

const PAGES: Record<Role, NavEntry[]> = {
  customer: personal(),
  reviewer: personal(TALKS),
  engineer: personal(QUALITY, LEARNING),
  auditor: personal(LEARNING),
  admin: [
    ...DAILY,
    ...headed('Verwaltung', [
      { to: '/admin/korpus', label: 'Korpus', icon: FileText },
      { to: '/admin/daten', label: 'Daten & Simulator', icon: Database },
      TALKS,
      QUALITY,
      LEARNING,
      { to: '/admin/betrieb', label: 'Betrieb', icon: Activity },
      { to: '/admin/einstellungen', label: 'Einstellungen', icon: Settings },
    ]),
  ],
}

export function pagesOf(role: Role): NavEntry[] {
  return PAGES[role]
}

/** Whether a page of the operator's area is one of this role's; the API enforces it, this only decides what is shown. */
export function mayOpen(role: Role, path: string): boolean {
  return role === 'admin' || pagesOf(role).some(({ to }) => path === to || path.startsWith(`${to}/`))
}

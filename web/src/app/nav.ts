/** Every page with what it takes to open it: the side bar, the bottom bar, the palette and the routes go by this one table. */

import {
  Activity,
  Boxes,
  ChartCandlestick,
  CircleHelp,
  Database,
  FileText,
  Forward,
  Gauge,
  GraduationCap,
  Headset,
  LayoutDashboard,
  Lightbulb,
  MessageSquare,
  MessagesSquare,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Users,
  Zap,
  type LucideIcon,
} from 'lucide-react'
import type { Capability, Session } from '@/api/types'

type Group = 'daily' | 'tasks' | 'own'

interface PageEntry {
  to: string
  label: string
  icon: LucideIcon
  group: Group
  /** Any of these opens it. */
  needs: readonly Capability[]
  /** Not in the menu of who has this: another page of theirs does the same and more. */
  unless?: Capability
  /** Only for somebody with a name; the operator's key is nobody. */
  named?: true
}

const PAGES = [
  { to: '/', label: 'Übersicht', icon: LayoutDashboard, group: 'daily', needs: ['use'] },
  { to: '/fragen', label: 'Fragen', icon: MessageSquare, group: 'daily', needs: ['use'] },
  { to: '/energie', label: 'Energie', icon: Zap, group: 'daily', needs: ['use'] },
  { to: '/markt', label: 'Markt', icon: ChartCandlestick, group: 'daily', needs: ['use'] },
  { to: '/empfehlungen', label: 'Empfehlungen', icon: Lightbulb, group: 'daily', needs: ['use'] },
  { to: '/dokumente', label: 'Dokumente', icon: FileText, group: 'daily', needs: ['use'], unless: 'library' },
  { to: '/uebergaben', label: 'Übergaben', icon: Forward, group: 'tasks', needs: ['serve'], named: true },
  { to: '/kundendienst', label: 'Kundendienst', icon: Headset, group: 'tasks', needs: ['serve'] },
  { to: '/admin/korpus', label: 'Korpus', icon: FileText, group: 'tasks', needs: ['library'] },
  { to: '/admin/daten', label: 'Daten & Simulator', icon: Database, group: 'tasks', needs: ['data'] },
  { to: '/admin/modelle', label: 'Daten & Modelle', icon: Boxes, group: 'tasks', needs: ['data', 'learned'] },
  { to: '/admin/feinabstimmung', label: 'Feinabstimmung', icon: SlidersHorizontal, group: 'tasks', needs: ['data', 'learned', 'review'] },
  { to: '/admin/gespraeche', label: 'Gespräche', icon: MessagesSquare, group: 'tasks', needs: ['review'] },
  { to: '/admin/kpis', label: 'KPIs & Alarme', icon: Gauge, group: 'tasks', needs: ['measure'] },
  { to: '/admin/lernen', label: 'Lernen & Protokoll', icon: GraduationCap, group: 'tasks', needs: ['learned', 'examine'] },
  { to: '/admin/betrieb', label: 'Betrieb', icon: Activity, group: 'tasks', needs: ['operate'] },
  { to: '/admin/personen', label: 'Personen', icon: Users, group: 'tasks', needs: ['people'] },
  { to: '/admin/einstellungen', label: 'Einstellungen', icon: Settings, group: 'tasks', needs: ['configure'] },
  { to: '/meine-daten', label: 'Meine Daten', icon: ShieldCheck, group: 'own', needs: ['use'], named: true },
  { to: '/hilfe', label: 'Hilfe', icon: CircleHelp, group: 'own', needs: ['use'], unless: 'configure' },
  { to: '/einstellungen', label: 'Einstellungen', icon: Settings, group: 'own', needs: ['use'], unless: 'configure' },
] as const satisfies readonly PageEntry[]

type Address = (typeof PAGES)[number]['to']

export interface NavEntry {
  to: Address
  label: string
  icon: LucideIcon
  /** Begins the pages beyond daily work: a quiet heading stands above it. */
  heads?: string
}

type Who = Pick<Session, 'may' | 'user'>

const opens = ({ needs }: PageEntry, may: readonly Capability[]): boolean => needs.some((one) => may.includes(one))

function headOf(group: Group, may: readonly Capability[]): string | undefined {
  if (group === 'daily') return undefined
  return group === 'own' ? 'Persönlich' : may.includes('configure') ? 'Verwaltung' : 'Aufgaben'
}

/** The pages of somebody's menu, in its order. */
export function pagesOf({ may, user }: Who): NavEntry[] {
  const all: readonly (PageEntry & { to: Address })[] = PAGES
  const shown = all.filter((page) => opens(page, may) && !(page.unless && may.includes(page.unless)) && !(page.named && user === null))
  return shown.map(({ to, label, icon, group }, at) => {
    const heads = shown[at - 1]?.group === group ? undefined : headOf(group, may)
    return { to, label, icon, ...(heads ? { heads } : {}) }
  })
}

/** Whether an address is of a page that this person may open; the API enforces it, this only decides what is shown. */
export function mayOpen(may: readonly Capability[], path: string): boolean {
  const page = PAGES.find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))
  return page ? opens(page, may) : PAGES.some((one) => one.to.startsWith('/admin') && opens(one, may))
}

/** The page that an address is of, if it is of one of Nova's. */
export function pageOf(path: string): Address | undefined {
  return PAGES.find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))?.to
}

/** Where each kind of work begins; the first that somebody may do is theirs. */
const FIRST: readonly { for: Capability; to: Address; search?: { teil: string } }[] = [
  { for: 'configure', to: '/' },
  { for: 'operate', to: '/admin/betrieb' },
  { for: 'review', to: '/admin/gespraeche', search: { teil: 'durchsicht' } },
  { for: 'examine', to: '/admin/lernen' },
  { for: 'company', to: '/fragen' },
]

/** The page on which somebody lands who asked for no other. */
export function firstPage(may: readonly Capability[]): { to: Address; search?: { teil: string } } {
  return FIRST.find((one) => may.includes(one.for)) ?? { to: '/' }
}

/** So many pages have a place of their own at a phone's bottom; the others are behind one more. */
const AT_HAND = 4

/** The menu of a phone: where one's own work begins is at hand. */
export function handyPages(who: Who): { atHand: NavEntry[]; others: NavEntry[] } {
  const pages = pagesOf(who)
  const first = pages.findIndex(({ to }) => to === firstPage(who.may).to)
  const own = first >= AT_HAND ? [...pages.slice(0, AT_HAND - 1), pages[first]] : pages.slice(0, AT_HAND)
  const atHand = own.filter((page) => page !== undefined)
  return { atHand, others: pages.filter((page) => !atHand.includes(page)) }
}

import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { CircleHelp, Ellipsis, KeyRound, LogOut, Monitor, Moon as MoonSign, Search, Sun, UserRound } from 'lucide-react'
import { Fragment } from 'react'
import type { Session } from '@/api/types'
import { useSignOut } from '@/features/session'
import { cn } from '@/lib/cn'
import { api, data } from '@/lib/http'
import { useTheme } from '@/lib/theme'
import { IconButton } from '@/ui/button'
import { Kbd } from '@/ui/kbd'
import { Menu, MenuItem } from '@/ui/menu'
import { Moon } from '@/ui/moon'
import { KeyNotices } from './key-notices'
import { handyPages, pagesOf } from './nav'

interface ShellProps {
  session: Session
  onHelp: () => void
  onSearch: () => void
}

export function Shell({ session, onHelp, onSearch }: ShellProps) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] md:grid-cols-[220px_1fr] md:grid-rows-1">
      <a href="#inhalt" className="sr-only z-60 rounded-control bg-brand px-3 py-2 text-on-brand focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Zum Inhalt
      </a>
      <SideBar session={session} onHelp={onHelp} onSearch={onSearch} />
      <TopBar session={session} onHelp={onHelp} onSearch={onSearch} />
      <main id="inhalt" tabIndex={-1} className="flex min-w-0 flex-col pb-[calc(60px+env(safe-area-inset-bottom))] outline-none md:min-h-dvh md:pb-0">
        <KeyNotices session={session} />
        <Outlet />
      </main>
      <BottomBar session={session} />
    </div>
  )
}

function Brand() {
  return (
    <Link to="/" className="flex w-fit items-center gap-2.5 rounded-control text-lg font-semibold tracking-[-0.01em]">
      <Moon className="size-6" /> Luna
    </Link>
  )
}

function SideBar({ session, onHelp, onSearch }: ShellProps) {
  return (
    <div className="sticky top-0 hidden h-dvh flex-col gap-5 border-r border-line bg-panel px-3 py-5 md:flex">
      <div className="px-2">
        <Brand />
      </div>
      <button type="button" onClick={onSearch} className="flex h-9 items-center gap-2 rounded-control border border-line bg-bg px-2.5 text-sm text-muted hover:border-field">
        <Search className="size-4" aria-hidden /> Suchen
        <span className="ml-auto">
          <Kbd>Strg K</Kbd>
        </span>
      </button>
      <nav aria-label="Bereiche" className="scroll-thin -mx-1 grid min-h-0 content-start gap-1 overflow-y-auto px-1">
        {pagesOf(session).map(({ to, label, icon: Icon, heads }) => (
          <Fragment key={to}>
            {heads ? <p className="px-2.5 pt-4 pb-0.5 text-2xs font-semibold text-muted">{heads}</p> : null}
            <Link
              to={to}
              className="flex h-9 items-center gap-2.5 rounded-control px-2.5 text-sm text-muted hover:bg-sunken hover:text-ink [&_svg]:size-4.5"
              activeOptions={{ exact: to === '/' }}
              activeProps={{ className: 'bg-brand-soft! font-medium text-brand!', 'aria-current': 'page' }}
            >
              <Icon aria-hidden /> {label}
            </Link>
          </Fragment>
        ))}
      </nav>
      <div className="mt-auto flex items-center">
        <UserMenu session={session} />
        <IconButton label="Hilfe zu dieser Seite" size="icon-sm" onClick={onHelp} className="ml-auto text-muted">
          <CircleHelp aria-hidden />
        </IconButton>
        <ThemeButton />
      </div>
    </div>
  )
}

function TopBar({ session, onHelp, onSearch }: ShellProps) {
  return (
    <header className="sticky top-0 z-20 flex items-center gap-1 border-b border-line bg-panel px-4 py-2 md:hidden">
      <Brand />
      <span className="ml-auto flex gap-1">
        <IconButton label="Suchen" onClick={onSearch}>
          <Search aria-hidden />
        </IconButton>
        <IconButton label="Hilfe zu dieser Seite" onClick={onHelp}>
          <CircleHelp aria-hidden />
        </IconButton>
        <ThemeButton />
        <UserMenu session={session} compact />
      </span>
    </header>
  )
}

const TAB = 'grid h-15 content-center justify-items-center gap-0.5 text-2xs text-muted focus-visible:-outline-offset-2 [&_svg]:size-5'

function BottomBar({ session }: { session: Session }) {
  const { atHand, others } = handyPages(session)
  const navigate = useNavigate()
  const here = useLocation({ select: (location) => location.pathname })
  return (
    <nav aria-label="Bereiche" className="fixed inset-x-0 bottom-0 z-20 grid auto-cols-fr grid-flow-col border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:hidden">
      {atHand.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={TAB} activeOptions={{ exact: to === '/' }} activeProps={{ className: 'font-semibold text-brand!', 'aria-current': 'page' }}>
          <Icon aria-hidden /> {label}
        </Link>
      ))}
      <Menu
        side="top"
        trigger={
          <button type="button" className={cn(TAB, others.some(({ to }) => here.startsWith(to)) && 'font-semibold text-brand')}>
            <Ellipsis aria-hidden /> Mehr
          </button>
        }
      >
        {others.map(({ to, label, icon: Icon, heads }) => (
          <Fragment key={to}>
            {heads ? <p className="px-2.5 pt-2 pb-0.5 text-2xs font-semibold text-muted">{heads}</p> : null}
            <MenuItem current={here.startsWith(to)} onSelect={() => void navigate({ to })}>
              <Icon aria-hidden /> {label}
            </MenuItem>
          </Fragment>
        ))}
      </Menu>
    </nav>
  )
}

const NEXT = { light: 'dark', dark: 'system', system: 'light' } as const
const THEMES = { light: { label: 'hell', Icon: Sun }, dark: { label: 'dunkel', Icon: MoonSign }, system: { label: 'wie das System', Icon: Monitor } }

function ThemeButton() {
  const [theme, setTheme] = useTheme()
  const { label, Icon } = THEMES[theme]
  return (
    <IconButton label={`Darstellung: ${label}. Wechseln zu ${THEMES[NEXT[theme]].label}`} size="icon-sm" onClick={() => setTheme(NEXT[theme])} className="text-muted">
      <Icon aria-hidden />
    </IconButton>
  )
}

/** What somebody is called: by their account, else by the name they sign in with; the operator's key is nobody. */
function useOwnName({ user }: Session): string {
  const own = useQuery({ queryKey: ['own-ways'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/account', { signal })), enabled: user !== null, retry: false, staleTime: 300_000 }).data
  return user === null ? 'Betriebsschlüssel' : own?.name || user
}

function UserMenu({ session, compact = false }: { session: Session; compact?: boolean }) {
  const signOut = useSignOut()
  const path = useLocation({ select: (location) => location.pathname })
  const navigate = useNavigate()
  const name = useOwnName(session)
  const settings = session.may.includes('configure') ? '/admin/einstellungen' : '/einstellungen'
  return (
    <Menu
      key={path}
      side={compact ? 'bottom' : 'top'}
      align={compact ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          aria-label={`Angemeldet als ${name}`}
          className={cn('flex h-9 min-w-0 items-center gap-2 rounded-control px-2 text-sm hover:bg-sunken', compact && 'w-9 justify-center px-0')}
        >
          <UserRound className="size-4.5 shrink-0 text-muted" aria-hidden />
          {compact ? null : <span className="truncate">{name}</span>}
        </button>
      }
    >
      <p className="grid max-w-60 px-2.5 py-1.5 text-xs text-muted">
        <span className="truncate font-medium text-ink">{name}</span>
        {session.title}
      </p>
      <MenuItem onSelect={() => void navigate({ to: settings, search: { bereich: 'anmeldung' } })}>
        <KeyRound aria-hidden /> Meine Anmeldung
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden /> Abmelden
      </MenuItem>
    </Menu>
  )
}

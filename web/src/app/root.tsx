import { Outlet, useLocation, useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Session, SystemInfo } from '@/api/types'
import { beginAfresh, INVITATION, isAnother, noteFormer, SignIn, takeOver, useSession, useSystemInfo, WELCOME } from '@/features/session'
import { useConsent } from '@/consent'
import { HelpDrawer } from '@/features/help'
import { whenSignedOut } from '@/lib/http'
import { useLocal } from '@/lib/local'
import { MayContext } from '@/lib/may'
import { useTheme } from '@/lib/theme'
import { ToneContext, type Tone } from '@/lib/tone'
import { useLive } from '@/live/live'
import { Moon } from '@/ui/moon'
import { Fault } from '@/ui/states'
import { useQueryClient } from '@tanstack/react-query'
import { Palette } from './palette'
import { SessionContext } from './session-context'
import { Shell } from './shell'
import { noteVisit } from './visits'

/** The frame of every page: who is signed in decides between the sign-in and the app. */
export function Root() {
  useTheme()
  const queries = useQueryClient()
  const session = useSession()
  const info = useSystemInfo()
  useEffect(() => whenSignedOut(() => queries.setQueryData(['session'], null)), [queries])
  const invited = useLocation({ select: (location) => location.pathname === INVITATION })
  const another = useForgetWhenLeft(session.data)
  if (invited) return <Outlet />
  if (another || session.isPending || (session.data && info.isPending)) return <Splash />
  if (session.isError) return <Fault error={session.error} onRetry={() => void session.refetch()} className="min-h-dvh content-center" />
  if (!session.data) return <SignIn />
  if (info.isError || !info.data) return <Fault error={info.error} onRetry={() => void info.refetch()} className="min-h-dvh content-center" />
  return (
    <ToneProvider preset={info.data.tone}>
      <SignedIn session={session.data} info={info.data} />
    </ToneProvider>
  )
}

/** Whoever signs in next must find nothing of the person before: the page starts afresh. Whether somebody else is here now, who begins anew. */
function useForgetWhenLeft(session: Session | null | undefined): boolean {
  const last = useRef<Session | null>(null)
  const another = session ? isAnother(session.user) : false
  useEffect(() => {
    if (session) {
      takeOver(another, WELCOME)
      last.current = session
    } else if (session === null && last.current !== null) {
      noteFormer(last.current.user)
      beginAfresh()
    }
  }, [session, another])
  return another
}

function Splash() {
  return (
    <div role="status" aria-label="Luna wird geladen" className="grid min-h-dvh place-items-center">
      <Moon className="size-12 animate-shimmer" />
    </div>
  )
}

function ToneProvider({ preset, children }: { preset: Tone; children: ReactNode }) {
  const [wish] = useLocal('nova.tone', 'vorgabe')
  return <ToneContext value={wish === 'luna' || wish === 'sachlich' ? wish : preset}>{children}</ToneContext>
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

function useKeys(onSearch: () => void, onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        onSearch()
      } else if (!isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        if (event.key === '?') onHelp()
        if (event.key === '/') {
          const box = document.querySelector<HTMLElement>('[aria-label="Ihre Frage"]')
          if (box) event.preventDefault()
          box?.focus()
        }
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onSearch, onHelp])
}

/** After a change of page the focus goes to the content, as after a page load. */
function useFocusOnNavigation(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const first = useRef(true)
  useEffect(() => {
    if (!path) return
    if (first.current) first.current = false
    else document.getElementById('inhalt')?.focus({ preventScroll: true })
  }, [path])
}

/** Notes which pages are opened, for what likely comes next; Nova is told only by those who agreed to profiles. */
function useVisits(user: string | null, path: string): void {
  const consent = useConsent(user)
  const known = user === null || consent.isFetched
  const agreed = consent.data?.purposes.some(({ purpose, given }) => purpose === 'profiling' && given === true) ?? false
  useEffect(() => {
    if (known) noteVisit(path, agreed ? user : null)
  }, [known, agreed, user, path])
}

function SignedIn({ session, info }: { session: Session; info: SystemInfo }) {
  useLive()
  useFocusOnNavigation()
  const navigate = useNavigate()
  const path = useLocation({ select: (location) => location.pathname })
  useVisits(session.user, path)
  const [panel, setPanel] = useState<'none' | 'help' | 'search'>('none')
  const close = useCallback(() => setPanel('none'), [])
  const help = useCallback(() => setPanel('help'), [])
  const search = useCallback(() => setPanel('search'), [])
  useKeys(search, help)
  const ask = (question: string): void => {
    close()
    void navigate({ to: '/fragen', search: { frage: question } })
  }
  const context = useMemo(() => ({ session, info }), [session, info])
  return (
    <SessionContext value={context}>
      <MayContext value={session.may}>
      <Shell session={session} onHelp={help} onSearch={search} />
      <HelpDrawer open={panel === 'help'} onClose={close} route={path.replace(/^\/admin/, '')} onAsk={ask} />
      <Palette key={String(panel === 'search')} open={panel === 'search'} onClose={close} session={session} onAsk={ask} />
      </MayContext>
    </SessionContext>
  )
}

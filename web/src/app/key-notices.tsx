import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { KeyUse, Session } from '@/api/types'
import { formatClockAt, formatTime, today } from '@/lib/format'
import { api, data } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { toastFault } from '@/ui/toast'

const SHOWN = 3

/** "heute 14:02 von 10.0.0.5 (Programm)" */
export function told({ at, way, address }: KeyUse): string {
  const day = new Date(at)
  const when = today(day) === today() ? `heute ${formatClockAt(day.getTime() / 1000)}` : formatTime(at)
  return `${when} von ${address || 'diesem Rechner'} (${way === 'browser' ? 'Browser' : 'Programm'})`
}

/** Tells an operator by name of each use of the operator's key. */
export function KeyNotices({ session }: { session: Session }) {
  const queries = useQueryClient()
  const asks = session.user !== null && session.may.includes('people')
  const uses = useQuery({ queryKey: ['notices'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/notices', { signal })), enabled: asks, refetchInterval: 300_000 }).data?.key_uses ?? []
  const { busy, send } = useSending(toastFault)
  if (!asks || uses.length === 0) return null
  const seen = async (): Promise<void> => {
    const left = await data(api.POST('/api/v1/me/notices', { body: { seq: Math.max(...uses.map(({ seq }) => seq)) } }))
    queries.setQueryData(['notices'], left)
  }
  return (
    <section aria-label="Mitteilung" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-warn/45 bg-warn-soft px-4 py-2.5 text-sm text-warn md:px-8">
      <KeyRound className="size-4 shrink-0" aria-hidden />
      <p className="num min-w-0 flex-1 basis-60">
        Der Betriebsschlüssel wurde benutzt: {uses.slice(0, SHOWN).map(told).join('; ')}
        {uses.length > SHOWN ? ` und ${uses.length - SHOWN} weitere Male` : ''}.
      </p>
      <Button size="sm" busy={busy} onClick={() => void send(seen)}>
        Gesehen
      </Button>
    </section>
  )
}

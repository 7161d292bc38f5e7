import { useQueryClient } from '@tanstack/react-query'
import { Monitor } from 'lucide-react'
import type { OwnSession } from '@/api/types'
import { formatAgo, formatDay } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { Fault, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { endOtherSessions, endSession, useOwnSessions, useRenew } from './api'
import { Row } from './row'

const WAYS: Record<string, string> = { key: 'mit Schlüssel', token: 'mit Token', password: 'mit Passwort', passkey: 'mit Passkey', sso: 'über die Firma' }

/** Where one is signed in. */
export function Sessions() {
  const found = useOwnSessions()
  const renew = useRenew('own-sessions')
  const ending = useSending(toastFault)
  const sessions = found.data?.sessions ?? []
  const others = async (): Promise<void> => {
    await endOtherSessions()
    await renew()
    toast('Alle anderen Sitzungen sind beendet.')
  }
  return (
    <Section
      title="Sitzungen"
      aside={
        sessions.some(({ here }) => !here) ? (
          <Button size="sm" busy={ending.busy} onClick={() => void ending.send(others)}>
            Alle anderen beenden
          </Button>
        ) : null
      }
    >
      <div className="card">
        {found.isPending ? <SkeletonRows rows={2} /> : null}
        {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : null}
        <ul aria-label="Sitzungen" className="divide-y divide-line">
          {sessions.map((session) => (
            <One key={session.session_id} session={session} />
          ))}
        </ul>
      </div>
    </Section>
  )
}

function One({ session }: { session: OwnSession }) {
  const queries = useQueryClient()
  const renew = useRenew('own-sessions')
  const { busy, send } = useSending(toastFault)
  const device = session.device || 'Unbekanntes Gerät'
  const end = async (): Promise<void> => {
    await endSession(session.session_id)
    if (session.here) queries.setQueryData(['session'], null)
    else await renew()
  }
  return (
    <Row
      title={
        <>
          <Monitor className="size-4 text-muted" aria-hidden /> {device} {session.here ? <Badge shade="ok">hier</Badge> : null}
        </>
      }
      facts={`${WAYS[session.way] ?? session.way}, zuletzt ${formatAgo(session.seen_at)}, seit ${formatDay(session.created_at)}`}
      actions={
        <Button size="sm" busy={busy} aria-label={session.here ? 'Diese Sitzung beenden' : `Sitzung beenden: ${device}`} onClick={() => void send(end)}>
          {session.here ? 'Abmelden' : 'Beenden'}
        </Button>
      }
    />
  )
}

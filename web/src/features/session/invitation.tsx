import { useQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { useEffect, useState, type FormEvent } from 'react'
import { deviceName, FactorForm, hasPasskeys, NameForManagers, NewPasswordField, PaperCodes, useWait, useWaysIn, WaitLine } from '@/account'
import type { Invitation, NewFactor } from '@/api/types'
import { formatTime } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { usePageTitle } from '@/ui/page'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { ARRIVAL, takeArrival } from './arrival'
import { Frame, Or } from './frame'
import { joinByCode, joinByPasskey, joinByPassword, lookAtInvitation, type Joined } from './invitation-api'
import { WELCOME } from './sign-in'

/** The secret of the link, kept in memory only; another link in the same tab is another secret. */
function useSecret(): string {
  const [secret, setSecret] = useState(ARRIVAL.secret)
  useEffect(() => {
    const changed = (): void => {
      const next = takeArrival().secret
      if (next) setSecret(next)
    }
    changed()
    window.addEventListener('hashchange', changed)
    return () => window.removeEventListener('hashchange', changed)
  }, [])
  return secret
}

/** Where a link leads: whom it is for, and their way in. */
export function InvitationPage() {
  usePageTitle('Einladung')
  const secret = useSecret()
  const found = useQuery({ queryKey: ['invitation', secret], queryFn: () => lookAtInvitation(secret), enabled: secret !== '', staleTime: Infinity, gcTime: 0 })
  if (!secret) return <Gone text="In der Adresse fehlt ein Teil des Links, oder die Seite wurde neu geladen. Öffnen Sie den Link aus der Einladung noch einmal." />
  if (found.data) return <Joining key={secret} secret={secret} invitation={found.data} />
  if (found.error instanceof ApiError && [400, 404].includes(found.error.status)) return <Gone text={found.error.status === 404 ? found.error.message : 'Der Link ist nicht vollständig. Kopieren Sie ihn ganz, und öffnen Sie ihn noch einmal.'} />
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="min-h-dvh content-center" />
  return (
    <Frame title="Einen Augenblick">
      <Skeleton className="h-64 rounded-card" />
    </Frame>
  )
}

function Gone({ text }: { text: string }) {
  return (
    <Frame title="Dieser Link führt nicht mehr weiter">
      <p role="alert" className="text-base text-muted">
        {text}
      </p>
      <p className="text-sm text-muted">
        Haben Sie schon ein Passwort oder einen Passkey?{' '}
        <a href="/" className="text-brand underline underline-offset-3">
          Zur Anmeldung
        </a>
      </p>
    </Frame>
  )
}

type Stage = { at: 'ways' } | { at: 'factor'; factor: NewFactor } | { at: 'codes'; codes: string[] }

/** A new page for a new person: nothing of whoever was here before is left in it. */
const goIn = (): void => window.location.replace(WELCOME)

function Joining({ secret, invitation }: { secret: string; invitation: Invitation }) {
  const [stage, setStage] = useState<Stage>({ at: 'ways' })
  const take = ({ factor, codes }: Joined): void => {
    if (factor) setStage({ at: 'factor', factor })
    else if (codes && codes.length > 0) setStage({ at: 'codes', codes })
    else goIn()
  }
  const sending = useSending()
  if (stage.at === 'codes') {
    return (
      <Frame title="Verwahren Sie diese Codes">
        <PaperCodes codes={stage.codes} user={invitation.user} onKept={goIn} />
      </Frame>
    )
  }
  if (stage.at === 'factor') {
    return (
      <Frame title="Jetzt der zweite Faktor" lead="Wer Nova betreibt, weist sich doppelt aus.">
        <FactorForm factor={stage.factor} sending={sending} onCode={async (code) => take(await joinByCode(stage.factor.step, code))} />
      </Frame>
    )
  }
  return <WaysToJoin secret={secret} invitation={invitation} onJoined={take} />
}

interface WaysProps {
  secret: string
  invitation: Invitation
  onJoined: (joined: Joined) => void
}

function WaysToJoin({ secret, invitation, onJoined }: WaysProps) {
  const ways = useWaysIn()
  const name = invitation.name || invitation.user
  const again = invitation.purpose === 'recover'
  const passkeys = ways.data?.passkeys === true && hasPasskeys()
  return (
    <Frame title={again ? `Willkommen zurück, ${name}.` : `Guten Tag, ${name}.`} lead={again ? 'Hier legen Sie einen neuen Weg hinein fest. Der alte gilt danach nicht mehr.' : `Sie sind eingeladen${ways.data ? `: ${ways.data.company}` : ''}, als ${invitation.role_title}.`}>
      <p className="num -mt-3 text-sm text-muted">
        Ihr Name zum Anmelden ist <strong className="font-medium text-ink">{invitation.user}</strong>. Der Link gilt bis {formatTime(invitation.expires_at)}.
      </p>
      {passkeys ? (
        <>
          <PasskeyWay secret={secret} onJoined={onJoined} />
          <Or />
        </>
      ) : null}
      <PasswordWay secret={secret} invitation={invitation} onJoined={onJoined} quiet={passkeys} />
    </Frame>
  )
}

function PasskeyWay({ secret, onJoined }: Pick<WaysProps, 'secret' | 'onJoined'>) {
  const { busy, fault, send } = useSending()
  return (
    <div className="grid gap-2">
      <Button look="primary" size="lg" busy={busy} onClick={() => void send(async () => onJoined(await joinByPasskey(secret, deviceName())))}>
        <Fingerprint aria-hidden /> Passkey anlegen
      </Button>
      <p className="text-xs text-muted">Mit Fingerabdruck, Gesicht oder der PIN Ihres Geräts. Kein Passwort zu merken.</p>
      <FaultLine error={fault} />
    </div>
  )
}

function PasswordWay({ secret, invitation, onJoined, quiet }: WaysProps & { quiet: boolean }) {
  const [password, setPassword] = useState('')
  const { busy, fault, send, clear } = useSending()
  const wait = useWait(fault)
  const refused = fault instanceof ApiError && fault.status === 400 ? fault.message : null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => onJoined(await joinByPassword(secret, password)))
  }
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <NameForManagers user={invitation.user} />
      <NewPasswordField
        label="Passwort festlegen"
        value={password}
        onChange={(text) => {
          clear()
          setPassword(text)
        }}
        known={[invitation.user, invitation.name]}
        error={refused}
      />
      {refused ? null : <WaitLine fault={fault} wait={wait} />}
      <Button type="submit" look={quiet ? 'outline' : 'primary'} size="lg" busy={busy} disabled={wait > 0 || password === ''}>
        Weiter
      </Button>
    </form>
  )
}

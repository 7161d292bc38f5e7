import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Building2, Fingerprint } from 'lucide-react'
import { useEffect, useState, type FormEvent } from 'react'
import { CodeForm, enterByCode, enterByPasskey, enterByPassword, SecretInput, takeSession, useWait, useWaysIn, WaitLine, whyNoPasskeys, type Entered } from '@/account'
import type { WaysIn } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button, buttonLook } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { usePageTitle } from '@/ui/page'
import { FaultLine, Skeleton } from '@/ui/states'
import { ARRIVAL, REFUSED, takeArrival } from './arrival'
import { Frame, Or } from './frame'
import { KeyForm } from './key-form'
import { useSystemInfo } from './session'

/** Where the work of whoever has just come in begins. */
export const WELCOME = '/willkommen'

/** Where to go once in: the page that was asked for, else one's own first. */
function wanted(): string {
  const { pathname, search } = window.location
  return pathname === '/' && search === '' ? WELCOME : pathname + search
}

export function SignIn() {
  usePageTitle('Anmelden')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [step, setStep] = useState(ARRIVAL.step)
  const [to, setTo] = useState(ARRIVAL.step ? ARRIVAL.to : '')
  useEffect(() => {
    // The page may be open already when the company's sign-in comes back to it.
    const changed = (): void => {
      const next = takeArrival()
      if (!next.step) return
      setStep(next.step)
      setTo(next.to)
    }
    window.addEventListener('hashchange', changed)
    return () => window.removeEventListener('hashchange', changed)
  }, [])
  const land = (): void => {
    const target = to && to !== '/' ? to : wanted()
    if (target !== window.location.pathname + window.location.search) void navigate({ href: target, replace: true })
  }
  const take = ({ session, step: next }: Entered): void => {
    if (session) {
      takeSession(queries, session)
      land()
    } else if (next) setStep(next)
  }
  const again = (): void => {
    setStep('')
    setTo('')
  }
  return step ? <SecondStep step={step} onIn={take} onAgain={again} /> : <FirstStep onIn={take} onLand={land} />
}

interface StepProps {
  onIn: (entered: Entered) => void
}

function SecondStep({ step, onIn, onAgain }: StepProps & { step: string; onAgain: () => void }) {
  const sending = useSending()
  return (
    <Frame title="Noch ein Code" lead="Ihre App zeigt ihn an.">
      <CodeForm label="Code aus der App" action="Weiter" sending={sending} spare onCode={async (code) => onIn(await enterByCode(step, code))} />
      <Button look="ghost" className="justify-self-start" onClick={onAgain}>
        Von vorn beginnen
      </Button>
    </Frame>
  )
}

function FirstStep({ onIn, onLand }: StepProps & { onLand: () => void }) {
  const info = useSystemInfo()
  const ways = useWaysIn()
  return (
    <Frame title="Guten Tag. Ich bin Luna." lead="Ich beantworte Fragen aus Ihren Unterlagen und belege jeden Satz. Vorher müsste ich wissen, wer fragt.">
      {REFUSED ? <FaultLine error={new Error(REFUSED)} /> : null}
      {ways.isPending || info.isPending ? (
        <Skeleton className="h-64 rounded-card" />
      ) : (
        <>
          {ways.isError ? <FaultLine error={ways.error} /> : null}
          <Ways ways={ways.data} first={info.data?.first_run === true} onIn={onIn} />
          <KeyForm first={info.data?.first_run === true} onIn={onLand} />
        </>
      )}
    </Frame>
  )
}

function Ways({ ways, first, onIn }: StepProps & { ways: WaysIn | undefined; first: boolean }) {
  const sso = ways?.sso ?? null
  return (
    <div className="grid gap-4">
      {sso ? (
        <>
          <a href={`${sso.url}?to=${encodeURIComponent(wanted())}`} className={buttonLook({ look: 'primary', size: 'lg' })}>
            <Building2 aria-hidden /> {sso.name}
          </a>
          <Or />
        </>
      ) : null}
      <PasswordForm quiet={sso !== null} first={first} onIn={onIn} />
      {ways ? <Passkeys here={ways.passkeys} onIn={onIn} /> : null}
    </div>
  )
}

function PasswordForm({ quiet, first, onIn }: StepProps & { quiet: boolean; first: boolean }) {
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const { busy, fault, send } = useSending()
  const wait = useWait(fault)
  const enter = async (): Promise<void> => {
    if (!user.trim() || !password) throw new Error('Bitte geben Sie Name und Passwort ein.')
    onIn(await enterByPassword(user.trim(), password))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(enter)
  }
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <Field label="Name">
        {(ids) => (
          <Input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a page made for it
            autoFocus={!first && !quiet}
            {...ids}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            value={user}
            onChange={(event) => setUser(event.target.value)}
            className="h-11"
          />
        )}
      </Field>
      <Field label="Passwort">{(ids) => <SecretInput {...ids} name="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />}</Field>
      <WaitLine fault={fault} wait={wait} />
      <Button type="submit" look={quiet ? 'outline' : 'primary'} size="lg" busy={busy} disabled={wait > 0}>
        Anmelden
      </Button>
    </form>
  )
}

function Passkeys({ here, onIn }: StepProps & { here: boolean }) {
  const none = whyNoPasskeys(here)
  return none ? <p className="text-xs text-muted">{none}</p> : <PasskeyButton onIn={onIn} />
}

function PasskeyButton({ onIn }: StepProps) {
  const { busy, fault, send } = useSending()
  return (
    <div className="grid gap-3">
      <Button size="lg" busy={busy} onClick={() => void send(async () => onIn(await enterByPasskey()))}>
        <Fingerprint aria-hidden /> Mit Passkey anmelden
      </Button>
      <FaultLine error={fault} />
    </div>
  )
}

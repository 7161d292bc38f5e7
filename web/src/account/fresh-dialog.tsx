import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Building2, Fingerprint } from 'lucide-react'
import { useEffect, useState, type FormEvent } from 'react'
import type { OwnWays } from '@/api/types'
import { api, ApiError, data } from '@/lib/http'
import { useStore } from '@/lib/store'
import { useSending } from '@/lib/use-sending'
import { Button, buttonLook } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { enterByCode, enterByPasskey, enterByPassword, takeSession, useWaysIn, type Entered } from './api'
import { CodeForm } from './factor'
import { asked } from './fresh'
import { hasPasskeys } from './passkey'
import { NameForManagers, SecretInput } from './password-input'
import { useWait, WaitLine } from './wait'

/** One's own ways in; 404 for who has no account. */
export function useOwnWays(enabled = true) {
  return useQuery({ queryKey: ['own-ways'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/account', { signal })), enabled, retry: false })
}

/** Asks for a new sign-in while something waits for one; who has no way to prove it here is told so where they asked. */
export function FreshDialog() {
  const waiting = useStore(asked)
  const own = useOwnWays(waiting !== null)
  const failed = waiting !== null && !own.data ? own.error : null
  useEffect(() => {
    if (failed === null) return
    asked.get()?.reject(failed instanceof ApiError && failed.status === 404 ? new Error('Das darf nur, wer mit Passwort, Passkey oder Firmenanmeldung hereingekommen ist.') : failed)
    asked.set(() => null)
  }, [failed])
  const close = (): void => {
    waiting?.reject(new Error('Dafür ist eine neue Anmeldung nötig.'))
    asked.set(() => null)
  }
  return (
    <Dialog open={waiting !== null && own.data !== undefined} onClose={close} title="Sind Sie es noch?" description="Das darf nur, wer gerade erst hereingekommen ist." className="w-[min(420px,calc(100vw-24px))]">
      {waiting && own.data ? (
        <Again
          own={own.data}
          onIn={() => {
            asked.set(() => null)
            waiting.resolve()
          }}
        />
      ) : null}
    </Dialog>
  )
}

function Again({ own, onIn }: { own: OwnWays; onIn: () => void }) {
  const queries = useQueryClient()
  const ways = useWaysIn()
  const [step, setStep] = useState('')
  const sending = useSending()
  const take = ({ session, step: next }: Entered): void => {
    if (next) setStep(next)
    if (!session) return
    if (session.user !== own.user) return window.location.reload()
    takeSession(queries, session)
    void queries.invalidateQueries({ queryKey: ['own-sessions'] })
    onIn()
  }
  if (step) return <CodeForm label="Code aus der App" action="Weiter" sending={sending} spare onCode={async (code) => take(await enterByCode(step, code))} />
  const passkey = own.passkeys.length > 0 && ways.data?.passkeys === true && hasPasskeys()
  const company = ways.data?.sso ?? null
  return (
    <div className="grid gap-4">
      {passkey ? <ByPasskey onIn={take} /> : null}
      {own.password ? <ByPassword user={own.user} quiet={passkey} onIn={take} /> : null}
      {!own.password && company ? (
        <a href={`${company.url}?again=true&to=${encodeURIComponent(window.location.pathname + window.location.search)}`} className={buttonLook({ look: 'primary', size: 'lg' })}>
          <Building2 aria-hidden /> {company.name}
        </a>
      ) : null}
      {passkey || own.password || company ? null : <p className="text-sm text-muted">Melden Sie sich ab und auf dem Weg wieder an, auf dem Sie sonst kommen. Dann geht es sofort.</p>}
    </div>
  )
}

function ByPasskey({ onIn }: { onIn: (entered: Entered) => void }) {
  const { busy, fault, send } = useSending()
  return (
    <div className="grid gap-3">
      <Button look="primary" size="lg" busy={busy} onClick={() => void send(async () => onIn(await enterByPasskey()))}>
        <Fingerprint aria-hidden /> Mit Passkey bestätigen
      </Button>
      <FaultLine error={fault} />
    </div>
  )
}

function ByPassword({ user, quiet, onIn }: { user: string; quiet: boolean; onIn: (entered: Entered) => void }) {
  const [password, setPassword] = useState('')
  const { busy, fault, send } = useSending()
  const wait = useWait(fault)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => onIn(await enterByPassword(user, password)))
  }
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <NameForManagers user={user} />
      <Field label="Ihr Passwort">{(ids) => <SecretInput {...ids} autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />}</Field>
      <WaitLine fault={fault} wait={wait} />
      <Button type="submit" look={quiet ? 'outline' : 'primary'} size="lg" busy={busy} disabled={wait > 0 || password === ''}>
        Bestätigen
      </Button>
    </form>
  )
}

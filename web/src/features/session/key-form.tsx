import { useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { SecretInput, useWait, WaitLine } from '@/account'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { signIn } from './session'

/** For the first start, emergencies and programs. */
export function KeyForm({ first, onIn }: { first: boolean; onIn: () => void }) {
  const queries = useQueryClient()
  const [key, setKey] = useState('')
  const { busy, fault, send } = useSending()
  const wait = useWait(fault)
  const enter = async (): Promise<void> => {
    if (!key.trim()) throw new Error('Bitte geben Sie einen Schlüssel ein.')
    try {
      await signIn(queries, key.trim())
    } catch (error) {
      throw error instanceof ApiError && error.status === 401 ? new Error('Dieser Schlüssel ist unbekannt, abgelaufen oder gesperrt.') : error
    }
    onIn()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(enter)
  }
  return (
    <details className="card px-4 py-3 text-sm" open={first || undefined}>
      <summary className="font-medium">Mit Betriebsschlüssel oder Token</summary>
      <div className="mt-3 grid gap-3">
        <p className="text-muted">
          Für den ersten Start, für Notfälle und für Programme. <code>make up</code> hat beim ersten Start den Betriebsschlüssel (<code>nova_adm_…</code>) einmal im Terminal ausgegeben; danach liegt er geschützt im
          Datenordner.
        </p>
        <form onSubmit={submit} className="grid gap-3" noValidate>
          <Field label="Betriebsschlüssel oder Token">
            {(ids) => (
              <SecretInput
                what="Schlüssel"
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- on the first start the one thing to do
                autoFocus={first}
                {...ids}
                value={key}
                onChange={(event) => setKey(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          <WaitLine fault={fault} wait={wait} />
          <Button type="submit" busy={busy} disabled={wait > 0}>
            <KeyRound aria-hidden /> Mit Schlüssel anmelden
          </Button>
        </form>
      </div>
    </details>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff, KeyRound } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Button, IconButton } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Moon } from '@/ui/moon'
import { usePageTitle } from '@/ui/page'
import { FaultLine } from '@/ui/states'
import { signIn, useSystemInfo } from './session'

export function SignIn() {
  usePageTitle('Anmelden')
  const info = useSystemInfo()
  return (
    <main className="relative grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <div aria-hidden className="pointer-events-none absolute -top-72 hidden sm:block -right-64 size-[640px] rounded-full bg-gold/12" />
      <div aria-hidden className="pointer-events-none absolute -top-80 hidden sm:block -right-80 size-[640px] rounded-full bg-bg" />
      <div className="relative grid w-full max-w-[400px] gap-7">
        <div className="grid gap-3">
          <Moon className="size-12" />
          <h1 className="text-2xl font-semibold tracking-[-0.015em]">Guten Tag. Ich bin Luna.</h1>
          <p className="text-base text-muted">Ich beantworte Fragen aus Ihren Unterlagen und belege jeden Satz. Vorher müsste ich wissen, wer fragt.</p>
        </div>
        <KeyForm />
        <details className="card px-4 py-3 text-sm" open={info.data?.first_run || undefined}>
          <summary className="font-medium">Woher bekomme ich den Schlüssel?</summary>
          <ul className="mt-2 grid gap-2 text-muted">
            <li>
              <strong className="font-medium text-ink">Verwaltung:</strong> <code>make up</code> hat beim ersten Start den Betreiberschlüssel (<code>nova_adm_…</code>) einmal im
              Terminal ausgegeben. Danach liegt er geschützt im Datenordner.
            </li>
            <li>
              <strong className="font-medium text-ink">Alle anderen:</strong> Ihre Verwaltung legt Ihnen unter „Einstellungen, Zugänge“ oder mit <code>nova keys token NAME</code> ein
              Kennwort an.
            </li>
          </ul>
        </details>
        {info.data ? (
          <p className="text-2xs text-muted">
            Nova {info.data.version}
            {info.data.environment === 'dev' ? ' · Entwicklungsumgebung' : ''} · alles bleibt auf Ihrem Server
          </p>
        ) : null}
      </div>
    </main>
  )
}

function KeyForm() {
  const queries = useQueryClient()
  const [key, setKey] = useState('')
  const [shown, setShown] = useState(false)
  const { busy, fault, send } = useSending()
  const enter = async (): Promise<void> => {
    if (!key.trim()) throw new Error('Bitte geben Sie einen Schlüssel ein.')
    try {
      await signIn(queries, key.trim())
    } catch (error) {
      throw error instanceof ApiError && error.status === 401 ? new Error('Dieser Schlüssel ist unbekannt, abgelaufen oder gesperrt.') : error
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(enter)
  }
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <Field label="Betreiberschlüssel oder Zugangskennung">
        {(ids) => (
          <span className="relative">
            <Input
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of the page
              autoFocus
              {...ids}
              type={shown ? 'text' : 'password'}
              value={key}
              onChange={(event) => setKey(event.target.value)}
              autoComplete="current-password"
              spellCheck={false}
              className="h-11 pr-11"
            />
            <IconButton label={shown ? 'Schlüssel verbergen' : 'Schlüssel zeigen'} className="absolute top-1 right-1 text-muted" onClick={() => setShown(!shown)}>
              {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </IconButton>
          </span>
        )}
      </Field>
      <FaultLine error={fault} />
      <Button type="submit" look="primary" size="lg" busy={busy}>
        <KeyRound aria-hidden /> Anmelden
      </Button>
    </form>
  )
}

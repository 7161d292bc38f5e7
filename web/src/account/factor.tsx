import { useState, type FormEvent } from 'react'
import type { NewFactor } from '@/api/types'
import type { Sending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Field, Input } from '@/ui/field'
import { useWait, WaitLine } from './wait'

/** Dark modules as one path: a run of them is one rectangle. */
export function pathOf(rows: readonly string[]): string {
  return rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)).join('')
}

/** Dark on white in both themes: cameras expect it so. */
function QrCode({ rows }: { rows: readonly string[] }) {
  return (
    <svg role="img" aria-label="QR-Code für Ihre App" viewBox={`0 0 ${rows.length} ${rows.length}`} shapeRendering="crispEdges" className="w-44 shrink-0 rounded-control border border-line bg-white">
      <path d={pathOf(rows)} fill="#000" />
    </svg>
  )
}

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** A second factor in the making: the app takes the secret, and a code proves that it has. */
export function FactorForm({ factor, sending, onCode }: { factor: NewFactor; sending: Sending; onCode: (code: string) => Promise<unknown> }) {
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">Öffnen Sie eine Authenticator-App, etwa die Ihres Telefons oder Passwortspeichers, und nehmen Sie dort diesen Code auf.</p>
      <div className="flex flex-wrap items-center gap-4">
        <QrCode rows={factor.code} />
        <div className="grid min-w-0 flex-1 basis-44 gap-2 text-sm">
          <p className="text-muted">Geht das Abscannen nicht, tippen Sie diesen Schlüssel ab:</p>
          <p className="font-mono text-sm [overflow-wrap:anywhere] select-all" data-testid="factor-secret">
            {inFours(factor.secret)}
          </p>
          <span className="flex flex-wrap items-center gap-2">
            <CopyButton compact label="Schlüssel kopieren" text={() => factor.secret} />
            <a href={factor.address} className="text-brand underline underline-offset-3">
              In der App öffnen
            </a>
          </span>
        </div>
      </div>
      <CodeForm label="Code aus der App" action="Bestätigen" sending={sending} onCode={onCode} />
    </div>
  )
}

/** Six digits of the app; where there are some, a code of the paper instead. */
export function CodeForm({ label, action, sending, onCode, spare = false }: { label: string; action: string; sending: Sending; onCode: (code: string) => Promise<unknown>; spare?: boolean }) {
  const [code, setCode] = useState('')
  const [ofPaper, setOfPaper] = useState(false)
  const { busy, fault, send, clear } = sending
  const wait = useWait(fault)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => {
      if (!code.trim()) throw new Error('Bitte geben Sie den Code ein.')
      await onCode(code.trim())
    })
  }
  const swap = (): void => {
    setOfPaper(!ofPaper)
    setCode('')
    clear()
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-3" noValidate>
      <Field label={ofPaper ? 'Ersatzcode' : label} hint={ofPaper ? 'Einer der Codes, die Sie verwahrt haben. Er gilt einmal.' : 'Sechs Ziffern; alle 30 Sekunden andere.'}>
        {(ids) =>
          ofPaper ? (
            <Input key="paper" {...ids} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={60} value={code} onChange={(event) => setCode(event.target.value)} className="h-11 font-mono" />
          ) : (
            <Input key="app" {...ids} inputMode="numeric" autoComplete="one-time-code" maxLength={7} value={code} onChange={(event) => setCode(event.target.value.replace(/[^\d ]/g, ''))} className="num h-11 text-lg tracking-[0.3em]" />
          )
        }
      </Field>
      <WaitLine fault={fault} wait={wait} />
      <Button type="submit" look="primary" size="lg" busy={busy} disabled={wait > 0}>
        {action}
      </Button>
      {spare ? (
        <Button look="link" className="justify-self-start text-sm" onClick={swap}>
          {ofPaper ? 'Code aus der App verwenden' : 'Ersatzcode verwenden'}
        </Button>
      ) : null}
    </form>
  )
}

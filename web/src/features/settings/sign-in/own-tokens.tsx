import { KeyRound, Plus } from 'lucide-react'
import { useContext, useState, type FormEvent } from 'react'
import { freshly } from '@/account'
import type { Capability, OwnToken } from '@/api/types'
import { formatAgo, formatDay } from '@/lib/format'
import { MayContext } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Confirm } from '@/ui/dialog'
import { CheckLine, Field, Input } from '@/ui/field'
import { Section } from '@/ui/page'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { DaysField } from '../days-field'
import { issueToken, revokeOwnToken, useCapabilities, useOwnTokens, useRenew } from './api'
import { Row } from './row'

function useWords(): (capability: string) => string {
  const words = new Map(useCapabilities().data?.capabilities.map(({ capability, text }) => [capability as string, text]))
  return (capability) => words.get(capability) ?? capability
}

/** Tokens by which programs act for somebody. */
export function OwnTokens() {
  const found = useOwnTokens()
  const renew = useRenew('own-tokens')
  const words = useWords()
  const [doomed, setDoomed] = useState<OwnToken | null>(null)
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState('')
  const tokens = found.data?.tokens ?? []
  return (
    <Section
      title="Token für Programme"
      aside={
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Plus aria-hidden /> Token ausgeben
        </Button>
      }
    >
      {made ? <Made token={made} onKept={() => setMade('')} /> : null}
      {open ? (
        <TokenForm
          words={words}
          onClose={() => setOpen(false)}
          onMade={(token) => {
            setOpen(false)
            setMade(token)
            void renew()
          }}
        />
      ) : null}
      <div className="card">
        {found.isPending ? <SkeletonRows rows={1} /> : null}
        {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.data && tokens.length === 0 ? <Empty title="Kein Token">Ein Programm, das für Sie arbeitet, meldet sich mit einem Token an. Es darf nie mehr als Sie.</Empty> : null}
        <ul aria-label="Token" className="divide-y divide-line">
          {tokens.map((token) => (
            <Row
              key={token.token_id}
              title={
                <>
                  <KeyRound className="size-4 text-muted" aria-hidden /> {token.label || 'ohne Namen'}
                </>
              }
              facts={`bis ${formatDay(token.expires_at)}, ${token.seen_at ? `zuletzt ${formatAgo(token.seen_at)}` : 'noch nicht benutzt'}; ${token.scopes ? token.scopes.map(words).join('; ') : 'alles, was Sie dürfen'}`}
              actions={
                <Button size="sm" look="danger" aria-label={`Token ${token.label} zurückziehen`} onClick={() => setDoomed(token)}>
                  Zurückziehen
                </Button>
              }
            />
          ))}
        </ul>
      </div>
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Token zurückziehen?"
        action="Zurückziehen"
        danger
        onConfirm={async () => {
          if (doomed) await revokeOwnToken(doomed.token_id)
          await renew()
          toast('Das Token gilt nicht mehr.', 'ok', doomed?.label)
        }}
      >
        Das Programm mit „{doomed?.label}“ kommt damit nicht mehr hinein.
      </Confirm>
    </Section>
  )
}

function Made({ token, onKept }: { token: string; onKept: () => void }) {
  return (
    <div className="grid gap-3 rounded-card border border-gold p-4">
      <p className="text-sm text-muted">Das Token wird nur dieses eine Mal gezeigt.</p>
      <p className="rounded-control bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere] select-all" data-testid="own-token">
        {token}
      </p>
      <div className="flex justify-end gap-2">
        <CopyButton label="Kopieren" text={() => token} />
        <Button look="primary" onClick={onKept}>
          Fertig
        </Button>
      </div>
    </div>
  )
}

function TokenForm({ words, onMade, onClose }: { words: (capability: string) => string; onMade: (token: string) => void; onClose: () => void }) {
  const may = useContext(MayContext)
  const [label, setLabel] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<Capability[]>(['use'])
  const { busy, fault, send } = useSending()
  const tick = (scope: Capability, on: boolean): void => setScopes((old) => (on ? [...old, scope] : old.filter((one) => one !== scope)))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => onMade(await freshly(() => issueToken(label.trim(), scopes, Number(days)))))
  }
  return (
    <form onSubmit={submit} aria-label="Token ausgeben" className="card grid gap-4 p-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Wofür?" hint="Damit Sie es später wiedererkennen.">
          {(ids) => <Input {...ids} required maxLength={100} autoComplete="off" value={label} onChange={(event) => setLabel(event.target.value)} />}
        </Field>
        <DaysField days={days} onDays={setDays} />
      </div>
      <fieldset className="grid gap-2">
        <legend className="pb-1 text-xs font-medium">Was das Programm darf</legend>
        {may.map((scope) => (
          <CheckLine key={scope} label={words(scope)} checked={scopes.includes(scope)} onChange={(on) => tick(scope, on)} />
        ))}
      </fieldset>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!label.trim() || scopes.length === 0}>
          Ausgeben
        </Button>
      </div>
    </form>
  )
}

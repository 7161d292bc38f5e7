import { useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { FreshDialog } from '@/account'
import type { AccessToken, NewToken } from '@/api/types'
import { formatDay } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Confirm, Dialog } from '@/ui/dialog'
import { Field, Input, Select } from '@/ui/field'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { DaysField } from './days-field'
import { createToken, revokeToken, useTokens } from './api'
import { ROLES, type TokenRole } from './roles'

export function Tokens() {
  const tokens = useTokens()
  const tone = useTone()
  const [creating, setCreating] = useState(false)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-sm text-muted">Zugangskennungen sind für Programme. Menschen laden Sie unter „Personen“ ein; sie kommen mit Passwort, Passkey oder über die Firma herein.</p>
        <Button look="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden /> Zugang anlegen
        </Button>
      </div>
      <div className="card overflow-hidden">
        {tokens.isPending ? <SkeletonRows rows={3} /> : null}
        {tokens.isError ? <Fault error={tokens.error} onRetry={() => void tokens.refetch()} /> : null}
        {tokens.data?.tokens.length === 0 ? (
          <Empty title="Noch keine Zugänge">{tone('Kein Programm fragt nach mir. Das ist ruhig, aber still.', 'Legen Sie für jedes Programm einen Zugang an.')}</Empty>
        ) : null}
        {tokens.data && tokens.data.tokens.length > 0 ? <TokenList tokens={tokens.data.tokens} /> : null}
      </div>
      <CreateToken open={creating} onClose={() => setCreating(false)} />
      <FreshDialog />
    </div>
  )
}

function fate(token: AccessToken): { label: string; shade: 'ok' | 'neutral' | 'warn' } {
  if (token.revoked_at) return { label: 'gesperrt', shade: 'neutral' }
  return new Date(token.expires_at).getTime() < Date.now() ? { label: 'abgelaufen', shade: 'warn' } : { label: 'gültig', shade: 'ok' }
}

function TokenList({ tokens }: { tokens: AccessToken[] }) {
  const queries = useQueryClient()
  const [doomed, setDoomed] = useState<AccessToken | null>(null)
  return (
    <>
      <ul className="divide-y divide-line">
        {tokens.map((token) => {
          const { label, shade } = fate(token)
          return (
            <li key={token.token_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <KeyRound className="hidden size-5 text-muted sm:block" aria-hidden />
              <div className="min-w-0 flex-1 basis-48">
                <p className="flex items-center gap-2 text-sm font-medium">
                  <span className="truncate">{token.user}</span> <Badge shade={shade}>{label}</Badge>
                </p>
                <p className="num text-xs text-muted">
                  {[ROLES[token.role].label, token.label, `seit ${formatDay(token.created_at)}`, `bis ${formatDay(token.expires_at)}`].filter(Boolean).join(' · ')}
                </p>
              </div>
              {shade === 'ok' ? (
                <Button size="sm" look="danger" onClick={() => setDoomed(token)} aria-label={`Zugang von ${token.user} sperren`}>
                  Sperren
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Zugang sperren?"
        action="Sperren"
        danger
        onConfirm={async () => {
          await revokeToken(doomed?.token_id ?? '')
          toast('Der Zugang ist gesperrt.')
          await queries.invalidateQueries({ queryKey: ['tokens'] })
        }}
      >
        „{doomed?.user}“ kann sich mit dieser Kennung nicht mehr anmelden. Eigene Dokumente und Fragen bleiben erhalten.
      </Confirm>
    </>
  )
}

function CreateToken({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<NewToken | null>(null)
  const close = (): void => {
    setMade(null)
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title={made ? 'Zugang angelegt' : 'Zugang anlegen'} description={made ? 'Die Kennung wird nur dieses eine Mal gezeigt.' : undefined} firm>
      {made ? <Made token={made} onClose={close} /> : <TokenForm onMade={setMade} />}
    </Dialog>
  )
}

function Made({ token, onClose }: { token: NewToken; onClose: () => void }) {
  return (
    <div className="grid gap-4">
      <p className="rounded-control border border-gold bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere] select-all" data-testid="new-token">
        {token.token}
      </p>
      <p className="num text-sm text-muted">Gültig bis {formatDay(token.expires_at)}. Rolle: {ROLES[token.role].label}. Geben Sie sie auf einem vertraulichen Weg weiter.</p>
      {token.changed ? <p className="text-sm text-warn">Die Rolle dieser Person hat sich geändert: Ihre älteren Zugänge gelten nicht mehr, und sie ist abgemeldet.</p> : null}
      <div className="flex justify-end gap-2">
        <CopyButton label="Kopieren" text={() => token.token} />
        <Button look="primary" onClick={onClose}>
          Fertig
        </Button>
      </div>
    </div>
  )
}

function TokenForm({ onMade }: { onMade: (token: NewToken) => void }) {
  const queries = useQueryClient()
  const [user, setUser] = useState('')
  const [label, setLabel] = useState('')
  const [days, setDays] = useState('90')
  const [role, setRole] = useState<TokenRole | ''>('')
  const { busy, fault, send } = useSending()
  const create = async (): Promise<void> => {
    onMade(await createToken(user.trim(), label.trim(), Number(days), role || null))
    await queries.invalidateQueries({ queryKey: ['tokens'] })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(create)
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label="Person" hint="Ein Name oder eine Kennung, wie sie im Haus üblich ist.">
        {(ids) => <Input {...ids} required maxLength={200} value={user} onChange={(event) => setUser(event.target.value)} autoComplete="off" />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Vermerk (freiwillig)">{(ids) => <Input {...ids} maxLength={100} value={label} onChange={(event) => setLabel(event.target.value)} />}</Field>
        <DaysField days={days} onDays={setDays} />
      </div>
      <Field label="Rolle" hint={role ? ROLES[role].may : 'Wer schon einen Zugang hat, behält seine Rolle; alle anderen gehören zur Kundschaft.'}>
        {(ids) => (
          <Select {...ids} value={role} onChange={(event) => setRole(event.target.value as TokenRole | '')}>
            <option value="">wie bisher</option>
            {Object.entries(ROLES).filter(([value]) => value !== 'admin').map(([value, { label: name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FaultLine error={fault} />
      <Button type="submit" look="primary" busy={busy} className="justify-self-end">
        Anlegen
      </Button>
    </form>
  )
}

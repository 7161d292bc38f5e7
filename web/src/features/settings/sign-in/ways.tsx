import { Fingerprint } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { deviceName, FactorForm, freshly, NameForManagers, NewPasswordField, PaperCodes, SecretInput, useWait, useWaysIn, WaitLine, whyNoPasskeys } from '@/account'
import type { NewFactor, OwnWays, Passkey } from '@/api/types'
import { formatAgo, formatDay, plural } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { addPasskey, beginFactor, changePassword, deletePasskey, dropFactor, renewCodes, takeFactor, useRenew } from './api'
import { Row } from './row'

/** By what somebody comes in, and how to change that. */
export function Ways({ own }: { own: OwnWays }) {
  return (
    <ul className="card divide-y divide-line">
      <PasswordRow own={own} />
      <PasskeyRows own={own} />
      <FactorRow own={own} />
    </ul>
  )
}

function PasswordRow({ own }: { own: OwnWays }) {
  const [open, setOpen] = useState(false)
  return (
    <Row
      title="Passwort"
      facts={own.password ? 'festgelegt' : 'keines; Sie kommen auf anderem Weg hinein'}
      actions={
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {own.password ? 'Ändern' : 'Festlegen'}
        </Button>
      }
    >
      {open ? <PasswordForm own={own} onDone={() => setOpen(false)} /> : null}
    </Row>
  )
}

function PasswordForm({ own, onDone }: { own: OwnWays; onDone: () => void }) {
  const renew = useRenew('own-ways', 'own-sessions')
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const { busy, fault, send, clear } = useSending()
  const wait = useWait(fault)
  const refused = fault instanceof ApiError && fault.status === 400 ? fault.message : null
  const change = async (): Promise<void> => {
    await freshly(() => changePassword(old, password))
    await renew()
    toast('Das neue Passwort gilt.', 'ok', 'Alle anderen Sitzungen sind beendet.')
    onDone()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(change)
  }
  return (
    <form onSubmit={submit} aria-label="Passwort ändern" className="grid max-w-md gap-3" noValidate>
      <NameForManagers user={own.user} />
      {own.password ? <Field label="Bisheriges Passwort">{(ids) => <SecretInput {...ids} autoComplete="current-password" value={old} onChange={(event) => setOld(event.target.value)} />}</Field> : null}
      <NewPasswordField
        value={password}
        onChange={(text) => {
          clear()
          setPassword(text)
        }}
        known={[own.user, own.name]}
        error={refused}
      />
      {refused ? null : <WaitLine fault={fault} wait={wait} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={wait > 0 || password === ''}>
          Speichern
        </Button>
      </div>
    </form>
  )
}

function PasskeyRows({ own }: { own: OwnWays }) {
  const ways = useWaysIn()
  const renew = useRenew('own-ways')
  const [doomed, setDoomed] = useState<Passkey | null>(null)
  const [adding, setAdding] = useState(false)
  const none = whyNoPasskeys(ways.data?.passkeys !== false)
  const remove = async (passkey: Passkey): Promise<void> => {
    await freshly(() => deletePasskey(passkey.passkey_id))
    await renew()
    toast('Der Passkey ist gelöscht.', 'ok', passkey.name)
  }
  return (
    <>
      {own.passkeys.map((passkey) => (
        <Row
          key={passkey.passkey_id}
          title={
            <>
              <Fingerprint className="size-4 text-muted" aria-hidden /> {passkey.name || 'Passkey'}
            </>
          }
          facts={`Passkey seit ${formatDay(passkey.made_at)}, ${passkey.used_at ? `zuletzt ${formatAgo(passkey.used_at)}` : 'noch nicht benutzt'}`}
          actions={
            <Button size="sm" look="danger" aria-label={`Passkey ${passkey.name} löschen`} onClick={() => setDoomed(passkey)}>
              Löschen
            </Button>
          }
        />
      ))}
      <Row
        title="Passkeys"
        facts={none ?? 'Mit Fingerabdruck, Gesicht oder der PIN eines Geräts.'}
        actions={
          none === null ? (
            <Button size="sm" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              Hinzufügen
            </Button>
          ) : null
        }
      >
        {adding ? <NewPasskey onDone={() => setAdding(false)} /> : null}
      </Row>
      <Confirm open={doomed !== null} onClose={() => setDoomed(null)} title={`Passkey „${doomed?.name ?? ''}“ löschen?`} action="Löschen" danger onConfirm={async () => void (doomed && remove(doomed).catch(toastFault))}>
        Mit diesem Passkey kommen Sie danach nicht mehr hinein. Auf dem Gerät bleibt er stehen, bis Sie ihn auch dort löschen.
      </Confirm>
    </>
  )
}

function NewPasskey({ onDone }: { onDone: () => void }) {
  const renew = useRenew('own-ways')
  const [name, setName] = useState(deviceName())
  const { busy, fault, send } = useSending()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => {
      await freshly(() => addPasskey(name.trim()))
      await renew()
      toast('Der Passkey ist angelegt.')
      onDone()
    })
  }
  return (
    <form onSubmit={submit} aria-label="Passkey hinzufügen" className="grid max-w-md gap-3">
      <Field label="Wie soll er heißen?" hint="Damit Sie ihn später wiedererkennen.">
        {(ids) => <Input {...ids} maxLength={120} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy}>
          Anlegen
        </Button>
      </div>
    </form>
  )
}

type Stage = { at: 'rest' } | { at: 'making'; factor: NewFactor } | { at: 'codes'; codes: string[] }

function factsOf(own: OwnWays): string {
  if (own.factor) return `Nach dem Passwort ein Code aus Ihrer App. Noch ${plural(own.codes_left, 'Ersatzcode', 'Ersatzcodes')}.`
  return own.two_factors ? 'Ihre Rolle verlangt zum Passwort einen Code aus einer App.' : 'Nach dem Passwort noch ein Code aus einer App: Wer nur Ihr Passwort kennt, kommt nicht hinein.'
}

function FactorRow({ own }: { own: OwnWays }) {
  const renew = useRenew('own-ways')
  const [stage, setStage] = useState<Stage>({ at: 'rest' })
  const [dropping, setDropping] = useState(false)
  const sending = useSending()
  const starting = useSending(toastFault)
  const begin = (): void => void starting.send(async () => setStage({ at: 'making', factor: await freshly(beginFactor) }))
  const codes = (): void =>
    void starting.send(async () => {
      setStage({ at: 'codes', codes: await freshly(renewCodes) })
      await renew()
    })
  const drop = async (): Promise<void> => {
    await freshly(dropFactor)
    await renew()
    toast('Der zweite Faktor ist abgelegt.')
  }
  const take = async (step: string, code: string): Promise<void> => {
    setStage({ at: 'codes', codes: await freshly(() => takeFactor(step, code)) })
    await renew()
  }
  return (
    <Row
      title={
        <>
          Zweiter Faktor {own.factor ? <Badge shade="ok">eingerichtet</Badge> : null}
        </>
      }
      facts={factsOf(own)}
      actions={
        stage.at === 'rest' ? (
          <>
            {own.factor ? (
              <Button size="sm" busy={starting.busy} onClick={codes}>
                Neue Ersatzcodes
              </Button>
            ) : null}
            <Button size="sm" busy={starting.busy} onClick={begin}>
              {own.factor ? 'Neu einrichten' : 'Einrichten'}
            </Button>
            {own.factor && !own.two_factors ? (
              <Button size="sm" look="danger" onClick={() => setDropping(true)}>
                Ablegen
              </Button>
            ) : null}
          </>
        ) : stage.at === 'making' ? (
          <Button size="sm" onClick={() => setStage({ at: 'rest' })}>
            Abbrechen
          </Button>
        ) : null
      }
    >
      {stage.at === 'making' ? <FactorForm factor={stage.factor} sending={sending} onCode={(code) => take(stage.factor.step, code)} /> : null}
      {stage.at === 'codes' ? <PaperCodes codes={stage.codes} user={own.user} onKept={() => setStage({ at: 'rest' })} /> : null}
      <Confirm open={dropping} onClose={() => setDropping(false)} title="Zweiten Faktor ablegen?" action="Ablegen" danger onConfirm={async () => void drop().catch(toastFault)}>
        Danach genügt Ihr Passwort. Die Ersatzcodes gelten nicht mehr.
      </Confirm>
    </Row>
  )
}

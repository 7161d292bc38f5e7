import { Ellipsis, KeyRound, LogOut, Pencil, UserMinus, UserPlus } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { InvitationLink, Person, PersonRole } from '@/api/types'
import { plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { StateBadge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Confirm, Dialog } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { Menu, MenuItem } from '@/ui/menu'
import { FaultLine } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { changePerson, inviteAgain, signOutEverywhere, useRenewPeople } from './api'
import { RoleField } from './invite-dialog'
import { LinkShown } from './link-shown'
import { standing, stateWord } from './words'

type Act = 'edit' | 'leave' | 'help' | 'out'

/** Somebody with an account, and what an operator may do about it. */
export function PersonLine({ person, title }: { person: Person; title: string }) {
  const renew = useRenewPeople()
  const [act, setAct] = useState<Act | null>(null)
  const { send } = useSending(toastFault)
  const done = (): void => setAct(null)
  const name = person.name || person.user
  const back = async (): Promise<void> => {
    await changePerson(person.user_id, { left: false })
    await renew()
    toast(`${name} ist wieder aufgenommen.`, 'ok', 'Für den Weg hinein braucht es einen neuen Link.')
    setAct('help')
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <span className="[overflow-wrap:anywhere]">{name}</span> <StateBadge word={stateWord(person.state)} />
        </p>
        <p className="num text-xs text-muted [overflow-wrap:anywhere]">
          {person.name ? `${person.user} · ` : ''}
          {title} · {standing(person)}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={`Was tun mit ${name}?`} size="icon-sm">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setAct('edit')}>
          <Pencil aria-hidden /> Name und Rolle ändern
        </MenuItem>
        {person.state === 'left' ? (
          <MenuItem onSelect={() => void send(back)}>
            <UserPlus aria-hidden /> Wieder aufnehmen
          </MenuItem>
        ) : (
          <>
            <MenuItem onSelect={() => setAct('help')}>
              <KeyRound aria-hidden /> {person.state === 'invited' ? 'Neuer Link' : 'Zurück hineinhelfen'}
            </MenuItem>
            {person.state === 'active' ? (
              <MenuItem onSelect={() => setAct('out')}>
                <LogOut aria-hidden /> Überall abmelden
              </MenuItem>
            ) : null}
            <MenuItem danger onSelect={() => setAct('leave')}>
              <UserMinus aria-hidden /> Ausscheiden
            </MenuItem>
          </>
        )}
      </Menu>
      <Dialog open={act === 'edit'} onClose={done} title={`${name} ändern`}>
        <EditForm person={person} onDone={done} />
      </Dialog>
      <HelpDialog person={person} open={act === 'help'} onClose={done} />
      <Confirm
        open={act === 'out'}
        onClose={done}
        title="Überall abmelden?"
        action="Abmelden"
        onConfirm={async () => {
          toast(`${name}: ${plural(await signOutEverywhere(person.user_id), 'Sitzung', 'Sitzungen')} beendet.`)
          await renew()
        }}
      >
        Alle Sitzungen von „{name}“ enden sofort. Wege hinein und Token bleiben.
      </Confirm>
      <Confirm
        open={act === 'leave'}
        onClose={done}
        title={`${name} scheidet aus?`}
        action="Ausscheiden"
        danger
        onConfirm={async () => {
          await changePerson(person.user_id, { left: true })
          await renew()
          toast(`${name} ist ausgeschieden.`)
        }}
      >
        <div className="grid gap-2">
          <p>Sofort enden:</p>
          <ul className="list-disc pl-5">
            <li>alle Sitzungen</li>
            <li>alle Token für Programme</li>
            <li>ein offener Einladungslink</li>
          </ul>
          <p>Eigene Dokumente, Gespräche und Zähler bleiben, bis sie gelöscht werden. Sie können die Person wieder aufnehmen.</p>
        </div>
      </Confirm>
    </li>
  )
}

function EditForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const renew = useRenewPeople()
  const known = person.role === 'service' ? 'employee' : person.role
  const [name, setName] = useState(person.name)
  const [role, setRole] = useState<PersonRole>(known)
  const { busy, fault, send } = useSending()
  const save = async (): Promise<void> => {
    // One thing at a time: the name holds at once, a role may wait for a second word.
    if (name.trim() !== person.name) await changePerson(person.user_id, { name: name.trim() })
    if (role !== known) await changePerson(person.user_id, { role })
    await renew()
    toast('Gespeichert.')
    onDone()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(save)
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label="Voller Name">{(ids) => <Input {...ids} maxLength={120} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <RoleField role={role} onChange={setRole} />
      {role === known ? null : <p className="text-sm text-warn">Mit der Rolle enden alle Sitzungen und Token dieser Person; sie meldet sich neu an.</p>}
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={name.trim() === person.name && role === known}>
          Speichern
        </Button>
      </div>
    </form>
  )
}

/** Another link, for who has not come in yet or cannot any more. */
function HelpDialog({ person, open, onClose }: { person: Person; open: boolean; onClose: () => void }) {
  const renew = useRenewPeople()
  const [link, setLink] = useState<InvitationLink | null>(null)
  const { busy, fault, send, clear } = useSending()
  const name = person.name || person.user
  const close = (): void => {
    setLink(null)
    clear()
    onClose()
  }
  const make = async (): Promise<void> => {
    setLink(await inviteAgain(person.user_id))
    await renew()
  }
  return (
    <Dialog open={open} onClose={close} title={link ? `Link für ${name}` : person.state === 'active' ? `${name} zurück hineinhelfen?` : `Neuer Link für ${name}?`} description={link ? 'Der Link wird nur dieses eine Mal gezeigt.' : undefined} firm>
      {link ? (
        <LinkShown link={link} onClose={close} />
      ) : (
        <>
          <p className="text-sm text-muted">
            {person.state === 'active'
              ? 'Sie bekommen einen Link, mit dem diese Person einen neuen Weg hinein festlegt. Vergewissern Sie sich vorher, dass sie es wirklich ist. Was bisher gilt, gilt weiter, bis der Link benutzt ist.'
              : 'Ein früherer Link gilt danach nicht mehr.'}
          </p>
          <FaultLine error={fault} />
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Abbrechen</Button>
            <Button look="primary" busy={busy} onClick={() => void send(make)}>
              Link erzeugen
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

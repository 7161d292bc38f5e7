import { useRef, useState, type FormEvent, type RefObject } from 'react'
import type { InvitationLink, PersonRole } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input, Select } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { invite, useRenewPeople, useRoles } from './api'
import { LinkShown } from './link-shown'
import { PERSON_ROLES } from './search'

/** Whom to invite, then the link. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [link, setLink] = useState<InvitationLink | null>(null)
  const first = useRef<HTMLInputElement>(null)
  const close = (): void => {
    setLink(null)
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title={link ? 'Eingeladen' : 'Person einladen'} description={link ? 'Der Link wird nur dieses eine Mal gezeigt.' : undefined} focus={first} firm>
      {link ? <LinkShown link={link} onClose={close} /> : <InviteForm first={first} onMade={setLink} />}
    </Dialog>
  )
}

function InviteForm({ first, onMade }: { first: RefObject<HTMLInputElement | null>; onMade: (link: InvitationLink) => void }) {
  const renew = useRenewPeople()
  const [user, setUser] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<PersonRole>('employee')
  const { busy, fault, send } = useSending()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => {
      onMade(await invite(user.trim(), name.trim(), role))
      await renew()
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label="Name zum Anmelden" hint="So, wie im Haus üblich, etwa m.berg oder die E-Mail-Adresse.">
        {(ids) => <Input {...ids} ref={first} required maxLength={200} autoComplete="off" autoCapitalize="none" spellCheck={false} value={user} onChange={(event) => setUser(event.target.value)} />}
      </Field>
      <Field label="Voller Name (freiwillig)">{(ids) => <Input {...ids} maxLength={120} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <RoleField role={role} onChange={setRole} />
      <FaultLine error={fault} />
      <Button type="submit" look="primary" busy={busy} disabled={!user.trim()} className="justify-self-end">
        Einladen
      </Button>
    </form>
  )
}

/** A role with who that is. */
export function RoleField({ role, onChange }: { role: PersonRole; onChange: (role: PersonRole) => void }) {
  const roles = useRoles().data?.roles
  return (
    <Field label="Rolle" hint={roles?.find((one) => one.role === role)?.who}>
      {(ids) => (
        <Select {...ids} value={role} onChange={(event) => onChange(PERSON_ROLES.find((one) => one === event.target.value) ?? role)}>
          {PERSON_ROLES.map((one) => (
            <option key={one} value={one}>
              {roles?.find((known) => known.role === one)?.title ?? one}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

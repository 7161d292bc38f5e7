import { FileUp, UserPlus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { FreshDialog } from '@/account'
import type { Person } from '@/api/types'
import { plural } from '@/lib/format'
import { Button } from '@/ui/button'
import { SearchField, Select } from '@/ui/field'
import { Page } from '@/ui/page'
import { Pager } from '@/ui/pager'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { PEOPLE_A_PAGE, usePeople, useRoles } from './api'
import { ApprovalsList } from './approvals-list'
import { ImportDialog } from './import-dialog'
import { InviteDialog } from './invite-dialog'
import { PersonLine } from './person-line'
import { RolesTable } from './roles-table'
import { PARTS, PERSON_ROLES, STATES, type OnSearch, type PeopleSearch } from './search'
import { stateWord } from './words'

interface Props {
  /** Whether somebody with a name is here; the operator's key is nobody. */
  named: boolean
  search: PeopleSearch
  onSearch: OnSearch
}

/** Who has an account: invited, changed, helped back and seen off; and who may what. */
export function PeoplePage({ named, search, onSearch }: Props) {
  return (
    <Page title="Personen" lead="Wer hier ein Konto hat, in welcher Rolle, und wie man hineinkommt.">
      <Tabs
        label="Teile"
        value={search.teil ?? 'personen'}
        onChange={(teil) => onSearch({ teil: PARTS.find((part) => part === teil) })}
        tabs={[
          { value: 'personen', label: 'Personen', content: <People search={search} onSearch={onSearch} /> },
          { value: 'bestaetigungen', label: 'Bestätigungen', content: <ApprovalsList named={named} /> },
          { value: 'rollen', label: 'Rollen', content: <RolesTable /> },
        ]}
      />
      <FreshDialog />
    </Page>
  )
}

function People({ search, onSearch }: Omit<Props, 'named'>) {
  const found = usePeople(search)
  const [opened, setOpened] = useState<'invite' | 'import' | null>(null)
  const chosen = Boolean(search.suche ?? search.stand ?? search.rolle)
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <div className="flex flex-wrap items-center gap-2">
        <Filters search={search} onSearch={onSearch} />
        <span className="ml-auto flex flex-wrap gap-2">
          <Button onClick={() => setOpened('import')}>
            <FileUp aria-hidden /> Aus Tabelle
          </Button>
          <Button look="primary" onClick={() => setOpened('invite')}>
            <UserPlus aria-hidden /> Person einladen
          </Button>
        </span>
      </div>
      <div className="card">
        {found.isPending ? <SkeletonRows rows={4} /> : null}
        {found.isError && !found.data ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.data?.people.length === 0 ? <None chosen={chosen} onAll={() => onSearch({ suche: undefined, stand: undefined, rolle: undefined, seite: undefined })} /> : null}
        <List people={found.data?.people ?? []} />
      </div>
      {found.data ? (
        <Pager at={(search.seite ?? 1) - 1} pages={Math.ceil(found.data.total / PEOPLE_A_PAGE)} onPage={(page) => onSearch({ seite: page === 0 ? undefined : page + 1 })} back="Vorige Personen" on="Weitere Personen">
          {plural(found.data.total, 'Person', 'Personen')}
        </Pager>
      ) : null}
      <InviteDialog open={opened === 'invite'} onClose={() => setOpened(null)} />
      <ImportDialog open={opened === 'import'} onClose={() => setOpened(null)} />
    </div>
  )
}

function Filters({ search, onSearch }: Omit<Props, 'named'>) {
  const roles = useRoles().data?.roles
  const seek = useCallback((suche: string) => onSearch({ suche: suche || undefined, seite: undefined }), [onSearch])
  return (
    <>
      <SearchField label="Person suchen" placeholder="Name" value={search.suche ?? ''} onChange={seek} className="w-full sm:w-56" />
      <Select aria-label="Stand" value={search.stand ?? ''} onChange={(event) => onSearch({ stand: STATES.find((one) => one === event.target.value), seite: undefined })}>
        <option value="">Jeder Stand</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {stateWord(state).label}
          </option>
        ))}
      </Select>
      <Select aria-label="Rolle" value={search.rolle ?? ''} onChange={(event) => onSearch({ rolle: PERSON_ROLES.find((one) => one === event.target.value), seite: undefined })}>
        <option value="">Jede Rolle</option>
        {PERSON_ROLES.map((role) => (
          <option key={role} value={role}>
            {roles?.find((one) => one.role === role)?.title ?? role}
          </option>
        ))}
      </Select>
    </>
  )
}

function None({ chosen, onAll }: { chosen: boolean; onAll: () => void }) {
  return chosen ? (
    <Empty title="Niemand passt zu dieser Auswahl" action={<Button onClick={onAll}>Alle zeigen</Button>}>
      Suchen Sie nach einem Teil des Namens.
    </Empty>
  ) : (
    <Empty title="Noch hat niemand ein Konto">Laden Sie als Erstes sich selbst ein. Den Betriebsschlüssel brauchen Sie dann nur noch in Notfällen.</Empty>
  )
}

function List({ people }: { people: Person[] }) {
  const roles = useRoles().data?.roles
  if (people.length === 0) return null
  return (
    <ul aria-label="Personen" className="divide-y divide-line">
      {people.map((person) => (
        <PersonLine key={person.user_id} person={person} title={roles?.find(({ role }) => role === person.role)?.title ?? person.role} />
      ))}
    </ul>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Approval } from '@/api/types'
import { cn } from '@/lib/cn'
import { plural } from '@/lib/format'
import { api, data } from '@/lib/http'
import { Skeleton } from '@/ui/states'
import { changedLines, type ChangedLine } from './changed-lines'

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What exactly happens with a yes, in words; what an action says only by number is looked up. */
export function ApprovalTold({ one }: { one: Approval }) {
  switch (one.action) {
    case 'person.operator':
      return <Told>{nameOf(one)} wird Betriebsverwaltung: darf alles sehen und ändern, auch Personen, Rollen und Einstellungen.</Told>
    case 'person.recover':
      return <Told>{nameOf(one)} bekommt einen Link für einen neuen Weg hinein. Wird er benutzt, gelten die bisherigen Wege nicht mehr. Vergewissern Sie sich, dass sie es wirklich ist.</Told>
    case 'person.erase':
      return <Erasure one={one} />
    case 'learning.decide':
      return <Learned one={one} />
    case 'thresholds.change':
      return <NewThresholds one={one} />
    case 'prompt.promote':
      return <Prompt version={wordOf(one.args.prompt)} />
    default:
      return <Told>Mit diesen Angaben: {JSON.stringify(one.args)}</Told>
  }
}

function nameOf({ person }: Approval): string {
  return person ?? 'Eine Person, deren Konto es nicht mehr gibt,'
}

function Told({ children }: { children: ReactNode }) {
  return <p className="max-w-prose text-sm [overflow-wrap:anywhere]">{children}</p>
}

const LINK = 'text-brand underline underline-offset-3'

function Erasure({ one }: { one: Approval }) {
  return (
    <Told>
      Alles über die Person mit dem Pseudonym <code className="text-xs">{wordOf(one.args.subject_id)}</code> wird gelöscht: Gespräche, Dokumente, Zähler, Zugang. {one.args.purge_snapshots === true ? 'Ältere Sicherungen werden mit gelöscht.' : 'Ältere Sicherungen bleiben bis zum Ablauf ihrer Frist.'}{' '}
      <strong className="font-medium text-bad">Das lässt sich nicht zurücknehmen.</strong>
    </Told>
  )
}

function Learned({ one }: { one: Approval }) {
  const id = wordOf(one.args.entry_id)
  const found = useQuery({ queryKey: ['learned', id], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/learning/{entry_id}', { params: { path: { entry_id: id } }, signal })) }).data
  return (
    <Told>
      Gelerntes wird <strong className="font-medium">{one.args.approved === true ? 'angenommen und zählt sofort' : 'abgelehnt'}</strong>
      {found ? `: „${found.what.replace(/\.$/, '')}“ (${plural(found.evidence, 'Beleg', 'Belege')} von ${plural(found.subjects, 'Person', 'Personen')})` : ''}.{' '}
      <Link to="/admin/lernen" search={{ eintrag: id }} className={LINK}>
        Eintrag ansehen
      </Link>
    </Told>
  )
}

function Prompt({ version }: { version: string }) {
  return (
    <Told>
      Der Prompt <strong className="font-medium">{version}</strong> antwortet danach allen. Freigegeben wird der Stand, der beim Anfragen verglichen wurde.{' '}
      <Link to="/admin/lernen" search={{ teil: 'prompts', prompt: version }} className={LINK}>
        Wortlaut und Vergleich ansehen
      </Link>
    </Told>
  )
}

const PRE = 'scroll-thin max-h-80 overflow-auto rounded-control border border-line bg-sunken p-3 font-mono text-xs leading-relaxed'

/** What would differ from what holds now, and the whole text. */
function NewThresholds({ one }: { one: Approval }) {
  const waits = one.state === 'waiting'
  const now = useQuery({ queryKey: ['thresholds'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/thresholds', { signal })), enabled: waits })
  const text = wordOf(one.args.text)
  return (
    <div className="grid gap-2">
      <Told>Die Schwellen der Alarme werden ersetzt.</Told>
      {waits && now.isPending ? <Skeleton className="h-20" /> : null}
      {waits && now.data ? <Difference lines={changedLines(now.data.text, text)} /> : null}
      {waits && now.data && now.data.version !== one.args.version ? <p className="text-sm text-warn">Die Schwellen wurden seit der Anfrage geändert. Eine Bestätigung misslingt; lehnen Sie ab, und lassen Sie neu anfragen.</p> : null}
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-muted">Ganzer neuer Text</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} aria-label="Neue Schwellen" role="region" className={cn(PRE, 'mt-2 whitespace-pre-wrap')}>
          {text}
        </pre>
      </details>
    </div>
  )
}

const COLOURS = { '+': 'text-ok', '-': 'text-bad', ' ': 'text-muted' }
const READ_OUT = { '+': 'neu: ', '-': 'entfällt: ', ' ': '' }

function Difference({ lines }: { lines: ChangedLine[] }) {
  if (lines.length === 0) return <p className="text-sm text-muted">Der Text ist derselbe wie jetzt.</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div tabIndex={0} role="region" aria-label="Was sich ändert" className={PRE}>
      <ul>
        {lines.map(({ sign, line, text }) => (
          <li key={`${sign}${line}`} className={cn('grid grid-cols-[3rem_1rem_1fr]', COLOURS[sign])}>
            <span className="num text-muted">{line}</span>
            <span aria-hidden>{sign}</span>
            <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              <span className="sr-only">{READ_OUT[sign]}</span>
              {text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

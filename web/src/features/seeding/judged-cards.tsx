import type { ReactNode } from 'react'
import { formatCount, formatShare } from '@/lib/format'
import { Tag } from '@/ui/badge'
import { Section } from '@/ui/page'
import { TableHead } from '@/ui/table-head'
import { type Cure, curesOf, type Group, groupsOf, shiftsOf } from './judged'

type Counts = Record<string, unknown>

/** Whether groups are treated alike, and what could be done where they are not. */
export function GroupsCard({ counts }: { counts: Counts }) {
  const groups = groupsOf(counts)
  const cures = curesOf(counts)
  if (groups.length === 0) return null
  const odd = groups.filter(({ flagged }) => flagged)
  return (
    <Section title="Gruppen">
      <div className="card grid gap-3 p-4">
        <p className="text-sm text-muted">{odd.length === 0 ? 'Keine Gruppe fällt auf.' : `${odd.map(({ name }) => `„${name}“`).join(', ')} ${odd.length === 1 ? 'fällt' : 'fallen'} auf: Der Anteil liegt außerhalb dessen, was Zufall erklärt.`}</p>
        <Rates groups={groups} />
        {cures.length > 0 ? (
          <details className="text-sm">
            <summary className="w-fit">Was sich dagegen tun ließe</summary>
            <div className="grid gap-4 pt-3 md:grid-cols-2">
              {cures.map((cure) => (
                <CureView key={cure.how} cure={cure} />
              ))}
            </div>
            <p className="pt-3 text-xs text-muted">Gezeigt, nicht getan: Der Schritt „mitigate“ in der Pipeline wendet es an.</p>
          </details>
        ) : null}
      </div>
    </Section>
  )
}

function CureView({ cure }: { cure: Cure }) {
  return (
    <div className="grid content-start gap-2">
      <p className="font-medium">{cure.how === 'weights' ? 'Gewichten' : 'Auswahl angleichen'}</p>
      <Rates groups={cure.after} />
      <p className="text-xs text-muted">{cure.leftOut > 0 ? `Dafür fielen ${formatCount(cure.leftOut)} Datensätze weg.` : 'Kein Datensatz fiele weg.'}</p>
    </div>
  )
}

function Rates({ groups }: { groups: Group[] }) {
  return (
    <Table heads={['Gruppe', 'Datensätze', 'Anteil', '95 % sicher']} label="Anteile der Gruppen">
      {groups.map(({ name, n, rate, low, high, flagged }) => (
        <tr key={name}>
          <td className="min-w-32 px-3 py-1.5 [overflow-wrap:break-word]">
            {name} {flagged ? <Tag>auffällig</Tag> : null}
          </td>
          <td className="px-3 py-1.5">{formatCount(n)}</td>
          <td className="px-3 py-1.5">{formatShare(rate)}</td>
          <td className="px-3 py-1.5 whitespace-nowrap">
            {formatShare(low)} bis {formatShare(high)}
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** What is otherwise than in the version that was live. */
export function ShiftsCard({ counts }: { counts: Counts }) {
  const shifts = shiftsOf(counts)
  const moved = shifts.filter(({ flagged }) => flagged)
  if (shifts.length === 0) return null
  return (
    <Section title="Gegenüber der Fassung davor">
      <div className="card grid gap-2 p-4 text-sm">
        {moved.length === 0 ? <p className="text-muted">Keine Spalte hat sich mehr verschoben, als Zufall erklärt ({formatCount(shifts.length)} verglichen).</p> : null}
        <ul aria-label="Verschobene Spalten" className="grid gap-1">
          {moved.map(({ column, note }) => (
            <li key={column} className="[overflow-wrap:anywhere]">
              <span className="font-medium">{column}</span> {note ? <span className="text-muted">{note}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

function Table({ heads, label, children }: { heads: string[]; label: string; children: ReactNode }) {
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */
    <div className="scroll-thin min-w-0 overflow-x-auto rounded-control border border-line" tabIndex={0} role="region" aria-label={label}>
      <table className="num w-full text-xs">
        <TableHead heads={heads} />
        <tbody className="divide-y divide-line border-t border-line">{children}</tbody>
      </table>
    </div>
  )
}

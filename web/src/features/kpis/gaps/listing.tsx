import type { ReactNode } from 'react'
import { formatCount } from '@/lib/format'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import type { OnSearch, QualitySearch } from '../search'

type Standing = 'open' | 'closed' | 'answered' | 'outside'

const STANDS = { open: undefined, closed: 'geschlossen', answered: 'geschlossen', outside: 'fremd' } as const
const DONE = { closed: 'Geschlossen', answered: 'Beantwortet' }

/** What the address asks for; `done` is what is settled called here. */
export function standingOf<Done extends 'closed' | 'answered'>(search: QualitySearch, done: Done): 'open' | Done | 'outside' {
  return search.stand === 'geschlossen' ? done : search.stand === 'fremd' ? 'outside' : 'open'
}

/** Which of them are shown, and by what else they are chosen. */
export function StandBar({ which, state, done, onSearch, children }: { which: ReactNode; state: Standing; done: keyof typeof DONE; onSearch: OnSearch; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-3">
      {which}
      <Segmented
        label="Stand"
        value={state}
        onChange={(next) => onSearch({ stand: STANDS[next] })}
        options={[
          { value: 'open', label: 'Offen' },
          { value: done, label: DONE[done] },
          { value: 'outside', label: 'Gehört nicht hierher' },
        ]}
      />
      {children}
    </div>
  )
}

interface ListingProps {
  found: { isError: boolean; error: unknown; refetch: () => unknown }
  total: number
  name: string
  empty: { title: string; text: string }
  /** As „Die neuesten“: which of many are shown. */
  first: string
  /** Undefined while they are being read. */
  children: ReactNode[] | undefined
}

/** A list of them, or why there is none. */
export function Listing({ found, total, name, empty, first, children }: ListingProps) {
  if (!children) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  if (children.length === 0)
    return (
      <Empty className="card" title={empty.title}>
        {empty.text}
      </Empty>
    )
  return (
    <>
      <ul className="card divide-y divide-line" aria-label={name}>
        {children}
      </ul>
      {total > children.length ? (
        <p className="num text-xs text-muted">
          {first} {formatCount(children.length)} von {formatCount(total)}.
        </p>
      ) : null}
    </>
  )
}

import { cn } from '@/lib/cn'

/** Names and what they stand for, beside each other. */
export function FactList({ rows, small = false }: { rows: [name: string, value: string][]; small?: boolean }) {
  return (
    <dl className={cn('num grid gap-x-3', small ? 'grid-cols-[64px_1fr] gap-y-1 text-xs' : 'grid-cols-[110px_1fr] gap-y-1.5 text-sm')}>
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

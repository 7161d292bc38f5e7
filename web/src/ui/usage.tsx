import type { Quota } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatBytes, formatCount, formatShare } from '@/lib/format'

const NAMES: Record<Quota['quota'], string> = { documents: 'Dokumente', meters: 'Zähler', bytes: 'Platz', tokens: 'Zugänge', jobs: 'Wartende Aufträge' }
const FULL = 0.9

/** How much of something is used, and of how much; nearly full shows. */
export function UsageBar({ quota, whose }: { quota: Quota; whose?: string }) {
  const number = quota.quota === 'bytes' ? formatBytes : formatCount
  const share = quota.most ? quota.used / quota.most : null
  const name = NAMES[quota.quota]
  return (
    <div className="grid gap-1">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{name}</span>
        <span className={cn('num text-xs', share !== null && share >= FULL ? 'text-warn' : 'text-muted')}>{quota.most ? `${number(quota.used)} von ${number(quota.most)}` : number(quota.used)}</span>
      </div>
      {share === null ? null : <Level share={share} label={`${name}${whose ? ` von ${whose}` : ''}: ${formatShare(Math.min(share, 1))} belegt`} />}
    </div>
  )
}

/** A share as a bar. */
export function Level({ share, label }: { share: number; label: string }) {
  return (
    <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(Math.min(share, 1) * 100)} className="h-1.5 overflow-hidden rounded-full bg-brand-soft">
      <div className={cn('h-full origin-left rounded-full', share >= FULL ? 'bg-warn' : 'bg-brand')} style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }} />
    </div>
  )
}

import { cn } from '@/lib/cn'

/** How far something is; without a total it moves without a promise. */
export function Progress({ value, total, label, className }: { value: number; total: number; label: string; className?: string }) {
  const share = total > 0 ? Math.min(1, value / total) : null
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={cn('h-1.5 overflow-hidden rounded-full bg-brand-soft', className)}
    >
      <div
        className={cn('h-full origin-left rounded-full bg-brand transition-transform duration-300', share === null && 'w-1/3 animate-slide')}
        style={share === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  )
}

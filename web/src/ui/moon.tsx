import { useId } from 'react'
import { cn } from '@/lib/cn'

/** The mark: an indigo disc with a gold edge. */
export function Moon({ className }: { className?: string }) {
  const clip = useId()
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn('size-7 shrink-0', className)}>
      <defs>
        <clipPath id={clip}>
          <circle cx="16" cy="16" r="14" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${clip})`}>
        <circle cx="16" cy="16" r="14" className="fill-gold" />
        <circle cx="10.6" cy="13.4" r="14" className="fill-brand" />
      </g>
    </svg>
  )
}

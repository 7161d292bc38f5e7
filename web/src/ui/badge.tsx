import { Ban, Check, CircleDashed, LoaderCircle, Minus, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import type { Shade, Word } from '@/lib/words'

const LOOKS: Record<Shade, string> = {
  ok: 'border-ok/45 bg-ok-soft text-ok',
  warn: 'border-warn/45 bg-warn-soft text-warn',
  bad: 'border-bad/45 bg-bad-soft text-bad',
  brand: 'border-brand/40 bg-brand-soft text-brand',
  neutral: 'border-line bg-sunken text-muted',
}

const SIGNS: Record<Shade, ReactNode> = {
  ok: <Check aria-hidden />,
  warn: <TriangleAlert aria-hidden />,
  bad: <X aria-hidden />,
  brand: <LoaderCircle aria-hidden />,
  neutral: <Minus aria-hidden />,
}

export function Badge({ shade = 'neutral', icon, className, children }: { shade?: Shade; icon?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <span
      className={cn(
        'num inline-flex h-6 shrink-0 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5',
        LOOKS[shade],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  )
}

/** A state as sign and word, so that it never hangs on colour alone. */
export function StateBadge({ word, className }: { word: Word; className?: string }) {
  return (
    <Badge shade={word.shade} className={className} icon={signOf(word)}>
      {word.label}
    </Badge>
  )
}

function signOf(word: Word): ReactNode {
  if (word.label === 'läuft') return <LoaderCircle aria-hidden className="animate-spin" />
  if (word.label === 'wartet') return <CircleDashed aria-hidden />
  if (word.label === 'abgebrochen') return <Ban aria-hidden />
  return SIGNS[word.shade]
}

export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn('inline-flex items-center rounded-md border border-line bg-sunken px-1.5 text-2xs leading-5 text-muted', className)}>{children}</span>
}

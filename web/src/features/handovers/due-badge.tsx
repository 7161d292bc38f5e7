import { CalendarClock, TriangleAlert } from 'lucide-react'
import type { Handover } from '@/api/types'
import { Badge } from '@/ui/badge'
import { dueWord } from './words'

/** How long a complaint may wait yet, in words. */
export function DueBadge({ one }: { one: Pick<Handover, 'state' | 'due_on' | 'days_left'> }) {
  const word = dueWord(one)
  if (word === null) return null
  return (
    <Badge shade={word.shade} className={word.shade === 'bad' ? 'font-semibold' : undefined} icon={word.shade === 'bad' ? <TriangleAlert aria-hidden /> : <CalendarClock aria-hidden />}>
      {word.label}
    </Badge>
  )
}

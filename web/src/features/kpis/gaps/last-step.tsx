import type { GapStep } from '@/api/types'
import { StateBadge } from '@/ui/badge'
import { outcomeText, stepState, WHATS } from './step-words'

/** The last thing that was done, and what came of it, in a line of the list. */
export function LastStep({ step }: { step: GapStep }) {
  const told = outcomeText(step)
  return (
    <span className="flex flex-wrap items-center gap-1.5 text-xs">
      <StateBadge word={stepState(step)} />
      <span className="[overflow-wrap:anywhere]">
        {WHATS[step.what]}
        {told ? `; ${told}` : ''}
      </span>
    </span>
  )
}

import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { bound } from '@/advice'
import { cn } from '@/lib/cn'
import { buttonLook } from '@/ui/button'
import { Moon } from '@/ui/moon'
import { Skeleton } from '@/ui/states'
import type { Said } from './morning'

/** The first thing that is seen: what today is about. */
export function Greeting({ said }: { said: Said | undefined }) {
  return (
    <section aria-label="Luna zum Tag" className="card flex items-start gap-3 border-brand/30 bg-brand-soft p-4 sm:gap-4 sm:p-5">
      <Moon className="mt-0.5 size-8 sm:size-9" />
      {said ? (
        <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="min-w-0 flex-1 basis-80 text-base text-pretty sm:text-lg sm:leading-7">
            <span className="font-semibold">{bound(said.fact)}</span> <span>{bound(said.consequence)}</span>
          </p>
          <Link to={said.action.to} search={said.action.search} className={cn(buttonLook({ look: 'primary' }), 'max-w-full')}>
            {said.action.label} <ArrowRight aria-hidden />
          </Link>
        </div>
      ) : (
        <div role="status" aria-label="Luna sieht sich den Tag an" className="grid flex-1 gap-2.5 py-1">
          <Skeleton className="h-4.5 w-4/5 bg-panel" />
          <Skeleton className="h-4.5 w-2/5 bg-panel" />
        </div>
      )}
    </section>
  )
}

import { Link } from '@tanstack/react-router'
import { useHandovers } from '@/handovers'
import { plural } from '@/lib/format'
import { buttonLook } from '@/ui/button'
import { Fault, Skeleton } from '@/ui/states'

/** How many conversations others may read because this person handed them over. */
export function HandedOver() {
  const found = useHandovers({ box: 'out', state: ['open', 'taken', 'done', 'returned'], limit: 1 })
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-16 rounded-card" />
  const { total } = found.data
  return (
    <div className="card flex flex-wrap items-center gap-3 px-4 py-3.5">
      <p className="num max-w-prose min-w-0 flex-1 basis-72 text-sm text-muted">
        {total === 0
          ? 'Sie haben kein Gespräch an einen Menschen übergeben.'
          : `${plural(total, 'Gespräch darf', 'Gespräche dürfen')} auch lesen, wem Sie es übergeben haben. Das nehmen Sie zurück, wann Sie wollen.`}
      </p>
      {total === 0 ? null : (
        <Link to="/uebergaben" search={{ teil: 'gesendet', auswahl: 'alle' }} className={buttonLook({ size: 'sm' })}>
          Ansehen
        </Link>
      )}
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { useHandovers } from '@/handovers'
import { formatCount } from '@/lib/format'
import { buttonLook } from '@/ui/button'
import { Fault, Skeleton } from '@/ui/states'

/** How many conversations others may read because this person handed them over. */
export function HandedOver() {
  const found = useHandovers({ box: 'out', state: ['open', 'taken', 'done', 'returned'], limit: 1 })
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-16 rounded-card" />
  const { total } = found.data
  return (
    <div className="card flex flex-wrap items-center gap-3 px-4 py-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="num max-w-prose text-sm text-muted">{toldOf(total)}</p>
      </div>
      {total === 0 ? null : (
        <Link to="/uebergaben" search={{ teil: 'gesendet', auswahl: 'alle' }} className={buttonLook({ size: 'sm' })}>
          Ansehen
        </Link>
      )}
    </div>
  )
}

function toldOf(total: number): string {
  if (total === 0) return 'Sie haben kein Gespräch an einen Menschen übergeben.'
  if (total === 1) return 'Sie haben ein Gespräch übergeben. Wer es bekommen hat, darf es lesen, bis Sie es zurücknehmen.'
  return `Sie haben ${formatCount(total)} Gespräche übergeben. Wer sie bekommen hat, darf sie lesen, bis Sie sie zurücknehmen.`
}

import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { formatShare, formatTime } from '@/lib/format'
import { useMay } from '@/lib/may'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { takeBack, useRenew, useServing } from './api'
import { trialVerdict } from './words'

/** Which tuned model answers now, and the step back; nothing while none was ever promoted. */
export function ServingLine({ onOpen }: { onOpen: (run: string) => void }) {
  const may = useMay()('promote')
  const [open, setOpen] = useState(false)
  const renew = useRenew()
  const { data: serving } = useServing()
  if (!serving || serving.releases.length === 0) return null
  const live = serving.releases.find(({ name }) => name === serving.live)
  return (
    <section aria-label="Im Dienst" className="card flex flex-wrap items-center gap-x-3 gap-y-2 p-4 text-sm">
      <StateBadge word={live ? { label: 'dient', shade: 'ok' } : { label: 'Basis', shade: 'neutral' }} />
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        {live ? (
          <p className="num [overflow-wrap:anywhere]">
            <button type="button" className="text-link underline" onClick={() => onOpen(live.name)}>{live.name}</button> antwortet seit {formatTime(live.live_at)}.
          </p>
        ) : (
          <p>Es dient kein trainiertes Modell.</p>
        )}
        {serving.trial ? (
          <p className="num [overflow-wrap:anywhere]">
            Erprobt wird <button type="button" className="text-link underline" onClick={() => onOpen(serving.trial?.name ?? '')}>{serving.trial.name}</button>: {serving.trial.kind === 'shadow' ? 'im Schatten' : `bei ${formatShare(serving.trial.share)} der Menschen`}, bisher {trialVerdict(serving.trial.verdict).label}.
          </p>
        ) : null}
        {serving.note ? <p className="text-xs text-warn">{serving.note}</p> : null}
      </div>
      {live && may ? (
        <Button onClick={() => setOpen(true)}>
          <Undo2 aria-hidden /> Einen Schritt zurück
        </Button>
      ) : null}
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title="Modell zurücknehmen?"
        action="Zurücknehmen"
        danger
        onConfirm={async () => {
          const { live: now } = await takeBack()
          await renew('keys', 'serving')
          toast(now ? `Es antwortet wieder ${now}` : 'Es antwortet wieder die Basis')
        }}
      >
        {live?.before ? `Es antwortet sofort wieder ${live.before}.` : 'Es antwortet sofort wieder die Basis, ohne Adapter.'} Um dieses Modell wieder in Dienst zu nehmen, muss es neu beurteilt und von zwei Menschen freigegeben werden.
      </Confirm>
    </section>
  )
}

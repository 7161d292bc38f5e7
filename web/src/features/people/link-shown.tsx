import type { InvitationLink } from '@/api/types'
import { formatTime } from '@/lib/format'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'

/** A link, shown once. */
export function LinkShown({ link, onClose }: { link: Pick<InvitationLink, 'path' | 'purpose'> & { expires_at?: string }; onClose: () => void }) {
  const address = window.location.origin + link.path
  return (
    <div className="grid gap-4">
      <p className="rounded-control border border-gold bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere] select-all" data-testid="invitation-link">
        {address}
      </p>
      <p className="num text-sm text-muted">
        Der Link gilt einmal{link.expires_at ? ` und bis ${formatTime(link.expires_at)}` : ''}. Geben Sie ihn nur dieser Person, am besten persönlich oder in einer Nachricht an sie allein.
        {link.purpose === 'recover' ? ' Wer ihn öffnet, legt einen neuen Weg hinein fest; die bisherigen gelten dann nicht mehr.' : ''}
      </p>
      <div className="flex justify-end gap-2">
        <CopyButton label="Link kopieren" text={() => address} />
        <Button look="primary" onClick={onClose}>
          Fertig
        </Button>
      </div>
    </div>
  )
}

import { Printer } from 'lucide-react'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'

/** Codes for paper, shown once; whoever goes on has kept them. */
export function PaperCodes({ codes, user, onKept }: { codes: readonly string[]; user: string; onKept: () => void }) {
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">Ohne Ihr Telefon kommen Sie mit einem dieser Ersatzcodes hinein. Jeder gilt einmal. Drucken Sie sie aus oder legen Sie sie in Ihren Passwortspeicher: Sie werden nur jetzt gezeigt.</p>
      <div data-print className="rounded-control border border-gold bg-sunken p-4">
        <p className="pb-2 text-xs text-muted">Ersatzcodes für {user} bei Nova</p>
        <ul aria-label="Ersatzcodes" className="grid gap-x-6 gap-y-1 font-mono text-sm select-all sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton label="Kopieren" text={() => codes.join('\n')} />
        <Button onClick={() => window.print()}>
          <Printer aria-hidden /> Drucken
        </Button>
        <Button look="primary" onClick={onKept}>
          Ich habe sie verwahrt
        </Button>
      </div>
    </div>
  )
}

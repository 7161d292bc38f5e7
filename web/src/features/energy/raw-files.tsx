import { FileDown } from 'lucide-react'
import { exportAddress } from '@/series'
import { Button, buttonLook } from '@/ui/button'
import { Popover } from '@/ui/popover'

const FORMATS = [
  { format: 'csv_de', label: 'CSV, deutsch (; und Komma)' },
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
  { format: 'parquet', label: 'Parquet' },
] as const

/** All readings of the range as they are stored, as a file of the server's. */
export function RawFiles({ meterId, range }: { meterId: string; range: { from: number; to: number } }) {
  return (
    <Popover
      title="Rohdaten"
      trigger={
        <Button size="sm">
          <FileDown aria-hidden /> Rohdaten
        </Button>
      }
    >
      <p className="text-xs text-muted">Alle Messwerte des Zeitraums, wie sie gespeichert sind, mit ihrer Qualität.</p>
      <ul className="grid gap-1.5">
        {FORMATS.map(({ format, label }) => (
          <li key={format}>
            <a href={exportAddress(meterId, range, format)} download className={buttonLook({ look: 'outline', size: 'sm', className: 'w-full justify-start' })}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Popover>
  )
}

import { FileDown } from 'lucide-react'
import { exportAddress } from '@/series'
import { Button } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'

const FORMATS = [
  { format: 'csv_de', label: 'CSV, deutsch (; und Komma)' },
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
  { format: 'parquet', label: 'Parquet' },
] as const

/** All readings of the range as they are stored, as a file of the server's. */
export function RawMenu({ meterId, range }: { meterId: string; range: { from: number; to: number } }) {
  const take = (format: (typeof FORMATS)[number]['format']): void => Object.assign(document.createElement('a'), { href: exportAddress(meterId, range, format), download: '' }).click()
  return (
    <Menu
      trigger={
        <Button size="sm">
          <FileDown aria-hidden /> Rohdaten
        </Button>
      }
    >
      {FORMATS.map(({ format, label }) => (
        <MenuItem key={format} onSelect={() => take(format)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from './button'
import { toast } from './toast'

/** Copies to the clipboard and shows that it did. */
export function CopyButton({ text, label, compact = false }: { text: () => string; label: string; compact?: boolean }) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(
      () => setDone(true),
      () => toast('Der Browser hat das Kopieren nicht erlaubt.', 'bad'),
    )
  }
  const sign = done ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />
  if (compact) {
    return (
      <IconButton label={done ? 'Kopiert' : label} size="icon-sm" onClick={copy}>
        {sign}
      </IconButton>
    )
  }
  return (
    <Button onClick={copy}>
      {sign} {done ? 'Kopiert' : label}
    </Button>
  )
}

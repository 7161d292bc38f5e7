import { parts } from '@/lib/veil'

/** Stored text with a grey chip in place of each personal value; on coloured ground the chip takes the text's colour. */
export function Veiled({ text, on = 'panel' }: { text: string; on?: 'panel' | 'brand' }) {
  const look = on === 'brand' ? 'border-current' : 'border-line bg-sunken text-muted'
  return parts(text).map((part, at) =>
    part.veiled ? (
      <span key={at} title={`Hier stand: ${part.text}. Nova ersetzt persönliche Angaben vor dem Speichern.`} className={`rounded-md border px-1 text-[0.85em] ${look}`} data-veiled>
        [{part.text}]
      </span>
    ) : (
      part.text
    ),
  )
}

/** Says once, for those without a pointer, what the chips are. */
export function VeiledNote() {
  return <p className="text-xs text-muted">Was in eckigen Klammern steht, hat Nova vor dem Speichern ersetzt: Es waren persönliche Angaben.</p>
}

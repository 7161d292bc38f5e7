import { Kbd } from '@/ui/kbd'

/** How good an answer is, from 1 to 5; the chosen one again takes it back. */
export function Rating({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  return (
    <div role="group" aria-label="Bewertung" className="flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-muted">Bewertung</span>
      {[1, 2, 3, 4, 5].map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={value === one}
          aria-label={`${one} von 5`}
          onClick={() => onChange(value === one ? null : one)}
          className="num grid size-8 place-items-center rounded-control border border-line text-sm hover:border-field aria-pressed:border-brand aria-pressed:bg-brand aria-pressed:text-on-brand"
        >
          {one}
        </button>
      ))}
      <span className="hidden text-xs text-muted sm:inline">
        <Kbd>1</Kbd> bis <Kbd>5</Kbd>
      </span>
    </div>
  )
}

import type { ReactNode } from 'react'

/** The text of consent: headings, paragraphs and bold words; nothing else is in it. */
export function ConsentText({ text }: { text: string }) {
  return (
    <div className="grid max-w-prose gap-2.5 text-sm leading-relaxed">
      {text
        .split(/\n{2,}/)
        .filter(Boolean)
        .map((part, index) =>
          part.startsWith('# ') ? (
            <h3 key={index} className="text-base font-semibold">
              {part.slice(2)}
            </h3>
          ) : (
            <p key={index}>{bold(part)}</p>
          ),
        )}
    </div>
  )
}

function bold(text: string): ReactNode[] {
  return text.split('**').map((part, index) => (index % 2 ? <strong key={index}>{part}</strong> : part))
}

import { Field, Input } from './field'

const WORD = 'LÖSCHEN'

/** Whether the word was typed, in whatever case; without an umlaut on the keyboard OE does. */
export function isTheWord(text: string): boolean {
  const said = text.trim().normalize('NFC').toUpperCase()
  return said === WORD || said === 'LOESCHEN'
}

/** A word to type before something goes for ever. */
export function TypedWord({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <Field label={`Zur Bestätigung: ${WORD}`} hint="Tippen Sie das Wort ab.">
      {(ids) => <Input {...ids} autoComplete="off" spellCheck={false} maxLength={40} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

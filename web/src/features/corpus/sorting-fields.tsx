import type { ItemKind } from '@/api/types'
import { ITEM_KINDS, kindName } from '@/lib/words'
import { Field, Input, Select } from '@/ui/field'

interface SortingProps {
  kind: ItemKind
  onKind: (kind: ItemKind) => void
  /** As they are typed. */
  tags: string
  onTags: (tags: string) => void
  hint: string
  placeholder?: string
}

/** What a document is filed under: its kind and its tags. */
export function SortingFields({ kind, onKind, tags, onTags, hint, placeholder }: SortingProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-[150px_1fr]">
      <Field label="Art">
        {(ids) => (
          <Select {...ids} value={kind} onChange={(event) => onKind(event.target.value as ItemKind)}>
            {ITEM_KINDS.map((one) => (
              <option key={one} value={one}>
                {kindName(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Schlagworte" hint={hint}>
        {(ids) => <Input {...ids} value={tags} onChange={(event) => onTags(event.target.value)} placeholder={placeholder} />}
      </Field>
    </div>
  )
}

export function splitTags(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))]
}

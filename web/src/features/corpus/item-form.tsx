import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { ItemDetail } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { changeItem } from './api'
import { SortingFields, splitTags } from './sorting-fields'

export function ItemForm({ item }: { item: ItemDetail }) {
  const queries = useQueryClient()
  const [title, setTitle] = useState(item.title)
  const [tags, setTags] = useState(item.tags.join(', '))
  const [kind, setKind] = useState(item.kind)
  const { busy, fault, send } = useSending()
  const save = async (): Promise<void> => {
    await changeItem(item.item_id, { title: title.trim(), tags: splitTags(tags), kind })
    toast('Gespeichert.')
    for (const key of ['items', 'item', 'facets']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(save)
  }
  return (
    <form onSubmit={submit} className="grid gap-3 border-t border-line pt-5">
      <Field label="Titel">{(ids) => <Input {...ids} required value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <SortingFields kind={kind} onKind={setKind} tags={tags} onTags={setTags} hint="Mit Komma getrennt." />
      <FaultLine error={fault} />
      <Button type="submit" look="primary" size="sm" busy={busy} className="justify-self-start">
        Änderungen speichern
      </Button>
    </form>
  )
}

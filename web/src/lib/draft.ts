/** A long text that is being changed: what was typed outlives a change of tab and a fresh look at what is saved; it ends with the page. */

import { createStore, useStore, type Store } from './store'

interface Typed {
  text: string
  /** The version that was in sight when typing began. */
  base: string
}

export interface Draft extends Typed {
  changed: boolean
  /** Somebody saved another version meanwhile. */
  overtaken: boolean
  change: (text: string) => void
  /** Back to what is saved. */
  drop: () => void
}

const drafts = new Map<string, Store<Typed | null>>()

function draftOf(name: string): Store<Typed | null> {
  const known = drafts.get(name) ?? createStore<Typed | null>(null)
  drafts.set(name, known)
  return known
}

/** `saved` is the text in force, `version` what tells it from another. */
export function useDraft(name: string, saved: string, version: string): Draft {
  const store = draftOf(name)
  const typed = useStore(store)
  const changed = typed !== null && typed.text !== saved
  return {
    text: typed?.text ?? saved,
    base: changed ? typed.base : version,
    changed,
    overtaken: changed && typed.base !== version,
    change: (text) => store.set((old) => ({ text, base: old?.base ?? version })),
    drop: () => store.set(() => null),
  }
}

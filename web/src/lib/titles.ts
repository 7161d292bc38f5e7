/** Titles of documents, the long ones of laws told apart by their abbreviations. */

const ABBREVIATED = /^(.*\S)\s*\(([A-ZÄÖÜ][\p{L}\d-]{1,24})(?: (?:19|20)\d\d)?\)$/u
const LONG = 40

/** A long title's own abbreviation where it ends with one, as laws do. */
export function shortTitle(title: string): string {
  return title.length > LONG ? (ABBREVIATED.exec(title.trim())?.[2] ?? title) : title
}

/** The abbreviation in front, where a long title may be cut: "StromGVV · Verordnung über …". */
export function frontTitle(title: string): string {
  const found = title.length > LONG ? ABBREVIATED.exec(title.trim()) : null
  return found ? `${found[2]} · ${found[1]}` : title
}

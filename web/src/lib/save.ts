/** Text or a data address in, a file in the user's downloads out. */

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** With the mark that tells spreadsheets of UTF-8. */
export function saveText(name: string, text: string, type: string): void {
  save(name, new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
}

/** For programs: nothing but the text. */
export function saveLines(name: string, text: string): void {
  save(name, new Blob([text], { type: 'application/x-ndjson;charset=utf-8' }))
}

/** A text for people to read, such as a model card. */
export function saveMarkdown(name: string, text: string): void {
  save(name, new Blob([text], { type: 'text/markdown;charset=utf-8' }))
}

export function saveJson(name: string, value: unknown): void {
  save(name, new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json;charset=utf-8' }))
}

/** `address` is a base64 data address, such as a canvas gives. */
export function saveBytes(name: string, address: string): void {
  const [head = '', body = ''] = address.split(',', 2)
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))
  save(name, new Blob([bytes], { type: /^data:([^;]+)/.exec(head)?.[1] ?? 'application/octet-stream' }))
}

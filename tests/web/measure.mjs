// Runs in the page: what stands there is measured, and what is cut, broken in the middle of words or laid over something else is told.

/** Faults of the page as it is now, each in words; nothing for a page that is well laid out. */
export function faultsOf(page) {
  return page.evaluate(() => {
    const SLACK = 1.5
    const found = []
    const seen = (node) => {
      const style = getComputedStyle(node)
      const box = node.getBoundingClientRect()
      return style.visibility === 'visible' && style.opacity !== '0' && box.width > 1 && box.height > 1 && !node.closest('.sr-only, [aria-hidden=true], [inert]')
    }
    const named = (node) => `${node.tagName.toLowerCase()} "${(node.getAttribute('aria-label') ?? node.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}"`

    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth
    if (wider > 0) found.push(`the page is ${wider} px wider than the screen`)

    /** Within a box that scrolls sideways, such as a table's, what lies outside is reached. */
    const scrolls = (node) => {
      for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth + 1) return true
      }
      return false
    }
    const layer = (node) => {
      for (let at = node; at && at !== document.body; at = at.parentElement) {
        if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return at
      }
      return null
    }

    /** The part of a thing that the boxes in which it scrolls let be seen. */
    const part = (node) => {
      let { left, right, top, bottom } = node.getBoundingClientRect()
      for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at)
        const box = at.getBoundingClientRect()
        if (style.overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
        if (style.overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
      }
      return { left, right, top, bottom }
    }

    const things = [...document.querySelectorAll('h1, h2, h3, h4, button, a[href], summary, select, [role=tab], [role=radio], label')].filter(seen)
    for (const node of things) {
      const box = node.getBoundingClientRect()
      if ((box.right > innerWidth + SLACK || box.left < -SLACK) && !scrolls(node) && !layer(node)) found.push(`out of the screen: ${named(node)}`)
      const cuts = getComputedStyle(node).overflowX !== 'visible' || getComputedStyle(node).textOverflow === 'ellipsis'
      const heads = /^H[1-4]$/.test(node.tagName)
      if (heads && cuts && node.scrollWidth > node.clientWidth + SLACK) found.push(`cut: ${named(node)}`)
      if (!heads && node.tagName !== 'SELECT' && node.scrollWidth > node.clientWidth + 2 && getComputedStyle(node).display !== 'inline' && !node.querySelector('.truncate') && !scrolls(node)) found.push(`wider than its frame: ${named(node)}`)
    }

    const inside = (one, other) => one.contains(other) || other.contains(one)
    const fields = (node) => (node.tagName === 'LABEL' ? (node.control ?? null) : null)
    for (const [at, one] of things.entries()) {
      const a = part(one)
      for (const other of things.slice(at + 1)) {
        if (inside(one, other) || layer(one) !== layer(other) || fields(one) === other || fields(other) === one) continue
        const b = part(other)
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        const over = getComputedStyle(one).position === 'absolute' || getComputedStyle(other).position === 'absolute'
        if (wide > 3 && high > 3 && !over && !scrolls(one)) found.push(`one over the other: ${named(one)} and ${named(other)}`)
      }
    }

    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = words.nextNode(); text; text = words.nextNode()) {
      const parts = text.data.trim().split(/[\s/\u00ad\u200b‑-]+/).filter(Boolean)
      const node = text.parentElement
      if (parts.length === 0 || !node || node.closest('svg, canvas, textarea, script, style, pre, code') || !seen(node)) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0.5).map(({ top }) => Math.round(top)))
      for (const word of text.data.matchAll(/\p{L}{4,24}/gu)) {
        if (lines.size < 2 || getComputedStyle(node).hyphens === 'auto') break
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0.5).map(({ top }) => Math.round(top)))
        if (tops.size > 1) found.push(`broken within a word: "${word[0]}" in "${text.data.trim().slice(0, 60)}"`)
      }
      range.selectNodeContents(text)
      if (lines.size > parts.length + 1) found.push(`broken letter by letter: "${text.data.trim().slice(0, 60)}" in ${lines.size} lines`)
      const box = range.getBoundingClientRect()
      if (box.right > innerWidth + SLACK && !scrolls(node) && !layer(node) && getComputedStyle(node).textOverflow !== 'ellipsis' && !node.closest('.truncate')) found.push(`text out of the screen: "${text.data.trim().slice(0, 60)}"`)
    }
    return [...new Set(found)]
  })
}

// The reader: foliate-js, and what a person does with it. Each function of `reader` is called by drive.mjs and
// returns plain data; what goes wrong is a sentence in `problems`.
import './foliate-js/view.js'
import { FootnoteHandler } from './foliate-js/footnotes.js'

const OPS = 'http://www.idpf.org/2007/ops'
// What readers add of their own: day and night, hyphens, and notes kept for the pop-up.
const STYLE = `
  @namespace epub "${OPS}";
  html { color-scheme: light dark; }
  p, li, dd, blockquote { hyphens: auto; }
  aside[epub|type~="footnote"], aside[epub|type~="endnote"], aside[epub|type~="note"] { display: none; }
`
// The contrast that WCAG 2.2, 1.4.3 asks for.
const CONTRAST = 4.5
const CONTRAST_OF_LARGE_TEXT = 3
const LISTED = 10
// Milliseconds until a page that does not come is given up; a busy machine is slow.
const PATIENCE = 20000
const IN_NOTE = 'in a note kept for the pop-up'

const view = document.createElement('foliate-view')
const noteBox = document.getElementById('note')
const notes = new FootnoteHandler()
let book
let noteView
let pendingNote
let move

const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
const types = element => (element.getAttributeNS(OPS, 'type') ?? '').split(/\s+/)
const contents = () => view.renderer.getContents()[0]
const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 40)
const named = element => {
  const mark = element.id ? `#${element.id}` : element.classList[0] ? `.${element.classList[0]}` : ''
  return `${element.localName}${mark} “${short(element.textContent)}”`
}

const settle = async () => {
  await contents()?.doc.fonts.ready
  await frame()
  await frame()
}

const click = element => element.dispatchEvent(
  new MouseEvent('click', { bubbles: true, cancelable: true, view: element.ownerDocument.defaultView }))

const kindOf = anchor => {
  const role = anchor.getAttribute('role') ?? ''
  if (types(anchor).includes('noteref') || role === 'doc-noteref') return 'note'
  return types(anchor).includes('backlink') || role === 'doc-backlink' ? 'back' : 'link'
}

const linksOf = (doc, index) => Array.from(doc.querySelectorAll('a[href]'), (anchor, number) => {
  const href = book.sections[index].resolveHref(anchor.getAttribute('href'))
  return { number, href, kind: book.isExternal(href) ? 'external' : kindOf(anchor), text: short(anchor.textContent) }
})

// --- what can be seen ---

// Where the paginator shows the page, in the coordinates of the chapter.
const isOnScreen = (rect, doc) => {
  const { renderer } = view
  const isRightToLeft = renderer.getAttribute('dir') === 'rtl'
  const all = renderer.pages * renderer.size
  const left = isRightToLeft ? all - rect.right : rect.left
  const offset = isRightToLeft ? renderer.size : -renderer.size
  const [start, end] = [renderer.start + offset, renderer.end + offset]
  const isInHeight = rect.bottom >= -1 && rect.top <= doc.documentElement.clientHeight + 1
  return left >= start - 1 && left < end + 1 && isInHeight
}

const firstRect = element => {
  const rects = Array.from(element.getClientRects())
  return rects.find(rect => rect.width > 0 && rect.height > 0) ?? rects[0]
}

const textNodes = function* (doc) {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.nodeValue.trim()) yield node
}

// Text that stands outside of its column is cut off, or runs into its neighbour.
const overflowing = doc => {
  const style = getComputedStyle(doc.documentElement)
  const [asked, gap, start, end] = ['columnWidth', 'columnGap', 'paddingLeft', 'paddingRight']
    .map(name => parseFloat(style[name]))
  if (!asked) return []
  // The columns share the width of the page: `column-width` is only the least that each of them has (CSS
  // Multi-column Layout, section 3.4), and the fraction of a pixel between adds up over hundreds of columns.
  const space = doc.documentElement.getBoundingClientRect().width - start - end + gap
  const pitch = space / Math.max(1, Math.floor(space / (asked + gap)))
  const width = pitch - gap
  const found = new Set()
  const range = doc.createRange()
  const check = (rect, element) => {
    const position = ((rect.left - start + gap / 2) % pitch + pitch) % pitch - gap / 2
    if (rect.width > 1 && position + rect.width > width + gap / 2) found.add(named(element))
  }
  for (const node of textNodes(doc)) {
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) check(rect, node.parentElement)
  }
  for (const element of doc.querySelectorAll('img, svg, table, hr'))
    for (const rect of element.getClientRects()) check(rect, element)
  return [...found].slice(0, LISTED)
}

// --- contrast ---

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
const parsed = new Map()
const parse = color => {
  if (!parsed.has(color)) {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
    parsed.set(color, [red, green, blue, alpha / 255])
  }
  return parsed.get(color)
}
const over = (top, below, opacity = 1) => {
  const alpha = top[3] * opacity
  return [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha)).concat(1)
}
const luminance = ([red, green, blue]) => {
  const [r, g, b] = [red, green, blue].map(value => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}
// The system colour Canvas, as this page shows it by day or by night.
const paper = () => parse(getComputedStyle(document.documentElement).backgroundColor)

const poorContrast = doc => {
  // foliate-js takes the background off the body and puts it behind the page.
  const kept = doc.body.style.background
  doc.body.style.background = ''
  const seen = new Map()
  const surface = element => {
    if (!element) return { ground: paper(), opacity: 1 }
    if (!seen.has(element)) {
      const below = surface(element.parentElement)
      const style = getComputedStyle(element)
      seen.set(element, {
        ground: over(parse(style.backgroundColor), below.ground),
        opacity: below.opacity * parseFloat(style.opacity),
      })
    }
    return seen.get(element)
  }
  const found = new Map()
  for (const node of textNodes(doc)) {
    const element = node.parentElement
    if (!element.getClientRects().length) continue
    const style = getComputedStyle(element)
    const { ground, opacity } = surface(element)
    const ratio = contrast(over(parse(style.color), ground, opacity), ground)
    const size = parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700)
    const key = `${element.localName}.${element.className} ${ratio.toFixed(1)}`
    if (ratio < (isLarge ? CONTRAST_OF_LARGE_TEXT : CONTRAST) && !found.has(key))
      found.set(key, `${named(element)} has a contrast of ${ratio.toFixed(1)}`)
  }
  doc.body.style.background = kept
  return [...found.values()].slice(0, LISTED)
}

// --- notes ---

notes.addEventListener('before-render', ({ detail }) => {
  closeNote()
  noteView = detail.view
  noteBox.hidden = false
  noteBox.append(noteView)
  noteView.renderer.setAttribute('flow', 'scrolled')
  noteView.renderer.setAttribute('margin', '12px')
  // In the pop-up, the note itself is to be seen.
  noteView.renderer.setStyles(STYLE.replace(/display: none/, 'display: block'))
})

const closeNote = () => {
  noteBox.hidden = true
  noteView?.close()
  noteView?.remove()
  noteView = null
}

// The reader follows a link by this, and tells nobody when it has arrived.
const { goTo } = view
view.goTo = (...target) => (move = goTo.apply(view, target))

view.addEventListener('link', event => {
  pendingNote = notes.handle(book, event)
})

const follow = async href => {
  const resolved = book.resolveHref(href)
  if (!resolved) return `${href} leads to no file of the book`
  if (resolved.index < 0) return `${href} leads to a file that is not in the spine`
  await view.goTo(href)
  return arrival(href, resolved)
}

// The reader moves again when a chapter has grown.
const LATE = /\d is shown$|not on the screen then$/
const arrival = async (href, resolved) => {
  const end = performance.now() + PATIENCE
  let problem = landed(href, resolved)
  while (problem && LATE.test(problem) && performance.now() < end) {
    await frame()
    problem = landed(href, resolved)
  }
  return problem
}

const landed = (href, { index, anchor }) => {
  const { doc, index: shown } = contents()
  if (shown !== index) return `${href} leads to section ${index}, and section ${shown} is shown`
  const target = anchor(doc)
  if (target === 0) return null
  if (!target) return `${href} leads to no element`
  const rect = firstRect(target)
  if (!rect) return `${href} leads to ${named(target)}, which is ${target.closest('aside') ? IN_NOTE : 'not shown'}`
  return isOnScreen(rect, doc) ? null : `${href} leads to ${named(target)}, which is not on the screen then`
}

const flat = entries => (entries ?? []).flatMap(entry => [entry, ...flat(entry.subitems)])

globalThis.reader = {
  async open(url) {
    document.body.append(view)
    await view.open(url)
    book = view.book
    view.renderer.setStyles(STYLE)
    const { title } = book.metadata
    const ways = [...flat(book.toc), ...(book.pageList ?? []), ...(book.landmarks ?? [])]
    return {
      title: typeof title === 'string' ? title : Object.values(title ?? { und: '' })[0],
      sections: book.sections.map(section => section.id),
      ways: ways.map(({ href }) => href).filter(Boolean),
      contents: flat(book.toc).length,
      pages: (book.pageList ?? []).length,
    }
  },

  async section(index) {
    closeNote()
    await view.goTo(index)
    await settle()
    const shown = contents()
    const problems = []
    if (shown?.index !== index) return { problems: ['is not shown'], links: [] }
    const { doc } = shown
    if (doc.querySelector('script')) problems.push('has a script')
    if (!doc.body.textContent.trim() && !doc.querySelector('img, svg')) problems.push('is empty')
    problems.push(...overflowing(doc).map(what => `${what} stands outside of its column`))
    problems.push(...poorContrast(doc))
    return { problems, links: linksOf(doc, index) }
  },

  // Go straight to each of `hrefs`.
  async follow(hrefs) {
    const problems = []
    const intoNotes = []
    for (const href of hrefs) {
      const problem = await follow(href)
      if (problem?.endsWith(IN_NOTE)) intoNotes.push(problem)
      else if (problem) problems.push(problem)
    }
    return { problems, intoNotes }
  },

  // Tap a link as a person does, and see whether its target is on the screen.
  async tap(index, number) {
    closeNote()
    if (contents()?.index !== index) await view.goTo(index)
    const { doc } = contents()
    const anchor = doc.querySelectorAll('a[href]')[number]
    const href = book.sections[index].resolveHref(anchor.getAttribute('href'))
    const resolved = book.resolveHref(href)
    if (!resolved || resolved.index < 0) return `${href} leads nowhere`
    move = pendingNote = null
    click(anchor)
    const end = performance.now() + PATIENCE
    while (!move && !pendingNote && performance.now() < end) await frame()
    if (pendingNote) return `${href} is taken for a note`
    await move
    const problem = await arrival(href, resolved)
    return problem?.endsWith(IN_NOTE) ? null : problem
  },

  // Tap the reference to a note, and look into the pop-up.
  async note(index, number, keep = false) {
    closeNote()
    if (contents()?.index !== index) await view.goTo(index)
    const { doc } = contents()
    const anchor = doc.querySelectorAll('a[href]')[number]
    const what = anchor.getAttribute('href')
    let detail
    notes.addEventListener('render', event => { detail = event.detail }, { once: true })
    pendingNote = null
    click(anchor)
    if (!pendingNote) return `${what}: no pop-up opens`
    try {
      await pendingNote
    } catch (error) {
      return `${what}: the pop-up fails: ${error}`
    }
    await settle()
    const shown = noteView?.renderer.getContents()[0]?.doc.body
    const text = shown?.textContent.trim() ?? ''
    const isSeen = text && [...shown.children].some(child => child.getClientRects().length)
    if (!keep) closeNote()
    if (!detail?.target) return `${what} leads to no note`
    if (!detail.type) return `${what} leads to ${named(detail.target)}, which is not a note`
    if (!isSeen) return `${what}: the pop-up is empty`
    return null
  },

  async show(href) {
    closeNote()
    const problem = await follow(href)
    await settle()
    return problem
  },
}

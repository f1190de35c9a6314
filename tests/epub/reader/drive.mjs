// Reads a book as people do, on a phone and a desk, by day and by night. Takes one argument, a JSON object
// (see report.py, which calls this); prints one JSON object: what was done, and what went wrong.
import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import process from 'node:process'
import { launch, newPage } from './browser.mjs'

const ORIGIN = 'https://reader.invalid/'
const TYPES = { html: 'text/html', js: 'text/javascript', epub: 'application/epub+zip' }
const GONE = /^Cannot destructure property 'style' of 'el' as it is null/
// Said of every chapter, because foliate-js lets the frame of a chapter run scripts (it takes none from a book).
const EXPECTED = /An iframe which has both allow-scripts and allow-same-origin/

const AT_ONCE = 50

const { book, modules, screens, schemes, places, screenshots, maxNotes, maxLinks } = JSON.parse(process.argv[2])

const fileFor = path => {
  if (path === 'book.epub') return book
  const inFoliate = path.match(/^foliate-js\/(.+)$/)
  const [folder, name] = inFoliate ? [join(modules, 'foliate-js'), inFoliate[1]] : [import.meta.dirname, path || 'index.html']
  const file = normalize(join(folder, name))
  return file.startsWith(folder) ? file : null
}

// The reader and the book are handed to the browser here; whatever else it asks for is a mistake.
const serve = async (page, say) => {
  await page.setRequestInterception(true)
  page.on('request', async request => {
    const url = request.url()
    if (/^(blob|data|about):/.test(url)) return request.continue()
    const file = url.startsWith(ORIGIN) ? fileFor(new URL(url).pathname.slice(1)) : null
    try {
      if (!file) throw new Error('outside')
      const body = await readFile(file)
      await request.respond({ body, contentType: TYPES[file.split('.').pop()] ?? 'text/plain' })
    } catch {
      say(`asks for ${url}`)
      await request.abort()
    }
  })
}

// At most `limit` of `all`, from the first to the last.
const spread = (all, limit) => {
  if (limit == null || all.length <= limit) return all
  return Array.from({ length: limit }, (_, i) => all[Math.floor(i * all.length / limit)])
}

const read = async (browser, screen, scheme, report) => {
  const page = await newPage(browser, screen, scheme)
  let where = 'the book'
  const say = problem => report.problems.push(`${screen}, ${scheme}: ${where}: ${problem}`)
  let races = 0
  page.on('pageerror', error => {
    // On a busy machine the reader may lay out a frame whose document has just gone. What is wrong with a book comes again.
    if (GONE.test(error.message) && !races++) return
    say(`error: ${error.message}`)
  })
  page.on('console', message => {
    if (['error', 'warn'].includes(message.type()) && !EXPECTED.test(message.text())) say(`says “${message.text()}”`)
  })
  await serve(page, say)
  await page.goto(ORIGIN, { waitUntil: 'load' })
  await page.waitForFunction(() => globalThis.reader)
  const { title, sections, ways, contents, pages } = await page.evaluate(() => reader.open('/book.epub'))
  Object.assign(report, { title, sections, contents, pages })

  const links = []
  for (const [index, name] of sections.entries()) {
    where = name
    const found = await page.evaluate(i => reader.section(i), index)
    found.problems.forEach(say)
    links.push(...found.links.map(link => ({ ...link, index })))
  }
  const inside = links.filter(({ kind }) => kind !== 'external')
  const noteReferences = inside.filter(({ kind }) => kind === 'note')
  report.rendered += sections.length
  report.links = inside.length
  report.notes = noteReferences.length

  if (scheme === schemes[0]) {
    // Each place that a link leads to, in the order of the book, so that each chapter is opened once.
    const order = new Map(sections.map((name, index) => [name, index]))
    const targets = [...new Set([...ways, ...inside.filter(({ kind }) => kind !== 'note').map(({ href }) => href)])]
    targets.sort((a, b) => (order.get(decodeURI(a.split('#')[0])) ?? -1) - (order.get(decodeURI(b.split('#')[0])) ?? -1))
    where = 'a link'
    const chosen = spread(targets, maxLinks)
    for (let i = 0; i < chosen.length; i += AT_ONCE) {
      const told = await page.evaluate(hrefs => reader.follow(hrefs), chosen.slice(i, i + AT_ONCE))
      told.problems.forEach(say)
      report.into_notes.push(...told.intoNotes.map(problem => `${screen}, ${scheme}: ${problem}`))
    }
    report.followed += chosen.length

    for (const [index, name] of sections.entries()) {
      where = name
      for (const kind of ['link', 'back']) {
        const link = inside.find(link => link.index === index && link.kind === kind)
        const isHidden = link && kind === 'back' && !(await isShown(page, link))
        if (!link || isHidden) continue
        const problem = await page.evaluate(({ index, number }) => reader.tap(index, number), link)
        if (problem) say(`tapped “${link.text}”: ${problem}`)
        report.tapped += 1
      }
    }
    for (const link of spread(noteReferences, maxNotes)) {
      where = sections[link.index]
      const problem = await page.evaluate(({ index, number }) => reader.note(index, number), link)
      if (problem) say(`note “${link.text}”: ${problem}`)
      report.opened += 1
    }
  }
  if (screenshots) {
    where = 'a screenshot'
    await photograph(page, `${screen}-${scheme}`, places ?? sections, noteReferences[0], report, say)
  }
  await page.close()
}

const isShown = (page, { index, number }) => page.evaluate(async (i, n) => {
  await reader.section(i)
  const { doc } = document.querySelector('foliate-view').renderer.getContents()[0]
  return doc.querySelectorAll('a[href]')[n].getClientRects().length > 0
}, index, number)

const photograph = async (page, prefix, places, note, report, say) => {
  const take = async name => {
    const path = join(screenshots, `${prefix}-${name}.png`)
    await page.screenshot({ path })
    report.screenshots.push(path)
  }
  for (const [number, place] of places.entries()) {
    const problem = await page.evaluate(href => reader.show(href), place)
    if (problem) say(problem)
    await take(`${String(number + 1).padStart(3, '0')}-${place.replace(/[^A-Za-z0-9]+/g, '-')}`)
  }
  if (!note) return
  const problem = await page.evaluate(async ({ index, number }) => {
    await reader.section(index)
    const { doc } = document.querySelector('foliate-view').renderer.getContents()[0]
    await document.querySelector('foliate-view').renderer.goTo({ index, anchor: () => doc.querySelectorAll('a[href]')[number] })
    return reader.note(index, number, true)
  }, note)
  if (problem) say(problem)
  await take('note')
}

const report = {
  title: '', sections: [], contents: 0, pages: 0, rendered: 0,
  links: 0, followed: 0, tapped: 0, notes: 0, opened: 0, problems: [], into_notes: [], screenshots: [],
}
const browser = await launch(modules)
try {
  for (const screen of screens) for (const scheme of schemes) await read(browser, screen, scheme, report)
} finally {
  await browser.close()
}
process.stdout.write(JSON.stringify(report))

import type { Page } from 'playwright-core'

/** Words whose contrast to the paper that they stand on is less than WCAG 2.2 AA asks of small ones, by what they stand in. */
const faint = `(() => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = colour
    pen.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (above, below) => [0, 1, 2].map((part) => above[part] * above[3] + below[part] * (1 - above[3]))
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const paperOf = (element) => (element ? over(rgba(getComputedStyle(element).backgroundColor), paperOf(element.parentElement)) : [255, 255, 255])
  const found = new Set()
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const element = words.currentNode.parentElement
    if (words.currentNode.data.trim() === '' || !element.checkVisibility({ visibilityProperty: true })) continue
    const paper = paperOf(element)
    const [high, low] = [light(over(rgba(getComputedStyle(element).color), paper)), light(paper)].sort((one, other) => other - one)
    if ((high + 0.05) / (low + 0.05) < 4.5) found.add(element.tagName + '.' + element.className + ' in ' + element.parentElement.className)
  }
  return [...found]
})()`

const named = new Set([
  'button',
  'link',
  'textbox',
  'gridcell',
  'columnheader',
  'rowheader',
  'dialog',
  'grid',
  'log',
  'region',
  'navigation',
])

/** What somebody with weak eyes, or none, would miss: words that are too faint, and things without a name. */
export async function missed(page: Page): Promise<readonly string[]> {
  const eyes = await page.context().newCDPSession(page)
  const { nodes } = await eyes.send('Accessibility.getFullAXTree')
  await eyes.detach()
  const nameless = nodes.filter(({ ignored, role, name }) => !ignored && named.has(String(role?.value)) && !name?.value)
  return [...(await page.evaluate<string[]>(faint)), ...nameless.map(({ role, nodeId }) => `${role?.value} ${nodeId} without a name`)]
}

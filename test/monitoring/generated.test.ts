import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { dashboards } from '../../monitoring/dashboards.ts'
import { generated } from '../../monitoring/write.ts'

const files = await generated()

describe('what monitoring/write.ts writes', () => {
  it.each(Object.entries(files))('is what is in %s', async (name, text) => {
    expect(await readFile(new URL(`../../monitoring/${name}`, import.meta.url), 'utf8'), 'run: node monitoring/write.ts').toBe(text)
  })
})

describe.each(Object.entries(dashboards))('the dashboard %s', (_name, { panels = [] }) => {
  it('fits 24 columns, with no panel over another, and each with a number of its own', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } = { x: 0, y: 0, w: 0, h: 0 } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    )
    expect(cells.length).toBeGreaterThan(0)
    expect(new Set(cells).size).toBe(cells.length)
    expect(cells.every((cell) => Number(cell.split(',')[0]) < 24)).toBe(true)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })

  it('says of every panel what it means and in what unit', () => {
    for (const panel of panels) {
      if (!('targets' in panel)) continue
      const unit = panel.fieldConfig?.defaults.unit ?? panel.options?.yAxis?.unit
      expect(panel).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) })
      expect(unit).toMatch(/^(?:s|short|reqps|cps|percentunit|bytes)$/)
    }
  })
})

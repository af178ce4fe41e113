/**
 * @file The rail: what it says of the steps.
 * @vitest-environment happy-dom
 */
import { createElement as h } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'

import { createStudio, StudioContext } from '../../../renderer/studio.ts'
import { Rail } from '../../../renderer/views/rail.tsx'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

let root: Root | undefined
afterEach(() => root?.unmount())

it('says that a step did not work, not that it is working', async () => {
  const studio = createStudio(connectedTo(fakeHandlers()))
  root = createRoot(document.body.appendChild(document.createElement('div')))
  root.render(h(StudioContext, { value: studio }, h(Rail)))
  const note = (screen: string): string | undefined =>
    document.querySelector(`[data-screen=${screen}] .step-state`)?.textContent
  await studio.data.getState().check('/home/empty')
  await expect.poll(() => note('data')).toBe('did not work')
  await studio.data.getState().check('/home/fruit')
  await expect.poll(() => note('data')).toContain('90 images')
})

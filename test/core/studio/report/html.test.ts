/** @file What comes from people and files is text in a report, wherever it stands. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { empty, html } from '../../../../core/studio/report/html.ts'

describe('html', () => {
  it('escapes every value, in attributes as well', () => {
    const name = `"><script>alert('x')</script>&\``
    expect(html`<b title="${name}">${name}</b>`.markup).toBe(
      '<b title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;</b>',
    )
  })

  it('keeps markup, numbers and lists of markup as they are', () => {
    const items = ['a', 'b'].map((name) => html`<b>${name}</b>`)
    expect(html`<i>${items}</i>${empty}${3}`.markup).toBe('<i><b>a</b><b>b</b></i>3')
  })

  it('never lets a text begin or end a tag or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"'`]/)
      }),
    )
  })
})

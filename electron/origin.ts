/** @file The one address that the desktop shell trusts: that of its own page. */

/** Of the page's address; its files are answered by this program, nothing is fetched. */
export const scheme = 'app'

const origin = `${scheme}://studio`

/** Address of the page. */
export const pageUrl = `${origin}/`

/** Whether an address is one of our page's. */
export function isOurs(url: string): boolean {
  // URL knows no origins for custom schemes; the host is what is between `://` and the next slash.
  return url === origin || url.startsWith(pageUrl)
}

/** @file What the page may not do: leave its address, open windows, ask for anything but the camera. */
import { shell, type Session, type WebContents } from 'electron'

import { isOurs } from './origin.ts'

/** Grants our page the camera, without sound, and copying to the clipboard; everyone and everything else is refused. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const isCameraOnly = media.length > 0 && media.every((type) => type === 'video')
    const asked = details.isMainFrame && isOurs(details.requestingUrl) && isOurs(contents.getURL())
    answer(asked && (permission === 'media' ? isCameraOnly : permission === copying))
  })
  session.setPermissionCheckHandler((_, permission, requestingOrigin, { mediaType }) => {
    return (
      isOurs(requestingOrigin) && (permission === 'media' ? mediaType === 'video' : permission === copying)
    )
  })
  session.setDevicePermissionHandler(() => false)
}

const copying = 'clipboard-sanitized-write'

/** Keeps a page where it is. External links open in the person's browser, where they belong. */
export function keepInside(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebPage(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Whether an address is safe to hand to the system: other schemes start other programs. */
function isWebPage(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === ''
}

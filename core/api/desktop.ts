/** @file All that the desktop shell exposes to its page: a way to connect, and the paths of dropped files. */

/** Found in the page as `window.vitStudioDesktop`; only the desktop shell has it. */
export interface DesktopBridge {
  /** Sends the page a fresh MessagePort: a message `portMessage` of its own window, with the port. */
  readonly connect: () => void
  /** Absolute path of a file that was dropped or chosen; empty if it has none. */
  readonly pathOf: (file: File) => string
}

export const bridgeName = 'vitStudioDesktop'

/** The message that brings the page its port. */
export const portMessage = 'vit-studio-port'

/** The channel on which the page's other end reaches the main process. */
export const connectChannel = 'vit-studio-connect'

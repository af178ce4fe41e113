/** @file The desktop shell's words in English: menu, dialogs, notifications. */

export const en = {
  app: 'ViT Studio',
  menu: {
    file: 'File',
    newProject: 'New Project',
    openProject: 'Open Project…',
    showData: 'Show the Studio’s Folder',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    showLog: 'Show the Log',
    licences: 'Licences',
    about: 'About ViT Studio',
  },
  roles: {
    services: 'Services',
    hide: 'Hide ViT Studio',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit ViT Studio',
    close: 'Close Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    delete: 'Delete',
    selectAll: 'Select All',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    togglefullscreen: 'Full Screen',
    minimize: 'Minimise',
    zoom: 'Zoom',
    front: 'Bring All to Front',
  },
  tray: {
    open: 'Open ViT Studio',
    stop: 'Stop training, save and quit',
    training: (step: number, steps: number) => `Training: round ${step} of ${steps}`,
  },
  openProject: { title: 'Open a project', kind: 'ViT Studio projects' },
  closing: {
    message: 'Training is still running.',
    detail:
      'It can continue without the window; ViT Studio then quits by itself when it is done. Or it stops here: the best ' +
      'model so far is kept, and you can continue training later.',
    background: 'Keep training in the background',
    stop: 'Stop, save and quit',
    cancel: 'Cancel',
  },
  trained: { title: 'Training finished', body: 'The result is ready in ViT Studio.' },
  failed: {
    title: 'Training stopped early',
    body: (why: string) => `${why} What was learned so far is saved.`,
  },
  windowGone: {
    message: 'The window has stopped working.',
    detail: (reason: string) =>
      `Your work is safe: projects are saved as you go, and training continues in the meantime. Open the window again. (${reason})`,
    reload: 'Open the window again',
    quit: 'Quit',
  },
  unresponsive: {
    message: 'The window is not responding.',
    detail: 'It may be busy. You can wait, or open it again; training continues either way.',
    wait: 'Wait',
    reload: 'Open the window again',
  },
  cannotStart: 'ViT Studio cannot start',
  busy: { open: 'Show it', quit: 'Quit' },
  unexpected: (log: string) => `Something unexpected went wrong. The log has the details: ${log}`,
}

/** What every language has to say. */
export type Words = typeof en

/** @file The command palette, and what opens it. */
export const palette = {
  open: 'Find anything',
  title: 'What would you like to do?',
  placeholder: 'Type a screen, a project or an action',
  nothing: 'Nothing here fits these letters.',
  hint: '↑ ↓ to choose, Enter to do it, Esc to close',
  groups: { now: 'Now', screens: 'Go to', projects: 'Open a project', look: 'Theme and language' },
  home: 'Your projects',
  theme: (name: string) => `Theme: ${name}`,
  language: (name: string) => `Language: ${name}`,
  exportModel: 'Export the model as files',
  checkAgain: 'Check the images again',
  beginSample: 'Start a project with the sample pictures',
}

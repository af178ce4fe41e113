/** @file Words of every screen. */
export const common = {
  app: 'ViT Studio',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  choose: 'Choose',
  open: 'Open',
  none: 'None',
  connecting: 'Connecting…',
  lost: 'The connection to ViT Studio was lost. If you closed its terminal, start it again with “npm start”; nothing that was saved is lost.',
  notLetIn:
    'This browser has not been let in. Open the address that ViT Studio printed last in its terminal: it lets in one browser, once.',
  reload: 'Reload',
  theme: 'Theme',
  themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  skip: 'Skip to the content',
  dropHere: 'Drop images here to see what the model says',
  dropFolder: 'Drop the folder to use its images',
  dismiss: 'Dismiss',
  detail: 'What exactly went wrong',
  save: 'Save',
}

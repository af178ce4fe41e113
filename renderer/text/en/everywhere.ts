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
  lost: 'The connection to ViT Studio has ended. If you closed its terminal, start it again with “npm start”; nothing that was saved is lost.',
  notLetIn:
    'This browser does not know your studio. Open the address that ViT Studio shows last in its terminal: it opens one browser, once.',
  reload: 'Reload',
  theme: 'Theme',
  themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languageHint: 'A change opens the window anew.',
  skip: 'Skip to the content',
  dropHere: 'Drop images here to see what the model says',
  dropFolder: 'Drop the folder to use its images',
  dismiss: 'Dismiss',
  save: 'Save',
}

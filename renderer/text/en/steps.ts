/** @file The rail of steps. */
export const steps = {
  label: 'Steps',
  project: 'Project:',
  done: 'done',
  next: 'Next',
  working: 'working…',
  failed: 'did not work',
  needsRun: 'after training',
}

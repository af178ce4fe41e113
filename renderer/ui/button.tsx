/** @file The one button. */
import type { ComponentPropsWithRef, JSX } from 'react'

interface Props extends ComponentPropsWithRef<'button'> {
  readonly look?: 'primary' | 'plain' | 'quiet'
  readonly size?: 'normal' | 'large'
}

/** A button; `primary` is for the one next thing of a screen. */
export function Button({ look = 'plain', size = 'normal', className, ...rest }: Props): JSX.Element {
  const classes = ['button', look, size, className].filter(Boolean).join(' ')
  return <button type="button" className={classes} {...rest} />
}

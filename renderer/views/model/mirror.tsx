/** @file Where downloads come from, and how to take them from a mirror. */
import { useState, type JSX } from 'react'

import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'

/** Folded away: most people never need it. */
export function ModelMirror(): JSX.Element | null {
  const { settings, setMirror } = useSubject('catalogue', 'settings', 'setMirror')
  const [address, setAddress] = useState('')
  if (settings === null) return null
  const { hub, chosenBy, folder } = settings
  return (
    <Fold title={text.model.mirror}>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (address.trim() !== '') void setMirror(address.trim())
        }}
      >
        <p className="small">{text.model.mirrorHint}</p>
        <p className="small soft">
          {text.model.hubNow(hub)} {chosenBy === 'environment' ? text.model.byEnvironment : ''}{' '}
          {text.model.hubFolder(folder)}
        </p>
        <label className="field">
          <span className="label">{text.model.mirrorAddress}</span>
          <input
            className="input mono"
            type="url"
            placeholder="https://"
            value={address}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setAddress(target.value)}
          />
        </label>
        <div className="row">
          <Button type="submit" disabled={address.trim() === ''}>
            {text.model.mirrorSet}
          </Button>
          <Button look="quiet" disabled={chosenBy !== 'setting'} onClick={() => void setMirror(null)}>
            {text.model.mirrorReset}
          </Button>
        </div>
      </form>
    </Fold>
  )
}

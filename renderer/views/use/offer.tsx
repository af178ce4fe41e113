/** @file The ways to show the model something: drop it, choose it, film it. */
import { Camera, FolderOpen, Images } from 'lucide-react'
import { useRef, type JSX } from 'react'

import { useStudio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { useDropTarget } from '../drop-files.ts'
import { useTake } from './take.ts'

interface Props {
  readonly model: string
  /** Whether something was shown already: then it is a bar. */
  readonly isSmall: boolean
  readonly onCamera: () => void
}

/** Takes drops on the whole window as long as it is shown. */
export function Offer({ model, isSmall, onCamera }: Props): JSX.Element {
  const { use, table } = useStudio()
  const folder = useFolderChoice(text.picker.folder, (path) => {
    use.getState().clearAnswers()
    void table.getState().readFolder(model, path)
  })
  useDropTarget(text.use.dropHint, useTake(model))
  return (
    <div className={isSmall ? 'drop-bar' : 'drop-zone'}>
      <Images size={isSmall ? 20 : 32} aria-hidden="true" />
      <h2>{text.use.drop}</h2>
      {isSmall ? null : <p className="soft">{text.use.dropLead}</p>}
      <div className="row">
        <FileButton onFiles={(files) => void use.getState().ask(model, files)} />
        <Button onClick={folder.choose}>
          <FolderOpen size={16} aria-hidden="true" />
          {text.use.chooseFolder}
        </Button>
        <Button onClick={onCamera}>
          <Camera size={16} aria-hidden="true" />
          {text.use.camera.start}
        </Button>
      </div>
      {folder.dialog}
    </div>
  )
}

function FileButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button look="primary" onClick={() => chooser.current?.click()}>
        {text.use.choose}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept="image/*,.heic,.heif"
        multiple
        hidden
        aria-label={text.use.choose}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}

import { Camera, ImageUp, X } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { FileTrigger } from 'react-aria-components'
import { PHOTO_FILE_MAX, PHOTOS_MAX, type PhotoNote } from '../../contract/case-view.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useCamera } from '../parts/use-camera.ts'
import { useWords } from '../words/words-context.tsx'
import { shotOf, shotOfVideo, type Shot } from './photo-shot.ts'

interface PhotoStripProps {
  readonly photos: readonly PhotoNote[]
  readonly wanted: number
  readonly onShot: (base64: string) => void
  /** Null where a photograph that was kept stays. */
  readonly onDrop: ((photoId: string) => void) | null
}

/** Photographs of the piece that the till has kept, and the way to more of them. */
export function PhotoStrip({ photos, wanted, onShot, onDrop }: PhotoStripProps) {
  return (
    <TakePhotos wanted={wanted} onShot={onShot}>
      {photos.map((photo, place) => (
        <PhotoThumb key={photo.photoId} photo={photo} number={place + 1} onDrop={onDrop} />
      ))}
    </TakePhotos>
  )
}

/** Photographs that nobody has kept yet: they go with what they are taken for, in one act. */
export function FreshPhotos({ shots, onChange }: { shots: readonly string[]; onChange: (shots: readonly string[]) => void }) {
  const { say } = useWords()
  return (
    <TakePhotos wanted={0} isFull={shots.length >= PHOTOS_MAX} onShot={(base64) => onChange([...shots, base64])}>
      {shots.map((base64, place) => (
        <figure key={base64.slice(-64)} className="photo-thumb">
          <img src={`data:image/jpeg;base64,${base64}`} alt={say('return.photo-of', { number: place + 1 })} />
          <DropPhoto number={place + 1} onDrop={() => onChange(shots.filter((shot) => shot !== base64))} />
        </figure>
      ))}
    </TakePhotos>
  )
}

interface TakePhotosProps {
  readonly wanted: number
  readonly isFull?: boolean
  readonly onShot: (base64: string) => void
  /** The photographs there are. */
  readonly children: ReactNode
}

/** By the camera, or from a file where there is none. */
function TakePhotos({ wanted, isFull = false, onShot, children }: TakePhotosProps) {
  const words = useWords()
  const [filming, setFilming] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const take = (shot: Shot) => {
    setTrouble(troubleOf(shot, words))
    if (shot.is === 'shot') onShot(shot.base64)
  }
  return (
    <div className="photo-strip">
      <p className="choices__label">{words.say('return.photos')}</p>
      <div className="row row--wrap">
        {children}
        <Button icon={Camera} isDisabled={isFull} onPress={() => setFilming(true)}>
          {words.say('return.photo-camera')}
        </Button>
        <FileTrigger
          acceptedFileTypes={['image/jpeg', 'image/png', 'image/webp']}
          onSelect={(files) => {
            const file = files?.[0]
            if (file !== undefined) void shotOf(file).then(take)
          }}
        >
          <Button icon={ImageUp} isDisabled={isFull} onPress={() => setTrouble(null)}>
            {words.say('return.photo-file')}
          </Button>
        </FileTrigger>
      </div>
      {wanted === 0 ? null : <p className="refund__missing">{words.say('return.photos-wanted', { count: wanted })}</p>}
      {trouble === null ? null : (
        <p className="refund__missing" role="alert">
          {trouble}
        </p>
      )}
      {filming ? <CameraDialog onShot={take} onClose={() => setFilming(false)} /> : null}
    </div>
  )
}

function troubleOf(shot: Shot, words: ReturnType<typeof useWords>): string | null {
  if (shot.is === 'shot') return null
  if (shot.is === 'unreadable') return words.say('return.photo-unreadable')
  return words.say('return.photo-file-too-large', { size: shot.size_mb, most: PHOTO_FILE_MAX / 1024 / 1024 })
}

function PhotoThumb({ photo, number, onDrop }: { photo: PhotoNote; number: number; onDrop: PhotoStripProps['onDrop'] }) {
  const { say } = useWords()
  const picture = useAnswer((core) => core.returns.picture({ photoId: photo.photoId }), photo.photoId)
  return (
    <figure className="photo-thumb">
      {picture === null ? null : <img src={`data:${picture.type};base64,${picture.base64}`} alt={say('return.photo-of', { number })} />}
      {onDrop === null ? null : <DropPhoto number={number} onDrop={() => onDrop(photo.photoId)} />}
    </figure>
  )
}

function DropPhoto({ number, onDrop }: { number: number; onDrop: () => void }) {
  const { say } = useWords()
  return (
    <Button tone="quiet" icon={X} iconOnly label={say('return.photo-drop', { number })} onPress={onDrop}>
      {say('return.photo-drop', { number })}
    </Button>
  )
}

function CameraDialog({ onShot, onClose }: { onShot: (shot: Shot) => void; onClose: () => void }) {
  const { say } = useWords()
  const { video, state } = useCamera({ atTheBack: true })
  return (
    <Dialog title={say('return.photo-take')} width="medium" onClose={onClose}>
      {state === 'none' ? <p className="prose">{say('return.photo-no-camera')}</p> : <video ref={video} className="camera" muted playsInline />}
      <Button
        tone="primary"
        size="large"
        icon={Camera}
        isDisabled={state !== 'on'}
        onPress={() => {
          if (video.current === null) return
          void shotOfVideo(video.current).then(onShot).then(onClose)
        }}
      >
        {say('return.photo-take')}
      </Button>
    </Dialog>
  )
}

import { useEffect, useRef } from 'react'
import type { ReceiptBlock, ReceiptDocument } from '../../contract/receipt.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { directionOfTag } from '../../contract/words/languages.ts'
import { Mark } from './mark.tsx'

interface PaperProps {
  readonly document: ReceiptDocument
  readonly label: string
  /** The store's picture, a PNG as base64; null where there is none. */
  readonly logo?: string | null
}

/**
 * A receipt drawn as the printer lays it: white paper in any theme, one width for every sign. It runs as its own
 * language does, whatever the screen speaks; each text in it by itself, so that an address stays an address.
 */
export function Paper({ document: drawn, label, logo = null }: PaperProps) {
  return (
    <article className="paper" lang={drawn.language} dir={directionOfTag(drawn.language)} aria-label={label}>
      {drawn.blocks.map((block, index) => (
        // Blocks have no names of their own and a document never changes: their place is their identity.
        <Block key={index} block={block} logo={logo} />
      ))}
    </article>
  )
}

function Block({ block, logo }: { block: ReceiptBlock; logo: string | null }) {
  switch (block.kind) {
    case 'logo':
      return (
        <div className="paper__logo">
          {logo === null ? <Mark size={56} /> : <img src={`data:image/png;base64,${logo}`} alt="" />}
          <span className="visually-hidden">{block.alt}</span>
        </div>
      )
    case 'title':
      return <h3 className="paper__title"><bdi>{block.text}</bdi></h3>
    case 'text':
      return (
        <p className={`paper__text paper__text--${block.align} paper__text--${block.size}`} data-bold={block.bold}>
          <bdi>{block.text}</bdi>
        </p>
      )
    case 'pair':
      return (
        <p className="paper__pair" data-bold={block.bold}>
          <bdi>{block.left}</bdi>
          <bdi>{block.right}</bdi>
        </p>
      )
    case 'item':
      return (
        <div className="paper__item">
          <p className="paper__pair">
            <bdi>{block.name}</bdi>
            <bdi>{block.amount}</bdi>
          </p>
          {block.quantity === null ? null : <p className="paper__detail"><bdi>{block.quantity}</bdi></p>}
          {block.details.map((detail) => (
            <p key={detail} className="paper__detail">
              <bdi>{detail}</bdi>
            </p>
          ))}
        </div>
      )
    case 'rule':
      return <hr className={`paper__rule paper__rule--${block.weight}`} />
    case 'total':
      return (
        <p className="paper__pair paper__total">
          <bdi>{block.left}</bdi>
          <bdi>{block.right}</bdi>
        </p>
      )
    case 'qr':
      return <Code symbology="qrcode" text={block.payload} caption={block.caption} />
    case 'datamatrix':
      return (
        <Code symbology={block.gs1 ? 'gs1datamatrix' : 'datamatrix'} text={block.payload} caption={block.caption} />
      )
    case 'barcode':
      return <Code symbology={block.symbology} text={block.payload} caption={block.caption} />
    case 'banner':
      return <p className="paper__banner"><bdi>{block.text}</bdi></p>
    case 'space':
      return <div className="paper__space" data-lines={Math.min(3, block.lines)} />
    case 'cut':
      return <div className="paper__cut" aria-hidden />
    default:
      return unreachable(block)
  }
}

interface CodeProps {
  readonly symbology: 'qrcode' | 'datamatrix' | 'gs1datamatrix' | 'code128' | 'ean13' | 'gs1-128'
  readonly text: string
  readonly caption: string | null
}

/** The encoder of all symbologies is large and seldom needed: it comes when the first code is drawn. */
function Code({ symbology, text, caption }: CodeProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    void import('bwip-js/browser').then(({ toCanvas }) => {
      if (!wanted || canvas.current === null) return
      const flat = symbology === 'qrcode' || symbology.endsWith('datamatrix')
      toCanvas(canvas.current, {
        bcid: symbology === 'gs1-128' ? 'code128' : symbology === 'gs1datamatrix' ? 'datamatrix' : symbology,
        text: symbology.startsWith('gs1') ? `^FNC1${text.replaceAll('\u001D', '^FNC1')}` : text,
        parsefnc: symbology.startsWith('gs1'),
        scale: flat ? 4 : 2,
        ...(flat ? {} : { height: 12 }),
      })
    })
    return () => {
      wanted = false
    }
  }, [symbology, text])
  return (
    <figure className="paper__code">
      <canvas ref={canvas} role="img" aria-label={caption ?? text} width="1" height="1" />
      {caption === null ? null : <figcaption>{caption}</figcaption>}
    </figure>
  )
}

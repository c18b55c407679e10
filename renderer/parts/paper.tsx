import { useEffect, useRef } from 'react'
import type { ReceiptBlock, ReceiptDocument } from '../../contract/receipt.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { Mark } from './mark.tsx'

/** A receipt drawn as the printer lays it: white paper in any theme, one width for every sign. */
export function Paper({ document: drawn, label }: { document: ReceiptDocument; label: string }) {
  return (
    <article className="paper" lang={drawn.language} aria-label={label}>
      {drawn.blocks.map((block, index) => (
        // Blocks have no names of their own and a document never changes: their place is their identity.
        <Block key={index} block={block} />
      ))}
    </article>
  )
}

function Block({ block }: { block: ReceiptBlock }) {
  switch (block.kind) {
    case 'logo':
      return (
        <div className="paper__logo">
          <Mark size={56} />
          <span className="visually-hidden">{block.alt}</span>
        </div>
      )
    case 'title':
      return <h3 className="paper__title">{block.text}</h3>
    case 'text':
      return (
        <p className={`paper__text paper__text--${block.align} paper__text--${block.size}`} data-bold={block.bold}>
          {block.text}
        </p>
      )
    case 'pair':
      return (
        <p className="paper__pair" data-bold={block.bold}>
          <span>{block.left}</span>
          <span>{block.right}</span>
        </p>
      )
    case 'item':
      return (
        <div className="paper__item">
          <p className="paper__pair">
            <span>{block.name}</span>
            <span>{block.amount}</span>
          </p>
          {block.quantity === null ? null : <p className="paper__detail">{block.quantity}</p>}
          {block.details.map((detail) => (
            <p key={detail} className="paper__detail">
              {detail}
            </p>
          ))}
        </div>
      )
    case 'rule':
      return <hr className={`paper__rule paper__rule--${block.weight}`} />
    case 'total':
      return (
        <p className="paper__pair paper__total">
          <span>{block.left}</span>
          <span>{block.right}</span>
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
      return <p className="paper__banner">{block.text}</p>
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

/**
 * The only line of ours that runs in a window beside the page. It is sandboxed, sees no Node, and passes on one
 * thing: the port to the core. The handshake is told in `contract/port-handshake.ts`; the page's side of it is
 * `renderer/connect.ts`.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { BRIDGE_NAME, IPC } from '../contract/port-handshake.ts'
import type { WindowBridge, WindowMessage } from '../contract/port-handshake.ts'

const bridge: WindowBridge = {
  askForPort: () => ipcRenderer.send(IPC.askForPort),
  photoStep: (open) => ipcRenderer.send(IPC.photoStep, open),
}
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)

/** '/' means: only to a document of this window's own origin. */
function tellPage(message: WindowMessage, ports: readonly MessagePort[]): void {
  window.postMessage(message, '/', [...ports])
}

ipcRenderer.on(IPC.portGiven, (event) => tellPage({ kind: 'countermark.port' }, event.ports))
ipcRenderer.on(IPC.portLost, () => tellPage({ kind: 'countermark.port-lost' }, []))

/**
 * A file or a text dragged in from outside would be opened or read by the page; nothing in the shop is done by
 * dragging, so it ends here, before the page can hear of it.
 */
for (const kind of ['dragenter', 'dragover', 'dragstart', 'drop'] as const) {
  window.addEventListener(
    kind,
    (event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { capture: true },
  )
}

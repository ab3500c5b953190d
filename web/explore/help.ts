// The help card: what mouse, keys and fingers do, and how the view is computed.

import { h } from '../lib/dom.ts';
import { KEYS } from './keyboard.ts';

const GESTURES = [
  ['Move', 'decode the latent under the pointer'],
  ['Click', 'pin; a second pin makes a path'],
  ['Drag', 'move the map, or a pin'],
  ['Wheel, pinch', 'zoom'],
  ['One finger', 'decode; tap to pin; two fingers move and zoom'],
];

const CODE = `z = plane.origin + x * plane.axes[0] + y * plane.axes[1]
image = torch.sigmoid(model.decoder(z[None]))[0]
distances = (index.latents - z).square().sum(1).sqrt()
nearest = distances.argmin()
re_encoding_distance = (model.encoder(image[None])[0, :len(z)] - z).norm()`;

/** Make the card; `close` is called when it is dismissed. */
export function helpCard(close: () => void): HTMLDialogElement {
  const rows = (pairs: string[][]) =>
    pairs.map(([key, text]) => h('div', {}, h('dt', { text: key }), h('dd', { text })));
  return h(
    'dialog',
    { class: 'helpcard', 'aria-label': 'keys and gestures', onclose: close },
    h(
      'div',
      { class: 'columns' },
      h('section', {}, h('h2', { text: 'Mouse and fingers' }), h('dl', {}, ...rows(GESTURES))),
      h('section', {}, h('h2', { text: 'Keys' }), h('dl', {}, ...rows(KEYS))),
    ),
    h('details', {}, h('summary', { text: 'How is this computed?' }), h('pre', { text: CODE })),
    h('form', { method: 'dialog' }, h('button', { class: 'primary', text: 'Close' })),
  );
}

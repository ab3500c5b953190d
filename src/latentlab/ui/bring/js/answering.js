// A component without a face: tells the drawing canvas that its last drawing has been answered.

import { publish } from './link.js';

export function mount({ data }) {
  publish('answered', data.drawing);
}

// The worker's script: a workbench that talks to the page.

import { type Order, makeWorkbench } from './workbench.ts';

const handle = makeWorkbench((answer, transfer) => self.postMessage(answer, { transfer }));
self.onmessage = ({ data }: MessageEvent<Order>) => handle(data);

// @ts-nocheck
// The worker's script: a workbench that talks to the page.

import { makeWorkbench } from './workbench.ts';

const handle = makeWorkbench((message, transfer) => self.postMessage(message, transfer));
self.onmessage = ({ data }) => handle(data);

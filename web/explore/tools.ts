// Makes the tools of the drawer, hands them what arrives for them, and knows the lasso that some use.

import type { NetworkMessage } from '../latent/space.ts';
import type { Jobs } from '../runtime/jobs.ts';
import type { View } from '../scatter/view.ts';
import { Arithmetic } from './arithmetic.ts';
import { Compare } from './compare.ts';
import type { Cursor } from './cursor.ts';
import type { Engine } from './engine.ts';
import { Lasso } from './lasso.ts';
import type { Model } from './model.ts';
import { Path } from './path.ts';
import type { Pins } from './pins.ts';
import { Reencoding } from './reencoding.ts';
import { Rotation } from './rotation.ts';
import { Samples } from './samples.ts';
import type { ToolName } from './state.ts';
import type { Thumbs } from './thumbs.ts';
import type { Tool } from './tool.ts';
import { Traversals } from './traversals.ts';

interface Needs {
  model: Model;
  view: View;
  engine: Engine;
  jobs: Jobs;
  cursor: Cursor;
  pins: Pins;
  thumbs: Thumbs;
  /** Fill the drawer anew. */
  refresh: () => void;
}

/** All tools of one canvas. */
export class Tools {
  readonly byName: Record<ToolName, Tool>;
  readonly path: Path;
  readonly compare: Compare;
  readonly lasso: Lasso;
  readonly reencoding: Reencoding;
  private readonly needs: Needs;
  private readonly rotation: Rotation;

  constructor(needs: Needs) {
    this.needs = needs;
    const lasso = (this.lasso = new Lasso(needs.model, needs.view));
    const path = (this.path = new Path(needs));
    const compare = (this.compare = new Compare(needs));
    const reencoding = (this.reencoding = new Reencoding(needs));
    const rotation = (this.rotation = new Rotation(needs));
    this.byName = {
      ...{ path, compare, reencoding, rotation },
      dimensions: new Traversals(needs),
      samples: new Samples(needs),
      arithmetic: new Arithmetic({ ...needs, lasso }),
    };
  }

  /** A network has arrived that one of them asked for. */
  receive(message: NetworkMessage): void {
    void this.compare.receive(message);
    void this.rotation.receive(message);
  }

  /** Pin what the cursor shows; while a loop is drawn, set a corner there. */
  pin(letter: string | null = null): void {
    const { lasso } = this;
    const { cursor, pins } = this.needs;
    if (lasso.active === null || letter) {
      pins.addCursor(letter);
      return;
    }
    cursor.settle();
    if (cursor.place) lasso.corner(cursor.place.x, cursor.place.y);
  }

  /** Begin a loop of latent arithmetic by key, or close it. */
  draw(): void {
    const { lasso } = this;
    const { model, refresh } = this.needs;
    if (model.state.tool !== 'arithmetic') return;
    if (lasso.active === null) lasso.begin(model.state.loops[0] ? 1 : 0);
    else lasso.end();
    refresh();
  }

  /** Let go of a loop that is being drawn; false: there was none. */
  letGo(): boolean {
    if (this.lasso.active === null) return false;
    this.lasso.begin(null);
    this.needs.refresh();
    return true;
  }
}

// How well a threshold tells two groups of scores apart. Scores are sorted, ascending; "unusual" is
// called what lies above the threshold. The same counts as analysis/anomaly/rates.py.

/** Scores, ascending. */
export type Sorted = Float32Array;
export type Place = [x: number, y: number];

/** What a threshold does to two groups. */
export interface Rates {
  falseAlarms: number;
  caught: number;
  passed: number;
  missed: number;
  falseAlarmRate: number;
  recall: number;
  precision: number;
}
/** What all thresholds do. */
export interface Curves {
  roc: Place[];
  precision: Place[];
  /** Under the ROC curve. */
  area: number;
}

/** Count the values of a sorted array that are above a threshold. */
export function above(sorted: Sorted, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > threshold) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/** Counts and rates at one threshold. */
export function ratesAt(normal: Sorted, anomalous: Sorted, threshold: number): Rates {
  const falseAlarms = above(normal, threshold);
  const caught = above(anomalous, threshold);
  const called = falseAlarms + caught;
  return {
    falseAlarms,
    caught,
    passed: normal.length - falseAlarms,
    missed: anomalous.length - caught,
    falseAlarmRate: falseAlarms / normal.length,
    recall: caught / anomalous.length,
    precision: called ? caught / called : 1,
  };
}

/** Both curves: for every distinct score, from the highest, what it calls unusual with itself. */
export function curvesOf(normal: Sorted, anomalous: Sorted): Curves {
  const roc: Place[] = [[0, 0]];
  const precision: Place[] = [];
  let i = normal.length - 1;
  let j = anomalous.length - 1;
  let area = 0;
  while (i >= 0 || j >= 0) {
    const value = Math.max(i >= 0 ? normal[i] : -Infinity, j >= 0 ? anomalous[j] : -Infinity);
    while (i >= 0 && normal[i] === value) i--;
    while (j >= 0 && anomalous[j] === value) j--;
    const alarms = normal.length - 1 - i;
    const caught = anomalous.length - 1 - j;
    const [x, y] = [alarms / normal.length, caught / anomalous.length];
    const [lastX, lastY] = roc[roc.length - 1];
    area += ((x - lastX) * (y + lastY)) / 2;
    roc.push([x, y]);
    if (caught) precision.push([y, caught / (alarms + caught)]);
  }
  return { roc, precision, area };
}

/** The score below which a share of a sorted array lies. */
export function quantile(sorted: Sorted, share: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at];
}

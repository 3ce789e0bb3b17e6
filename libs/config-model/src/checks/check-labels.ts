import type { Place } from '../place.js';
import { isLabelKey, isLabelValue, type Labels } from '../naming/labels.js';

export function checkLabels(labels: Labels | undefined, place: Place): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!isLabelKey(key)) place.at(key).error(`${JSON.stringify(key)} is not a label key`);
    if (!isLabelValue(value)) place.at(key).error(`${JSON.stringify(value)} is not a label value`);
  }
}

/** Labels that select: without wildcards. */
export function checkSelector(labels: Labels | undefined, place: Place): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const at = place.at(key);
    if (key === '') at.error('a selector needs label keys, this one is empty');
    else if (key.includes('*') || value.includes('*'))
      at.error('a selector has no wildcards; write labels out');
    else if (value.length > 63) at.error('a label value has at most 63 characters');
  }
}

#ifndef CONCORD_SKIP_H
#define CONCORD_SKIP_H

#include <stddef.h>
#include <stdint.h>

// The first of some bytes in a text, whichever those are.

/// The bytes to stop at: 1 for each in `stops`, and the same by the halves of a byte.
typedef struct {
  uint8_t stops[256];
  uint8_t low[16], high[16];  // bit h & 7 at l: stop at h << 4 | l, for h below 8 and from 8 on
} concord_stops;

typedef size_t concord_skip(const concord_stops *stops, const uint8_t *text, size_t at,
                            size_t length);

/// The way that is the fastest for long stretches on this processor, after it filled in `low` and
/// `high`; NULL where there is none but `concord_skip_short`.
concord_skip *concord_skip_long(concord_stops *stops);

/// The place of the first byte from `at` on to stop at, or `length`; the fastest where it is near.
static inline size_t concord_skip_short(const concord_stops *stops, const uint8_t *text, size_t at,
                                        size_t length) {
  const uint8_t *stop = stops->stops;
  while (length - at >= 8) {
    const uint8_t *b = text + at;
    uint32_t found = (uint32_t)(stop[b[0]] | stop[b[1]] << 1 | stop[b[2]] << 2 | stop[b[3]] << 3 |
                                stop[b[4]] << 4 | stop[b[5]] << 5 | stop[b[6]] << 6 |
                                stop[b[7]] << 7);
    if (found != 0) return at + (size_t)__builtin_ctz(found);
    at += 8;
  }
  while (at < length && !stop[text[at]]) at++;
  return at;
}

#endif

#ifndef CONCORD_POINTMAP_H
#define CONCORD_POINTMAP_H

#include <stdint.h>

/// A byte for each code point, in blocks of 64 that are shared where they are equal: one block
/// serves all of the ideographs, so that the whole map of a language's text stays in the cache.
typedef struct {
  uint16_t index[0x110000 >> 6];
  uint8_t *blocks;
  int32_t blockCount;
  int32_t capacity;
} concord_pointmap;

static inline uint8_t concord_pointmap_get(const concord_pointmap *map, uint32_t point) {
  return map->blocks[(uint32_t)map->index[point >> 6] << 6 | (point & 63)];
}

/// Makes a map from the value of each range: `next` writes the value of `start` and returns the
/// last code point that shares it. Returns 0 when memory ran out.
int concord_pointmap_build(concord_pointmap *map, uint32_t (*next)(void *, uint32_t, uint8_t *),
                           void *context);
void concord_pointmap_free(concord_pointmap *map);

#endif

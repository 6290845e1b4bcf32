#include "pointmap.h"

#include <stdlib.h>
#include <string.h>

#include "growth.h"

/// The number of a block with these contents, added when there is none yet; -1 without memory.
static int32_t block_number(concord_pointmap *map, const uint8_t block[64]) {
  for (int32_t i = 0; i < map->blockCount; i++)
    if (memcmp(map->blocks + 64 * (size_t)i, block, 64) == 0) return i;
  if (!concord_grow((void **)&map->blocks, &map->capacity, map->blockCount + 1, 64)) return -1;
  memcpy(map->blocks + 64 * (size_t)map->blockCount, block, 64);
  return map->blockCount++;
}

int concord_pointmap_build(concord_pointmap *map, uint32_t (*next)(void *, uint32_t, uint8_t *),
                           void *context) {
  int32_t uniform[256];
  memset(uniform, -1, sizeof uniform);
  memset(map, 0, sizeof *map);
  uint8_t block[64], value = 0;
  uint32_t end = 0;  // first code point that `value` does not hold for
  for (uint32_t start = 0; start < 0x110000; start += 64) {
    if (end >= start + 64) {
      // The whole block lies in one range.
      if (uniform[value] < 0) {
        memset(block, value, 64);
        if ((uniform[value] = block_number(map, block)) < 0) return 0;
      }
      map->index[start >> 6] = (uint16_t)uniform[value];
      continue;
    }
    for (uint32_t point = start; point < start + 64; point++) {
      if (point == end) end = next(context, point, &value) + 1;
      block[point - start] = value;
    }
    int32_t number = block_number(map, block);
    if (number < 0) return 0;
    map->index[start >> 6] = (uint16_t)number;
  }
  return 1;
}

void concord_pointmap_free(concord_pointmap *map) {
  free(map->blocks);
  map->blocks = NULL;
}

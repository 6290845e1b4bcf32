#ifndef CONCORD_GROWTH_H
#define CONCORD_GROWTH_H

#include <stdint.h>
#include <stdlib.h>

/// Makes room for `wanted` elements, half as many more than asked for. Returns 0 when memory ran
/// out; the old contents stay.
static inline int concord_grow(void **array, int32_t *capacity, int32_t wanted, size_t size) {
  if (*capacity >= wanted) return 1;
  int64_t next = (int64_t)wanted + wanted / 2 + 64;
  if (next > INT32_MAX) next = INT32_MAX;
  void *larger = realloc(*array, (size_t)next * size);
  if (larger == NULL) return 0;
  *array = larger;
  *capacity = (int32_t)next;
  return 1;
}

#endif

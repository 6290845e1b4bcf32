#ifndef CONCORD_KINDS_H
#define CONCORD_KINDS_H

#include <stdint.h>

/// How ICU treats a character in a stretch that a dictionary cuts.
enum {
  CONCORD_KIND_CHINESE = 1,   // Han, Hiragana, Katakana: the dictionary of Chinese and Japanese
  CONCORD_KIND_CHANGES = 2,   // of those: NFKC maps it to something else
  CONCORD_KIND_JOINS = 4,     // of those: normalization may join it with what stands before
  CONCORD_KIND_LEFT = 8,      // no dictionary has its script
  CONCORD_KIND_FOREIGN = 16,  // another dictionary's: ICU itself must cut the stretch
};

/// The kinds of characters, looked up when they are first met.
typedef struct {
  uint8_t known[0x10000];  // 0: not met yet
  struct concord_kind_data *data;
} concord_kinds;

/// Returns 0 where ICU's data does not say which scripts have dictionaries.
int concord_kinds_open(concord_kinds *kinds);
void concord_kinds_close(concord_kinds *kinds);

uint8_t concord_kinds_find(concord_kinds *kinds, uint32_t point);

static inline uint8_t concord_kinds_get(concord_kinds *kinds, uint32_t point) {
  uint8_t kind = point < 0x10000 ? kinds->known[point] : 0;
  return kind != 0 ? kind : concord_kinds_find(kinds, point);
}

/// Whether two characters have the same script.
int concord_same_script(uint32_t first, uint32_t second);

#endif

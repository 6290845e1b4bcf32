#ifndef CONCORD_TRIE_H
#define CONCORD_TRIE_H

#include <stdint.h>

#define CONCORD_NO_WORD UINT32_MAX

/// Goes from a node of a serialized UCharsTrie by a unit; node 0 is the root. Returns the next
/// node, or 0 where no longer word goes on; `*cost` is the value of the word that ends with the
/// unit, or CONCORD_NO_WORD.
uint32_t concord_trie_step(const uint16_t *trie, uint32_t node, uint32_t unit, uint32_t *cost);

#endif

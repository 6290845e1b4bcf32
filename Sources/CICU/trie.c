#include "trie.h"

// ICU's serialized UCharsTrie (ucharstrie.h). A node begins with a unit that says what it is: a
// branch, a run of units to match, or a value with or without a node behind it.
enum {
  LINEAR_BRANCH = 5,  // a branch of more units is searched by halves
  LINEAR_MATCH = 0x30,
  VALUE_LEAD = 0x40,
  FINAL = 0x8000,
  TWO_UNIT_VALUE = 0x4000,
  THREE_UNIT_VALUE = 0x7FFF,
  TWO_UNIT_NODE_VALUE = 0x4040,
  THREE_UNIT_NODE_VALUE = 0x7FC0,
  TWO_UNIT_DELTA = 0xFC00,
  THREE_UNIT_DELTA = 0xFFFF,
};

static const uint16_t *skip_value(const uint16_t *at) {
  uint32_t lead = *at++ & 0x7FFF;
  return at + (lead < TWO_UNIT_VALUE ? 0 : lead < THREE_UNIT_VALUE ? 1 : 2);
}

static uint32_t read_value(const uint16_t *at, uint32_t lead) {
  if (lead < TWO_UNIT_VALUE) return lead;
  if (lead < THREE_UNIT_VALUE) return (lead - TWO_UNIT_VALUE) << 16 | at[0];
  return (uint32_t)at[0] << 16 | at[1];
}

static uint32_t read_node_value(const uint16_t *at, uint32_t lead) {
  if (lead < TWO_UNIT_NODE_VALUE) return (lead >> 6) - 1;
  if (lead < THREE_UNIT_NODE_VALUE)
    return ((lead & 0x7FC0) - TWO_UNIT_NODE_VALUE) << 10 | at[0];
  return (uint32_t)at[0] << 16 | at[1];
}

static const uint16_t *jump(const uint16_t *at) {
  uint32_t delta = *at++;
  if (delta >= TWO_UNIT_DELTA) {
    if (delta == THREE_UNIT_DELTA) {
      delta = (uint32_t)at[0] << 16 | at[1];
      at += 2;
    } else {
      delta = (delta - TWO_UNIT_DELTA) << 16 | *at++;
    }
  }
  return at + delta;
}

static const uint16_t *skip_delta(const uint16_t *at) {
  uint32_t delta = *at++;
  return at + (delta < TWO_UNIT_DELTA ? 0 : delta == THREE_UNIT_DELTA ? 2 : 1);
}

/// A place in the trie: the unit's number, and below five bits of how many units of a run are
/// still to be matched (0 outside of a run).
static uint32_t node_at(const uint16_t *trie, const uint16_t *at, uint32_t remaining) {
  return (uint32_t)(at - trie) << 5 | remaining;
}

/// The node at `at`, behind a match, and the cost of the word that ends there.
static uint32_t arrive(const uint16_t *trie, const uint16_t *at, uint32_t *cost) {
  uint32_t lead = *at;
  *cost = CONCORD_NO_WORD;
  if (lead & FINAL) {
    *cost = read_value(at + 1, lead & 0x7FFF);
    return 0;
  }
  if (lead >= VALUE_LEAD) *cost = read_node_value(at + 1, lead);
  return node_at(trie, at, 0);
}

static uint32_t branch(const uint16_t *trie, const uint16_t *at, uint32_t length, uint32_t unit,
                       uint32_t *cost) {
  if (length == 0) length = *at++;
  length++;
  while (length > LINEAR_BRANCH) {
    if (unit < *at++) {
      length >>= 1;
      at = jump(at);
    } else {
      length -= length >> 1;
      at = skip_delta(at);
    }
  }
  for (; length > 1; length--) {
    if (unit != *at++) {
      at = skip_value(at);
      continue;
    }
    uint32_t lead = *at;
    // A final value, else the distance to the node.
    if (lead & FINAL) return arrive(trie, at, cost);
    return arrive(trie, skip_value(at) + read_value(at + 1, lead), cost);
  }
  if (unit == *at++) return arrive(trie, at, cost);
  return 0;
}

uint32_t concord_trie_step(const uint16_t *trie, uint32_t node, uint32_t unit,
                           uint32_t *cost) {
  const uint16_t *at = trie + (node >> 5);
  uint32_t remaining = node & 31;
  *cost = CONCORD_NO_WORD;
  while (remaining == 0) {
    uint32_t lead = *at++;
    if (lead < LINEAR_MATCH) return branch(trie, at, lead, unit, cost);
    if (lead < VALUE_LEAD) {
      remaining = lead - LINEAR_MATCH + 1;
    } else {
      if (lead & FINAL) return 0;
      // A value in the middle of a word, whose node begins in the same unit.
      at += lead < TWO_UNIT_NODE_VALUE ? 0 : lead < THREE_UNIT_NODE_VALUE ? 1 : 2;
      lead &= VALUE_LEAD - 1;
      if (lead < LINEAR_MATCH) return branch(trie, at, lead, unit, cost);
      remaining = lead - LINEAR_MATCH + 1;
    }
  }
  if (unit != *at++) return 0;
  if (remaining > 1) return node_at(trie, at, remaining - 1);
  return arrive(trie, at, cost);
}

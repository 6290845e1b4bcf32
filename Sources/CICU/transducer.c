#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "utf8.h"

// MARK: Building

/// What the automaton knows between two characters: its state, and where it last accepted.
typedef struct {
  uint16_t state;
  uint8_t accepted;  // see below
  uint8_t category;  // of the one character behind what it accepted
  uint8_t isWord;    // whether what it accepted is a word
} situation;

enum { HERE, ONE_AGO, LONG_AGO, NEVER };

typedef struct {
  const concord_rules *rules;
  situation *found;
  uint32_t count, capacity;
} builder;

static uint32_t row_of(builder *builder, situation wanted) {
  for (uint32_t i = 0; i < builder->count; i++)
    if (memcmp(&builder->found[i], &wanted, sizeof wanted) == 0) return i;
  if (builder->count == builder->capacity) return UINT32_MAX;
  builder->found[builder->count] = wanted;
  return builder->count++;
}

/// The situation after a character that takes the automaton into `state`.
static situation entered(const concord_rules *rules, situation from, uint32_t state,
                         uint32_t category) {
  situation next = {(uint16_t)state, HERE, 0, 0};
  if (rules->accepts[state]) return next;
  switch (from.accepted) {
  case HERE:
    next.accepted = ONE_AGO;
    next.category = (uint8_t)category;
    next.isWord = rules->isWord[from.state];
    break;
  case NEVER: next.accepted = NEVER; break;
  default:
    next.accepted = LONG_AGO;
    next.isWord = from.isWord;
  }
  return next;
}

/// The transition of a situation by a category, with a row number in place of the row.
static uint32_t transition(builder *builder, situation now, uint32_t category) {
  const concord_rules *rules = builder->rules;
  const situation start = {(uint16_t)rules->startState, NEVER, 0, 0};
  uint32_t width = rules->categoryCount;
  uint32_t bits = category >= rules->dictionaryStart ? CONCORD_DICTIONARY : 0;
  uint32_t next = rules->states[now.state * width + category];
  if (next == 0 && now.accepted == LONG_AGO)
    return bits | CONCORD_GO_BACK | (now.isWord ? CONCORD_WORD_BEFORE : 0);
  if (next == 0 && now.accepted == ONE_AGO) {
    // The stretch before the previous character is cut off; that character begins the next one.
    bits |= CONCORD_BREAK_BEFORE | (now.isWord ? CONCORD_WORD_BEFORE : 0);
    now = entered(rules, start, rules->states[start.state * width + now.category], now.category);
    next = rules->states[now.state * width + category];
  }
  if (next == 0 && now.accepted == HERE) {
    bits |= CONCORD_BREAK_HERE | (rules->isWord[now.state] ? CONCORD_WORD_HERE : 0);
    now = start;
    next = rules->states[now.state * width + category];
  }
  if (next == 0) return CONCORD_UNDECIDED;
  situation then = entered(rules, now, next, category);
  if (then.accepted == ONE_AGO) bits |= CONCORD_LEAVES;
  return row_of(builder, then) << CONCORD_NEXT_SHIFT | bits;
}

/// What the end of the text proves: the boundary there is the caller's.
static uint8_t end_bits(const concord_rules *rules, situation now) {
  uint32_t last = rules->states[now.state * rules->categoryCount + CONCORD_CATEGORY_END];
  if (rules->accepts[last]) return rules->isWord[last] ? CONCORD_WORD_HERE : 0;
  if (now.accepted == HERE) return rules->isWord[now.state] ? CONCORD_WORD_HERE : 0;
  return CONCORD_UNDECIDED;
}

static int build(concord_rules *rules) {
  uint32_t width = rules->categoryCount;
  builder builder = {.rules = rules, .capacity = 4 * rules->stateCount + 64};
  builder.found = calloc(builder.capacity, sizeof(situation));
  rules->transitions = calloc((size_t)builder.capacity * width, sizeof(uint32_t));
  rules->ends = calloc(builder.capacity, 1);
  if (!builder.found || !rules->transitions || !rules->ends) {
    free(builder.found);
    return 0;
  }
  // Row 0 is the beginning of a stretch, whose boundary is known.
  row_of(&builder, (situation){(uint16_t)rules->startState, NEVER, 0, 0});
  int isComplete = 1;
  for (uint32_t row = 0; row < builder.count; row++) {
    for (uint32_t category = 0; category < width; category++) {
      uint32_t entry = transition(&builder, builder.found[row], category);
      uint32_t next = entry >> CONCORD_NEXT_SHIFT;
      if (next >= builder.capacity) isComplete = 0;
      rules->transitions[row * width + category] =
          (next * width) << CONCORD_NEXT_SHIFT | (entry & CONCORD_BITS);
    }
    rules->ends[row] = end_bits(rules, builder.found[row]);
  }
  rules->rowCount = builder.count;
  free(builder.found);
  return isComplete;
}

// MARK: Calm bytes

/// Whether all rows that the calm categories lead to from `seed` agree on where these lead, without
/// a boundary. Fills `canSkip` with those rows.
static int agree(const concord_rules *rules, uint32_t seed, const uint8_t *calm, uint8_t *canSkip) {
  uint32_t width = rules->categoryCount;
  const uint32_t *first = rules->transitions + (size_t)seed * width;
  memset(canSkip, 0, rules->rowCount);
  canSkip[seed] = 1;
  for (uint32_t category = 0; category < width; category++) {
    if (!calm[category]) continue;
    if (first[category] & CONCORD_BITS) return 0;
    canSkip[(first[category] >> CONCORD_NEXT_SHIFT) / width] = 1;
  }
  for (uint32_t row = 0; row < rules->rowCount; row++)
    for (uint32_t category = 0; canSkip[row] && category < width; category++)
      if (calm[category] && rules->transitions[row * width + category] != first[category])
        return 0;
  return 1;
}

/// Takes as many categories for calm as the rows around `seed` allow, those of most ASCII
/// characters first. Returns how many ASCII characters that are.
static int settle(const concord_rules *rules, uint32_t seed, const uint8_t *order,
                  uint8_t *calm, uint8_t *canSkip) {
  uint32_t width = rules->categoryCount;
  memset(calm, 0, width);
  for (uint32_t i = 0; i < width; i++) {
    calm[order[i]] = order[i] > CONCORD_CATEGORY_START && order[i] < rules->dictionaryStart;
    if (!agree(rules, seed, calm, canSkip)) calm[order[i]] = 0;
  }
  agree(rules, seed, calm, canSkip);
  int count = 0;
  for (int byte = 0; byte < 128; byte++) count += calm[rules->ascii[byte]];
  return count;
}

/// The categories, those of most ASCII characters first.
static void sort_categories(const concord_rules *rules, uint8_t *order) {
  int count[256] = {0};
  for (int byte = 0; byte < 128; byte++) count[rules->ascii[byte]]++;
  for (uint32_t i = 0; i < rules->categoryCount; i++) {
    uint32_t place = i;
    for (; place > 0 && count[order[place - 1]] < count[i]; place--)
      order[place] = order[place - 1];
    order[place] = (uint8_t)i;
  }
}

/// Whether all code points of a number of blocks of 64 are of calm categories.
static int are_calm(const concord_pointmap *map, const uint8_t *calmBlocks, uint32_t first,
                    uint32_t end) {
  for (uint32_t block = first; block < end && block < 0x110000 >> 6; block++)
    if (!calmBlocks[map->index[block]]) return 0;
  return 1;
}

/// Marks the bytes that may belong to characters of other categories than the calm ones. Returns 0
/// without memory.
static int mark_bytes(concord_rules *rules, const uint8_t *calm) {
  const concord_pointmap *map = &rules->categories;
  memset(rules->stops.stops, 1, sizeof rules->stops.stops);
  for (int byte = 0; byte < 128; byte++) rules->stops.stops[byte] = !calm[rules->ascii[byte]];
  // Stray bytes count as U+FFFD: without it nothing but ASCII is calm.
  if (!calm[concord_pointmap_get(map, CONCORD_REPLACEMENT)]) return 1;
  uint8_t *calmBlocks = malloc((size_t)map->blockCount);
  if (calmBlocks == NULL) return 0;
  for (int32_t block = 0; block < map->blockCount; block++) {
    calmBlocks[block] = 1;
    for (int i = 0; i < 64; i++) calmBlocks[block] &= calm[map->blocks[64 * block + i]];
  }
  memset(rules->stops.stops + 0x80, 0, 0x40);
  // A lead byte begins the characters of 1, 64 or 4096 blocks.
  for (uint32_t lead = 0xC2; lead < 0xE0; lead++)
    rules->stops.stops[lead] = !are_calm(map, calmBlocks, lead & 0x1F, (lead & 0x1F) + 1);
  for (uint32_t lead = 0xE0; lead < 0xF0; lead++)
    rules->stops.stops[lead] = !are_calm(map, calmBlocks, lead == 0xE0 ? 0x20 : (lead & 0xF) << 6,
                                   ((lead & 0xF) + 1) << 6);
  for (uint32_t lead = 0xF0; lead < 0xF5; lead++)
    rules->stops.stops[lead] = !are_calm(map, calmBlocks, lead == 0xF0 ? 0x400 : (lead & 7) << 12,
                                   ((lead & 7) + 1) << 12);
  free(calmBlocks);
  return 1;
}

/// Finds the rows in which most ASCII characters can be skipped.
static int find_calm(concord_rules *rules) {
  uint32_t width = rules->categoryCount, seed = 0;
  uint8_t order[256], calm[256], best[256] = {0};
  uint8_t *canSkip = calloc(2, rules->rowCount);
  if (canSkip == NULL) return 0;
  uint8_t *bestSkip = canSkip + rules->rowCount;
  int most = 0;
  sort_categories(rules, order);
  for (uint32_t row = 0; row < rules->rowCount; row++) {
    int count = settle(rules, row, order, calm, canSkip);
    if (count <= most) continue;
    most = count;
    seed = row;
    memcpy(best, calm, width);
    memcpy(bestSkip, canSkip, rules->rowCount);
  }
  for (size_t i = 0; i < (size_t)rules->rowCount * width; i++)
    if (bestSkip[(rules->transitions[i] >> CONCORD_NEXT_SHIFT) / width])
      rules->transitions[i] |= CONCORD_CAN_SKIP;
  for (uint32_t category = 0; category < width; category++)
    rules->calmNext[category] =
        best[category] ? rules->transitions[seed * width + category] >> CONCORD_NEXT_SHIFT
                       : CONCORD_NOT_CALM;
  free(canSkip);
  if (!mark_bytes(rules, best)) return 0;
  // Where not even a space can be skipped, no stretch is longer than a word.
  if (!rules->stops.stops[' ']) rules->skipLong = concord_skip_long(&rules->stops);
  return 1;
}

int concord_rules_build(concord_rules *rules) { return build(rules) && find_calm(rules); }

#include "dictionary.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/udata.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "growth.h"
#include "trie.h"
#include "utf8.h"
#include "window.h"

// MARK: Constants of ICU's engine

enum {
  UNKNOWN_COST = 255,      // of a character that is no word
  LONGEST_KATAKANA = 8,    // runs that have a cost of their own
  KATAKANA_GROUP = 20,     // runs from this length on are not taken as one word
  DEAR_KATAKANA = 8192,
};
static const uint32_t katakanaCost[LONGEST_KATAKANA + 1] = {
    DEAR_KATAKANA, 984, 408, 240, 204, 252, 300, 372, 480};

// MARK: The dictionary

// Characters whose first step in the trie has a place of its own: kana and the ideographs.
enum { FIRST_START = 0x3000, FIRST_END = 0xA000, MEMO_BITS = 16, FRAGMENT = 512 };

/// A step of the trie that was taken before.
typedef struct {
  uint32_t node;  // 0: none yet
  uint32_t unit;
  uint32_t next;
  uint32_t cost;
} memo_step;

typedef struct {
  uint32_t next;
  uint32_t cost;  // of the character as a word; 0: not looked up yet
} first_step;

// A window of this many characters is decided but for its end, save in made-up text; only such
// text makes it grow, at last to a size where the cheapest way so far is taken for the right one.
enum { WINDOW = 1024, LARGEST_WINDOW = 1 << 18 };

struct concord_dictionary {
  UDataMemory *data;
  const uint16_t *trie;
  const UNormalizer2 *normalizer;
  first_step first[FIRST_END - FIRST_START];
  memo_step memo[1 << MEMO_BITS];
  concord_kinds kinds;
  concord_window window;

  // Words with costs of their own; NULL where none are learnt.
  concord_icu_word *learnt;
  size_t learntMask;
  uint32_t unlearnt;
};

// The file's first numbers, from ICU's dictionarydata.h.
enum { TRIE_OFFSET = 0, TOTAL_SIZE = 3, TRIE_TYPE = 4, TYPE_MASK = 7, UNITS = 1, HAS_VALUES = 8 };

concord_dictionary *concord_dictionary_open(void) {
  UErrorCode error = U_ZERO_ERROR;
  concord_dictionary *dictionary = calloc(1, sizeof *dictionary);
  if (dictionary == NULL) return NULL;
  dictionary->normalizer = unorm2_getNFKCInstance(&error);
  dictionary->data = udata_open(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", &error);
  if (U_SUCCESS(error) && concord_kinds_open(&dictionary->kinds)) {
    const int32_t *numbers = udata_getMemory(dictionary->data);
    if ((numbers[TRIE_TYPE] & TYPE_MASK) == UNITS && (numbers[TRIE_TYPE] & HAS_VALUES) &&
        numbers[TRIE_OFFSET] >= 32 && numbers[TRIE_OFFSET] < numbers[TOTAL_SIZE]) {
      dictionary->trie = (const uint16_t *)((const uint8_t *)numbers + numbers[TRIE_OFFSET]);
      return dictionary;
    }
  }
  concord_dictionary_close(dictionary);
  return NULL;
}

void concord_dictionary_close(concord_dictionary *dictionary) {
  if (dictionary == NULL) return;
  if (dictionary->data != NULL) udata_close(dictionary->data);
  concord_kinds_close(&dictionary->kinds);
  free(dictionary->learnt);
  concord_window_close(&dictionary->window);
  free(dictionary);
}

concord_kinds *concord_dictionary_kinds(concord_dictionary *dictionary) {
  return &dictionary->kinds;
}

// MARK: Steps through the dictionary

static inline uint32_t remembered_step(concord_dictionary *dictionary, uint32_t node,
                                       uint32_t unit, uint32_t *cost) {
  uint32_t hash = (node * 0x9E3779B1u) ^ (unit * 0x85EBCA6Bu);
  memo_step *memo = &dictionary->memo[hash >> (32 - MEMO_BITS)];
  if (memo->node != node || memo->unit != unit) {
    memo->node = node;
    memo->unit = unit;
    memo->next = concord_trie_step(dictionary->trie, node, unit, &memo->cost);
  }
  *cost = memo->cost;
  return memo->next;
}

/// The first step of a word; `*cost` is the character's own.
static inline uint32_t begin(concord_dictionary *dictionary, uint32_t point, uint32_t *cost) {
  if (point - FIRST_START >= FIRST_END - FIRST_START) {
    *cost = CONCORD_NO_WORD;
    uint32_t next = point < 0x10000 ? concord_trie_step(dictionary->trie, 0, point, cost) : 0;
    // ICU gives Hangul no cost of its own; such a character cannot stand in these stretches.
    if (*cost == CONCORD_NO_WORD) *cost = UNKNOWN_COST;
    return next;
  }
  first_step *first = &dictionary->first[point - FIRST_START];
  if (first->cost == 0) {
    first->next = concord_trie_step(dictionary->trie, 0, point, &first->cost);
    if (first->cost == CONCORD_NO_WORD) first->cost = UNKNOWN_COST;
  }
  *cost = first->cost;
  return first->next;
}

// MARK: The stretch as characters

typedef struct {
  concord_dictionary *dictionary;
  const uint8_t *text;
  size_t at, end;
  int mustNormalize;
  size_t fragmentStart;
} feed;

/// Appends one character with those that normalization may join to it, normalized; all of what
/// comes of it stands where it began.
static int append_fragment(concord_window *window, feed *feed) {
  UChar units[2 * FRAGMENT + 2], normalized[8 * FRAGMENT];
  int32_t length = 0, count, at = 0;
  uint32_t point;
  UErrorCode error = U_ZERO_ERROR;
  size_t start = feed->at;
  do {
    size_t next = concord_utf8_next(feed->text, feed->at, feed->end, &point);
    int joins = concord_kinds_get(&feed->dictionary->kinds, point) & CONCORD_KIND_JOINS;
    if (feed->at > start && !joins) break;
    // More marks than this on one character are read in pieces.
    if (feed->at == start && !joins) feed->fragmentStart = start;
    U16_APPEND_UNSAFE(units, length, (UChar32)point);
    feed->at = next;
  } while (feed->at < feed->end && length < FRAGMENT);
  count = unorm2_normalize(feed->dictionary->normalizer, units, length, normalized, 8 * FRAGMENT,
                           &error);
  if (U_FAILURE(error) || !concord_window_reserve(window, window->count + count + 1)) return 0;
  while (at < count) {
    U16_NEXT_UNSAFE(normalized, at, point);
    concord_window_append(window, point, feed->fragmentStart);
  }
  return 1;
}

/// Fills the window up to a size, or to the end of the stretch.
static int fill(concord_window *window, feed *feed, int32_t size) {
  if (!concord_window_reserve(window, size + 1)) return 0;
  while (window->count < size && feed->at < feed->end) {
    if (feed->mustNormalize) {
      if (!append_fragment(window, feed)) return 0;
    } else {
      size_t start = feed->at;
      uint32_t point;
      feed->at = concord_utf8_next(feed->text, start, feed->end, &point);
      concord_window_append(window, point, start);
    }
  }
  return 1;
}

// MARK: The cheapest words

static inline int is_katakana(uint32_t point) {
  return (point >= 0x30A1 && point <= 0x30FE && point != 0x30FB) ||
         (point >= 0xFF66 && point <= 0xFF9F);
}

/// Offers a run of katakana that begins at `from` as one word.
static void offer_katakana(concord_dictionary *dictionary, int32_t from) {
  concord_window *window = &dictionary->window;
  int32_t length = 1;
  while (from + length < window->count && length < KATAKANA_GROUP &&
         is_katakana(window->points[from + length]))
    length++;
  if (length >= KATAKANA_GROUP) return;
  uint32_t cost = length > LONGEST_KATAKANA ? DEAR_KATAKANA : katakanaCost[length];
  if (dictionary->learnt != NULL) cost = cost * CONCORD_ICU_COST_PARTS + dictionary->unlearnt;
  concord_window_offer(window, from, from + length, window->costs[from] + cost);
}

/// Offers the words that begin at a character, at ICU's costs.
static inline void offer_known(concord_dictionary *dictionary, int32_t at, int32_t limit) {
  concord_window *window = &dictionary->window;
  uint32_t base = window->costs[at], cost;
  uint32_t node = begin(dictionary, window->points[at], &cost);
  concord_window_offer(window, at, at + 1, base + cost);
  for (int32_t next = at + 1; node != 0 && next < limit; next++) {
    node = remembered_step(dictionary, node, window->points[next], &cost);
    if (cost != CONCORD_NO_WORD) concord_window_offer(window, at, next + 1, base + cost);
  }
}

static const concord_icu_word *learnt_word(const concord_dictionary *dictionary, uint64_t key) {
  for (size_t place = (size_t)key & dictionary->learntMask;;
       place = (place + 1) & dictionary->learntMask) {
    const concord_icu_word *word = &dictionary->learnt[place];
    if (word->key == key) return word;
    if (word->key == 0) return NULL;
  }
}

/// Offers the words that begin at a character: the learnt ones at their costs, others at ICU's and
/// what is added to those.
static void offer_learnt(concord_dictionary *dictionary, int32_t at, int32_t limit) {
  concord_window *window = &dictionary->window;
  uint32_t base = window->costs[at], cost, node = 0;
  uint64_t key = 0;
  int isLearnt = 1;
  for (int32_t next = at; next < limit && (node != 0 || isLearnt || next == at); next++) {
    uint32_t point = window->points[next];
    cost = CONCORD_NO_WORD;
    if (next == at)
      node = begin(dictionary, point, &cost);
    else if (node != 0)
      node = remembered_step(dictionary, node, point, &cost);
    if (cost != CONCORD_NO_WORD) cost = cost * CONCORD_ICU_COST_PARTS + dictionary->unlearnt;
    if (isLearnt) {
      key = concord_icu_word_key(key, point);
      const concord_icu_word *word = learnt_word(dictionary, key);
      isLearnt = word != NULL;
      if (isLearnt && word->cost != CONCORD_ICU_NO_COST) cost = word->cost;
    }
    if (cost != CONCORD_NO_WORD) concord_window_offer(window, at, next + 1, base + cost);
  }
}

/// Offers all words that begin at the characters from..<to.
static void offer_words(concord_dictionary *dictionary, int32_t from, int32_t to,
                        int *wasKatakana) {
  concord_window *window = &dictionary->window;
  for (int32_t at = from; at < to; at++) {
    int32_t limit = at + CONCORD_LONGEST_WORD;
    if (limit > window->count) limit = window->count;
    if (dictionary->learnt == NULL)
      offer_known(dictionary, at, limit);
    else
      offer_learnt(dictionary, at, limit);
    int isKatakana = is_katakana(window->points[at]);
    if (isKatakana && !*wasKatakana) offer_katakana(dictionary, at);
    *wasKatakana = isKatakana;
  }
}

int concord_dictionary_divide(concord_dictionary *dictionary, const uint8_t *text, size_t start,
                              size_t end, uint8_t kinds, void (*cut)(void *, size_t),
                              void *context) {
  concord_window *window = &dictionary->window;
  feed feed = {dictionary, text, start, end, (kinds & CONCORD_KIND_CHANGES) != 0, start};
  concord_cutter cutter = {cut, context, start, end};
  int32_t size = WINDOW, done = 0;
  int wasKatakana = 0;
  window->count = 0;
  if (!concord_window_reserve(window, size + 1)) return 0;
  window->costs[0] = 0;
  for (;;) {
    if (!fill(window, &feed, size)) return 0;
    int isLast = feed.at == end;
    int32_t ready = isLast ? window->count : window->count - CONCORD_LONGEST_WORD;
    offer_words(dictionary, done, ready, &wasKatakana);
    done = ready;
    if (isLast) break;
    int32_t common = concord_window_common(window, ready);
    if (common < size / 4) {
      size *= 2;
      if (size <= LARGEST_WINDOW) continue;
      size = LARGEST_WINDOW;
      common = ready;
      for (int32_t at = ready + 1; at <= window->count; at++) window->costs[at] = CONCORD_UNREACHED;
    }
    concord_window_report(window, common, &cutter);
    concord_window_advance(window, common);
    done -= common;
  }
  concord_window_report(window, window->count, &cutter);
  return 1;
}

int concord_dictionary_divide_plain(concord_dictionary *dictionary, const uint8_t *text,
                                    size_t start, size_t end, void (*cut)(void *, size_t),
                                    void *context) {
  concord_window *window = &dictionary->window;
  concord_cutter cutter = {cut, context, start, end};
  int wasKatakana = 0;
  window->count = 0;
  if (!concord_window_reserve(window, WINDOW + 1)) return 0;
  window->costs[0] = 0;
  for (size_t at = start, next; at < end; at = next) {
    uint32_t point;
    next = concord_utf8_next(text, at, end, &point);
    if (window->count == WINDOW ||
        concord_kinds_get(&dictionary->kinds, point) != CONCORD_KIND_CHINESE)
      return 0;
    concord_window_append(window, point, at);
  }
  offer_words(dictionary, 0, window->count, &wasKatakana);
  concord_window_report(window, window->count, &cutter);
  return 1;
}

// MARK: Learnt words

int32_t concord_dictionary_cost(concord_dictionary *dictionary, const uint8_t *word,
                                size_t length) {
  uint32_t node = 0, cost = CONCORD_NO_WORD, point;
  for (size_t at = 0; at < length;) {
    int isFirst = at == 0;
    at = concord_utf8_next(word, at, length, &point);
    uint8_t kind = concord_kinds_get(&dictionary->kinds, point);
    if (!(kind & CONCORD_KIND_CHINESE) || (!isFirst && node == 0)) return -1;
    node = isFirst ? begin(dictionary, point, &cost)
                   : remembered_step(dictionary, node, point, &cost);
  }
  return cost == CONCORD_NO_WORD ? -1 : (int32_t)cost;
}

int concord_dictionary_learn(concord_dictionary *dictionary, const concord_icu_word *words,
                             size_t count, uint32_t unlearnt) {
  free(dictionary->learnt);
  dictionary->learnt = malloc(count * sizeof *words);
  if (dictionary->learnt == NULL) return 0;
  memcpy(dictionary->learnt, words, count * sizeof *words);
  dictionary->learntMask = count - 1;
  dictionary->unlearnt = unlearnt;
  return 1;
}

#include "rules.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucptrie.h>

#include "utf8.h"

// The binary form, version 6, from ICU's rbbidata.h.
enum {
  MAGIC = 0xB1A0,
  FORMAT_VERSION = 6,
  HEADER_SIZE = 80,
  TABLE_HEADER_SIZE = 20,
  START_STATE = 1,
  NEEDS_START = 2,  // flags of a state table
  ROWS_OF_BYTES = 4,
  WORD_STATUS = 100,  // UBRK_WORD_NONE_LIMIT
};

typedef struct {
  uint32_t magic;
  uint8_t version[4];
  uint32_t length, categoryCount;
  uint32_t forward, forwardLength, reverse, reverseLength;
  uint32_t trie, trieLength, source, sourceLength, status, statusLength;
} header;

typedef struct {
  uint32_t stateCount, rowLength, dictionaryStart, lookAheadSize, flags;
} table_header;

// MARK: Reading ICU's automaton

static int section_fits(uint32_t start, uint32_t length, size_t total) {
  return start >= HEADER_SIZE && start % 4 == 0 && start <= total && length <= total - start;
}

static uint32_t category_range(void *trie, uint32_t start, uint8_t *value) {
  uint32_t wide = 0;
  UChar32 end = ucptrie_getRange(trie, (UChar32)start, UCPMAP_RANGE_NORMAL, 0, NULL, NULL, &wide);
  *value = (uint8_t)wide;
  return (uint32_t)end;
}

static int read_categories(concord_rules *rules, const uint8_t *bytes, uint32_t length) {
  UErrorCode error = U_ZERO_ERROR;
  UCPTrie *trie = ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, bytes,
                                         (int32_t)length, NULL, &error);
  if (U_FAILURE(error)) return 0;
  int isRead = concord_pointmap_build(&rules->categories, category_range, trie);
  ucptrie_close(trie);
  if (!isRead) return 0;
  for (size_t i = 0; i < 64 * (size_t)rules->categories.blockCount; i++)
    if (rules->categories.blocks[i] >= rules->categoryCount) return 0;
  for (uint32_t point = 0; point < 128; point++)
    rules->ascii[point] = concord_pointmap_get(&rules->categories, point);
  return 1;
}

/// Copies the rows; returns 0 where they say more than the transducer can.
static int read_rows(concord_rules *rules, const uint8_t *rows, const table_header *table,
                     const int32_t *statuses, uint32_t statusCount) {
  uint32_t count = table->stateCount, width = rules->categoryCount;
  int isNarrow = (table->flags & ROWS_OF_BYTES) != 0;
  uint16_t *lookAhead = calloc(count, sizeof(uint16_t));
  uint16_t *accepting = calloc(count, sizeof(uint16_t));
  int isKnown = lookAhead != NULL && accepting != NULL;
  for (uint32_t state = 0; isKnown && state < count; state++) {
    const uint8_t *row = rows + (size_t)state * table->rowLength;
    const uint16_t *wide = (const uint16_t *)row;
    accepting[state] = isNarrow ? row[0] : wide[0];
    lookAhead[state] = isNarrow ? row[1] : wide[1];
    uint32_t tags = isNarrow ? row[2] : wide[2];
    // The status table holds, at the index, how many there are, then they: the last one counts.
    isKnown = tags < statusCount && statuses[tags] > 0 &&
              (uint32_t)statuses[tags] < statusCount - tags;
    if (!isKnown) break;
    rules->accepts[state] = accepting[state] == 1;
    rules->isWord[state] =
        rules->tellsWords && statuses[tags + (uint32_t)statuses[tags]] >= WORD_STATUS;
    for (uint32_t category = 0; category < width; category++) {
      uint32_t next = isNarrow ? row[3 + category] : wide[3 + category];
      if (next >= count) isKnown = 0;
      rules->states[(size_t)state * width + category] = (uint16_t)next;
    }
  }
  // A state that completes a look-ahead returns to the place of the '/'. Where every way into it
  // comes from an accepting state that marks the '/', that place is the last accepted one: the
  // same as to stop.
  for (size_t i = 0; isKnown && i < (size_t)count * width; i++) {
    uint32_t from = (uint32_t)(i / width), to = rules->states[i];
    if (accepting[to] <= 1) continue;
    isKnown = lookAhead[from] == accepting[to] && rules->accepts[from] &&
              rules->isWord[from] == rules->isWord[to];
    rules->states[i] = 0;
  }
  isKnown = isKnown && !rules->accepts[0];
  free(lookAhead);
  free(accepting);
  return isKnown;
}

static int read_binary(concord_rules *rules, const uint8_t *binary, size_t length) {
  header head;
  table_header table;
  if (length < HEADER_SIZE) return 0;
  memcpy(&head, binary, sizeof head);
  if (head.magic != MAGIC || head.version[0] != FORMAT_VERSION || head.length > length ||
      head.categoryCount < 3 || head.categoryCount > 256 ||
      !section_fits(head.forward, head.forwardLength, length) ||
      !section_fits(head.trie, head.trieLength, length) ||
      !section_fits(head.status, head.statusLength, length) ||
      head.forwardLength < TABLE_HEADER_SIZE)
    return 0;
  memcpy(&table, binary + head.forward, sizeof table);
  uint32_t unit = table.flags & ROWS_OF_BYTES ? 1 : 2;
  if (table.stateCount < 2 || table.stateCount > 0xFFFF ||
      table.rowLength < unit * (3 + head.categoryCount) ||
      table.rowLength > (head.forwardLength - TABLE_HEADER_SIZE) / table.stateCount)
    return 0;
  rules->categoryCount = head.categoryCount;
  rules->dictionaryStart = table.dictionaryStart;
  rules->stateCount = table.stateCount;
  rules->states = calloc((size_t)table.stateCount * head.categoryCount, sizeof(uint16_t));
  rules->accepts = calloc(table.stateCount, 1);
  rules->isWord = calloc(table.stateCount, 1);
  if (rules->states == NULL || rules->accepts == NULL || rules->isWord == NULL) return 0;
  if (!read_categories(rules, binary + head.trie, head.trieLength) ||
      !read_rows(rules, binary + head.forward + TABLE_HEADER_SIZE, &table,
                 (const int32_t *)(binary + head.status), head.statusLength / 4))
    return 0;
  rules->startState = START_STATE;
  if (table.flags & NEEDS_START)
    rules->startState =
        rules->states[START_STATE * rules->categoryCount + CONCORD_CATEGORY_START];
  return rules->startState != 0;
}

// MARK: Interface

static void close_rules(concord_rules *rules) {
  concord_pointmap_free(&rules->categories);
  free(rules->states);
  free(rules->accepts);
  free(rules->isWord);
  free(rules->transitions);
  free(rules->ends);
  free(rules);
}

static concord_rules *build(const uint8_t *binary, size_t length, int tellsWords) {
  concord_rules *rules = calloc(1, sizeof *rules);
  if (rules == NULL) return NULL;
  rules->tellsWords = tellsWords;
  if (read_binary(rules, binary, length) && concord_rules_build(rules)) return rules;
  close_rules(rules);
  return NULL;
}

/// The rules that were opened, which stay as long as the program runs: ICU has a handful of them,
/// and to build them takes a hundred times as long as to open an iterator.
typedef struct opened {
  struct opened *next;
  concord_rules *rules;  // NULL: of a form that is not known
  size_t length;
  int tellsWords;
  uint8_t binary[];
} opened;

static opened *allOpened;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const concord_rules *concord_rules_open(const uint8_t *binary, size_t length, int tellsWords) {
  pthread_mutex_lock(&lock);
  opened *entry = allOpened;
  while (entry != NULL && (entry->length != length || entry->tellsWords != tellsWords ||
                           memcmp(entry->binary, binary, length) != 0))
    entry = entry->next;
  if (entry == NULL && (entry = malloc(sizeof *entry + length)) != NULL) {
    memcpy(entry->binary, binary, length);
    entry->length = length;
    entry->tellsWords = tellsWords;
    entry->rules = build(binary, length, tellsWords);
    entry->next = allOpened;
    allOpened = entry;
  }
  pthread_mutex_unlock(&lock);
  return entry == NULL ? NULL : entry->rules;
}

size_t concord_rules_next(const concord_rules *rules, const uint8_t *text, size_t start,
                          size_t length, int *isWord, int *hasDictionary) {
  uint32_t width = rules->categoryCount, state = rules->startState;
  size_t accepted = start, at = start;
  *isWord = 0;
  int hasSeenOne = 0;
  *hasDictionary = 0;
  while (state != 0) {
    uint32_t category = CONCORD_CATEGORY_END, point;
    int isEnd = at == length;
    if (!isEnd) {
      at = concord_utf8_next(text, at, length, &point);
      category = concord_pointmap_get(&rules->categories, point);
      hasSeenOne |= category >= rules->dictionaryStart;
    }
    state = rules->states[state * width + category];
    if (rules->accepts[state]) {
      accepted = at;
      *isWord = rules->isWord[state];
      *hasDictionary = hasSeenOne;
    }
    if (isEnd) break;
  }
  if (accepted > start) return accepted;
  // Rules that match nothing: ICU goes on by one character.
  *isWord = 0;
  uint32_t point;
  return concord_utf8_next(text, start, length, &point);
}

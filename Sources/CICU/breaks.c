#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

#include "dictionary.h"
#include "growth.h"
#include "rules.h"
#include "utf8.h"

// Boundaries are handed over in batches. A block of text cannot prove more of them than fit in
// what is kept free: two a character.
enum { BLOCK = 512, BATCH = 1024, BATCH_CAPACITY = BATCH + 2 * BLOCK + 8 };

struct concord_icu_breaker {
  UBreakIterator *iterator;
  concord_rules *rules;  // NULL: ICU itself finds the boundaries
  concord_dictionary *dictionary;
  UChar *units;
  int32_t unitCapacity;
  int isWarm;
  char kind;

  // The text at work.
  const uint8_t *text;
  size_t length;
  int isWord;   // of the stretch that is being divided
  size_t last;  // boundary
  uint64_t *batch;
  size_t count;
  concord_icu_sink sink;
  void *context;
};

// MARK: Opening

/// Takes the rules from an iterator; leaves NULL where they have a form that is not known.
static void take_rules(concord_icu_breaker *breaker) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = ubrk_getBinaryRules(breaker->iterator, NULL, 0, &error);
  if (length <= 0 || (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)) return;
  uint8_t *binary = malloc((size_t)length);
  if (binary == NULL) return;
  error = U_ZERO_ERROR;
  ubrk_getBinaryRules(breaker->iterator, binary, length, &error);
  if (U_SUCCESS(error))
    breaker->rules = concord_rules_open(binary, (size_t)length, breaker->kind == 'w');
  free(binary);
}

concord_icu_breaker *concord_icu_breaker_open(char kind, const char *locale, int usesICU,
                                              int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  concord_icu_breaker *breaker = calloc(1, sizeof *breaker);
  *status = U_MEMORY_ALLOCATION_ERROR;
  if (breaker == NULL) return NULL;
  breaker->kind = kind;
  breaker->batch = malloc(BATCH_CAPACITY * sizeof(uint64_t));
  breaker->iterator = ubrk_open(kind == 'w'   ? UBRK_WORD
                                : kind == 's' ? UBRK_SENTENCE
                                              : UBRK_CHARACTER,
                                locale, NULL, 0, &error);
  if (breaker->batch == NULL || U_FAILURE(error)) {
    if (U_FAILURE(error)) *status = error;
    concord_icu_breaker_close(breaker);
    return NULL;
  }
  *status = error;
  if (!usesICU) take_rules(breaker);
  return breaker;
}

void concord_icu_breaker_close(concord_icu_breaker *breaker) {
  if (breaker->iterator != NULL) ubrk_close(breaker->iterator);
  concord_rules_close(breaker->rules);
  concord_dictionary_close(breaker->dictionary);
  free(breaker->units);
  free(breaker->batch);
  free(breaker);
}

// MARK: Batches

static void flush(concord_icu_breaker *breaker) {
  if (breaker->count > 0) breaker->sink(breaker->context, breaker->batch, breaker->count);
  breaker->count = 0;
}

static void put(concord_icu_breaker *breaker, size_t boundary, int isWord) {
  if (breaker->count >= BATCH_CAPACITY) flush(breaker);
  breaker->batch[breaker->count++] = (uint64_t)boundary << 1 | (isWord != 0);
  breaker->last = boundary;
}

static void put_cut(void *breaker, size_t boundary) {
  put(breaker, boundary, ((concord_icu_breaker *)breaker)->isWord);
}

// MARK: By ICU itself

// ICU wants UTF-16, counts in 31 bits, and keeps the boundaries of a stretch: longer text is given
// to it in pieces.
enum { LARGEST_PIECE = 1 << 22 };

/// ICU gives characters of no script but common ones to its Chinese dictionary only once it has
/// met one of Chinese. So that the text alone decides, it meets one first.
static int warm(concord_icu_breaker *breaker, UErrorCode *error) {
  static const UChar han[] = {0x4E2D, 0x6587};
  if (breaker->isWarm) return 1;
  ubrk_setText(breaker->iterator, han, 2, error);
  if (U_FAILURE(*error)) return 0;
  ubrk_next(breaker->iterator);
  breaker->isWarm = 1;
  return 1;
}

/// Puts the boundaries that ICU finds within text[start..<end], and `end`. The stretches get
/// `isWord` unless that is below 0: then ICU's status decides.
static int put_piece(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t count = 0;
  size_t at = start;
  uint32_t point;
  // UTF-8 never takes fewer bytes than UTF-16 takes units.
  if (!warm(breaker, &error) || !concord_grow((void **)&breaker->units, &breaker->unitCapacity,
                                              (int32_t)(end - start) + 1, sizeof(UChar)))
    return 0;
  while (at < end) {
    at = concord_utf8_next(breaker->text, at, end, &point);
    U16_APPEND_UNSAFE(breaker->units, count, (UChar32)point);
  }
  ubrk_setText(breaker->iterator, breaker->units, count, &error);
  if (U_FAILURE(error)) return 0;
  int32_t unit = 0;
  at = start;
  for (int32_t next = ubrk_next(breaker->iterator); next != UBRK_DONE;
       next = ubrk_next(breaker->iterator)) {
    while (unit < next) {
      at = concord_utf8_next(breaker->text, at, end, &point);
      unit += U16_LENGTH(point);
    }
    int isWordHere = isWord >= 0 ? isWord
                                 : breaker->kind == 'w' && ubrk_getRuleStatus(breaker->iterator) >=
                                                               UBRK_WORD_NONE_LIMIT;
    put(breaker, at, isWordHere);
  }
  return 1;
}

/// Where to end a piece: behind a line feed, where all rules have a boundary, else behind any
/// character.
static size_t piece_end(const uint8_t *text, size_t start, size_t end) {
  if (end - start <= LARGEST_PIECE) return end;
  size_t cut = start + LARGEST_PIECE;
  for (size_t at = cut; at > start; at--)
    if (text[at - 1] == '\n') return at;
  while (cut > start + LARGEST_PIECE - 4 && (text[cut] & 0xC0) == 0x80) cut--;
  return cut;
}

static int put_by_icu(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  while (start < end) {
    size_t cut = piece_end(breaker->text, start, end);
    if (!put_piece(breaker, start, cut, isWord)) return 0;
    start = cut;
  }
  return 1;
}

// MARK: Stretches that a dictionary cuts

static int opens_dictionary(concord_icu_breaker *breaker) {
  if (breaker->dictionary == NULL) breaker->dictionary = concord_dictionary_open();
  return breaker->dictionary != NULL;
}

/// The first place from `at` on whose character is (or is not) of some kinds; adds the kinds of
/// the characters before it to `*kinds`.
static size_t skip_kind(concord_icu_breaker *breaker, size_t at, size_t end, uint8_t wanted,
                        uint8_t *kinds) {
  while (at < end) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    uint8_t kind = concord_dictionary_kind(breaker->dictionary, point);
    if (!(kind & wanted)) break;
    *kinds |= kind;
    at = next;
  }
  return at;
}

static size_t skip_script(concord_icu_breaker *breaker, size_t at, size_t end, uint32_t script) {
  while (at < end) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    if (!concord_same_script(point, script)) break;
    at = next;
  }
  return at;
}

/// Which kinds the characters of dictionary categories have.
static uint8_t kinds_within(concord_icu_breaker *breaker, size_t start, size_t end) {
  const concord_rules *rules = breaker->rules;
  uint8_t kinds = 0;
  for (size_t at = start; at < end;) {
    uint32_t point;
    at = concord_utf8_next(breaker->text, at, end, &point);
    if (concord_pointmap_get(&rules->categories, point) >= rules->dictionaryStart)
      kinds |= concord_dictionary_kind(breaker->dictionary, point);
  }
  return kinds;
}

/// Puts the boundaries within a stretch between two boundaries of the rules, and its end.
///
/// As in ICU, each run of a dictionary's characters is divided alone, and a character without a
/// dictionary takes those of its script that follow with it.
static int put_divided(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  const concord_rules *rules = breaker->rules;
  if (!opens_dictionary(breaker)) return put_by_icu(breaker, start, end, isWord);
  breaker->isWord = isWord;
  if (concord_dictionary_divide_plain(breaker->dictionary, breaker->text, start, end, put_cut,
                                      breaker)) {
    put(breaker, end, isWord);
    return 1;
  }
  uint8_t all = kinds_within(breaker, start, end);
  if (all & CONCORD_KIND_FOREIGN) return put_by_icu(breaker, start, end, isWord);
  for (size_t at = start; (all & CONCORD_KIND_CHINESE) && at < end;) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    if (concord_pointmap_get(&rules->categories, point) < rules->dictionaryStart) {
      at = next;
      continue;
    }
    uint8_t kinds = concord_dictionary_kind(breaker->dictionary, point);
    if (kinds & CONCORD_KIND_LEFT) {
      at = skip_script(breaker, next, end, point);
      continue;
    }
    next = skip_kind(breaker, next, end, CONCORD_KIND_CHINESE, &kinds);
    if (!concord_dictionary_divide(breaker->dictionary, breaker->text, at, next, kinds, put_cut,
                                   breaker))
      return 0;
    at = next;
  }
  put(breaker, end, isWord);
  return 1;
}

// MARK: By the transducer

/// Puts the boundaries behind the last one as ICU's automaton finds them, until one lies at `goal`
/// or behind it.
static int put_until(concord_icu_breaker *breaker, size_t goal) {
  while (breaker->last < goal) {
    int isWord, hasDictionary;
    size_t start = breaker->last;
    size_t end = concord_rules_next(breaker->rules, breaker->text, start, breaker->length,
                                    &isWord, &hasDictionary);
    if (!hasDictionary)
      put(breaker, end, isWord);
    else if (!put_divided(breaker, start, end, isWord))
      return 0;
  }
  return 1;
}

/// The beginning of the last character before `end`, which is at `start` or behind it.
static size_t last_character(const uint8_t *text, size_t start, size_t end, uint32_t *point) {
  size_t at = end - 1, begin;
  *point = text[at];
  if (*point < 0x80) return at;
  while (at > start && end - at < 4 && (text[at] & 0xC0) == 0x80) at--;
  do {
    begin = at;
    at = concord_utf8_next(text, at, end, point);
  } while (at < end);
  return begin;
}

/// The place of the first character from `at` on that is not calm. Where there is a calm one
/// before it, `*previous` is the last of them and `*row` the row after it.
static inline size_t skip_calm(const concord_rules *rules, const uint8_t *text, size_t at,
                               size_t length, size_t *previous, uint32_t *row) {
  const uint8_t *stirs = rules->stirs;
  for (;;) {
    size_t start = at;
    uint32_t point, next;
    uint32_t stirring = 0;  // a bit for each of eight bytes that is not calm
    while (length - at >= 8) {
      const uint8_t *b = text + at;
      stirring = stirs[b[0]] | stirs[b[1]] << 1 | stirs[b[2]] << 2 | stirs[b[3]] << 3 |
                 stirs[b[4]] << 4 | stirs[b[5]] << 5 | stirs[b[6]] << 6 | stirs[b[7]] << 7;
      if (stirring != 0) break;
      at += 8;
    }
    if (stirring != 0)
      at += (size_t)__builtin_ctz(stirring);
    else
      while (at < length && !stirs[text[at]]) at++;
    // A calm character may have a lead byte that others share.
    size_t end = at;
    next = CONCORD_NOT_CALM;
    if (at < length && text[at] >= 0x80) {
      end = concord_utf8_next(text, at, length, &point);
      next = rules->calmNext[concord_pointmap_get(&rules->categories, point)];
    }
    if (next == CONCORD_NOT_CALM) {
      if (at == start) return at;
      *previous = last_character(text, start, at, &point);
      *row = rules->calmNext[concord_pointmap_get(&rules->categories, point)];
      return at;
    }
    *previous = at;
    *row = next;
    at = end;
  }
}

/// Takes over what was written to the batch.
static void note(concord_icu_breaker *breaker, size_t count) {
  if (count > 0) breaker->last = (size_t)(breaker->batch[count - 1] >> 1);
  breaker->count = count;
}

/// Leaves it to the automaton and the dictionaries up to a boundary at `goal` or behind it.
static int put_slowly(concord_icu_breaker *breaker, size_t count, size_t goal) {
  note(breaker, count);
  if (!put_until(breaker, goal)) return 0;
  if (breaker->count >= BATCH) flush(breaker);
  return 1;
}

static int put_by_rules(concord_icu_breaker *breaker) {
  const concord_rules *rules = breaker->rules;
  const uint32_t *transitions = rules->transitions;
  const uint8_t *text = breaker->text;
  size_t length = breaker->length, at = 0, previous = 0, accepted = 0;
  uint32_t row = 0;
  uint64_t *batch = breaker->batch;
  while (at < length) {
    if (breaker->count >= BATCH) flush(breaker);
    size_t count = breaker->count, stop = length - at > BLOCK ? at + BLOCK : length;
    while (at < stop) {
      uint32_t category, point;
      size_t next = at + 1;
      if (text[at] < 0x80) {
        category = rules->ascii[text[at]];
      } else {
        next = concord_utf8_next(text, at, length, &point);
        category = concord_pointmap_get(&rules->categories, point);
      }
      uint32_t entry = transitions[row + category];
      if (!(entry & CONCORD_RARE)) {
        // Written always, and kept where there is a boundary: no branch to foretell.
        batch[count] = (uint64_t)at << 1 | ((entry & CONCORD_WORD_HERE) != 0);
        count += entry & CONCORD_BREAK_HERE;
      } else {
        if (entry & CONCORD_BREAK_BEFORE)
          batch[count++] = (uint64_t)previous << 1 | ((entry & CONCORD_WORD_BEFORE) != 0);
        if (entry & CONCORD_BREAK_HERE)
          batch[count++] = (uint64_t)at << 1 | ((entry & CONCORD_WORD_HERE) != 0);
        if (entry & CONCORD_GO_BACK) {
          batch[count++] = (uint64_t)accepted << 1 | ((entry & CONCORD_WORD_BEFORE) != 0);
          at = previous = accepted;
          row = 0;
          if (count < BATCH) continue;
          break;
        }
        if (entry & (CONCORD_UNDECIDED | CONCORD_DICTIONARY)) {
          if (!put_slowly(breaker, count, next)) return 0;
          count = breaker->count;
          at = previous = breaker->last;
          row = 0;
          continue;
        }
      }
      if (entry & CONCORD_LEAVES) accepted = at;
      row = entry >> CONCORD_NEXT_SHIFT;
      previous = at;
      at = next;
      if (entry & CONCORD_CAN_SKIP) at = skip_calm(rules, text, at, length, &previous, &row);
    }
    note(breaker, count);
  }
  if (breaker->last == length) return 1;
  uint8_t end = rules->ends[row / rules->categoryCount];
  if (end & CONCORD_UNDECIDED) return put_until(breaker, length);
  put(breaker, length, end & CONCORD_WORD_HERE);
  return 1;
}

// MARK: Learnt words

int32_t concord_icu_breaker_cost(concord_icu_breaker *breaker, const uint8_t *word,
                                 size_t length) {
  return opens_dictionary(breaker) ? concord_dictionary_cost(breaker->dictionary, word, length)
                                   : -1;
}

int concord_icu_breaker_learn(concord_icu_breaker *breaker, const concord_icu_word *words,
                              size_t count, uint32_t unlearnt) {
  return opens_dictionary(breaker) &&
         concord_dictionary_learn(breaker->dictionary, words, count, unlearnt);
}

// MARK: Interface

int concord_icu_breaker_run(concord_icu_breaker *breaker, const uint8_t *text, size_t length,
                            void *context, concord_icu_sink sink) {
  breaker->text = text;
  breaker->length = length;
  breaker->last = 0;
  breaker->count = 0;
  breaker->context = context;
  breaker->sink = sink;
  if (length == 0) return 1;
  int isDone = breaker->rules != NULL ? put_by_rules(breaker) : put_by_icu(breaker, 0, length, -1);
  // Without memory, the rest of the text is one stretch.
  if (!isDone) put(breaker, length, 1);
  flush(breaker);
  return isDone;
}

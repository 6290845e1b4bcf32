#ifndef CONCORD_DICTIONARY_H
#define CONCORD_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "CICU.h"

// ICU's dictionary of Chinese and Japanese, and its choice of the cheapest words (CjkBreakEngine
// of ICU 72), over UTF-8 and in memory that does not grow with the text.

typedef struct concord_dictionary concord_dictionary;

/// Opens the dictionary, or returns NULL where ICU's data holds none that this code can read.
concord_dictionary *concord_dictionary_open(void);
void concord_dictionary_close(concord_dictionary *dictionary);

/// How ICU treats a character of a dictionary category, or one within a stretch of such.
enum {
  CONCORD_KIND_CHINESE = 1,   // Han, Hiragana, Katakana: this dictionary's
  CONCORD_KIND_CHANGES = 2,   // of those: NFKC maps it to something else
  CONCORD_KIND_JOINS = 4,     // of those: normalization may join it with what stands before
  CONCORD_KIND_LEFT = 8,      // no dictionary has its script
  CONCORD_KIND_FOREIGN = 16,  // another dictionary's: ICU itself must cut the stretch
};
uint8_t concord_dictionary_kind(concord_dictionary *dictionary, uint32_t point);

/// Whether two characters have the same script.
int concord_same_script(uint32_t first, uint32_t second);

/// Calls `cut` with each boundary between the words of text[start..<end], which holds characters
/// of the Chinese kind alone; neither end is among them. `kinds` are those of all its characters.
/// Returns 0 when memory ran out.
int concord_dictionary_divide(concord_dictionary *dictionary, const uint8_t *text, size_t start,
                              size_t end, uint8_t kinds, void (*cut)(void *, size_t),
                              void *context);

/// The same for a stretch of which nothing is known: returns 0, and has done nothing, where it is
/// long or holds anything but plain characters of the Chinese kind.
int concord_dictionary_divide_plain(concord_dictionary *dictionary, const uint8_t *text,
                                    size_t start, size_t end, void (*cut)(void *, size_t),
                                    void *context);

/// As the functions of CICU.h.
int32_t concord_dictionary_cost(concord_dictionary *dictionary, const uint8_t *word,
                                size_t length);
int concord_dictionary_learn(concord_dictionary *dictionary, const concord_icu_word *words,
                             size_t count, uint32_t unlearnt);

#endif

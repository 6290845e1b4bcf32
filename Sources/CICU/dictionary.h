#ifndef CONCORD_DICTIONARY_H
#define CONCORD_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "CICU.h"
#include "kinds.h"

// ICU's dictionary of Chinese and Japanese, and its choice of the cheapest words (CjkBreakEngine
// of ICU 72), over UTF-8 and in memory that does not grow with the text.

typedef struct concord_dictionary concord_dictionary;

/// Opens the dictionary, or returns NULL where ICU's data holds none that this code can read.
concord_dictionary *concord_dictionary_open(void);
void concord_dictionary_close(concord_dictionary *dictionary);

/// The kinds of characters, which live as long as the dictionary.
concord_kinds *concord_dictionary_kinds(concord_dictionary *dictionary);

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
